/**
 * Precision and recall of every threshold, from what people answered. Answers are not a fair sample: the queue shows pairs near
 * the threshold first. So they are weighed by bin of weight (post-stratification): within half a bit it does not matter which
 * pairs were asked, and each bin counts with all its pairs. Where few or none were answered the model's own expectation stands in
 * with the weight of two answers. Pairs that were found by looking for errors (bridges, cut or oversized customers, merges by hand)
 * are left out: they were not chosen by their weight.
 */
import { edgeOf, probabilityOf, type WeightBin } from './weight-bins.ts'

export interface LabelledPair {
  bin: number
  same: boolean
}

export interface CurvePoint {
  bin: number
  /** Probability from which pairs are linked. */
  threshold: number
  precision: number
  recall: number
  /** Half the width of the 95 % interval. */
  precisionError: number
  recallError: number
  pairs: number
  customers: number
}

/** How many answers the model's expectation is worth. */
const MODEL_ANSWERS = 2

interface Stratum extends WeightBin {
  matches: number
  variance: number
}

function strata(bins: readonly WeightBin[], labels: readonly LabelledPair[]): Stratum[] {
  const answers = new Map<number, { same: number; all: number }>()
  for (const { bin, same } of labels) {
    const of = answers.get(bin) ?? { same: 0, all: 0 }
    answers.set(bin, { same: of.same + (same ? 1 : 0), all: of.all + 1 })
  }
  return bins.map(bin => {
    const { same, all } = answers.get(bin.bin) ?? { same: 0, all: 0 }
    const expected = bin.pairs > 0 ? bin.expected / bin.pairs : 0
    const rate = (same + MODEL_ANSWERS * expected) / (all + MODEL_ANSWERS)
    // Beta distribution; of a bin that was answered wholly nothing is left to chance.
    const left = bin.pairs > 0 ? Math.max(0, 1 - all / bin.pairs) : 0
    return {
      ...bin,
      matches: bin.pairs * rate,
      variance: (bin.pairs ** 2 * left * rate * (1 - rate)) / (all + MODEL_ANSWERS + 1),
    }
  })
}

/** `missed`: matches that were never compared, as estimated by the run; they lower recall at every threshold. */
export function precisionRecall(
  bins: readonly WeightBin[],
  labels: readonly LabelledPair[],
  missed: number,
): CurvePoint[] {
  const sorted = strata(bins, labels).sort((a, b) => b.bin - a.bin)
  const all = sorted.reduce((sum, { matches }) => sum + matches, 0) + missed
  const allVariance = sorted.reduce((sum, { variance }) => sum + variance, 0)
  const points: CurvePoint[] = []
  let above = { pairs: 0, matches: 0, variance: 0 }
  for (const { bin, pairs, matches, variance, customers } of sorted) {
    above = { pairs: above.pairs + pairs, matches: above.matches + matches, variance: above.variance + variance }
    const recall = all > 0 ? above.matches / all : 0
    // Delta method: matches above and below the threshold are independent.
    const below = allVariance - above.variance
    const recallVariance =
      all > 0 ? ((1 - recall) ** 2 * above.variance + recall ** 2 * Math.max(0, below)) / all ** 2 : 0
    points.push({
      bin,
      threshold: probabilityOf(edgeOf(bin)),
      precision: above.pairs > 0 ? above.matches / above.pairs : 1,
      recall,
      precisionError: above.pairs > 0 ? (1.96 * Math.sqrt(above.variance)) / above.pairs : 0,
      recallError: 1.96 * Math.sqrt(recallVariance),
      pairs: above.pairs,
      customers,
    })
  }
  return points
}
