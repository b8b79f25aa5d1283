import { chiSquareTail } from '../math/chi-square.ts'
import { evidenceOf, meanOfLogs, twoSided } from './evidence.ts'
import { addTrials, type Trials } from './odds-grid.ts'
import { type Interval, wilson } from './proportions.ts'

/** Trials whose predictions lie close together. */
export interface PredictionBin extends Trials {
  /** Σ p(1 − p). */
  variance: number
}

export interface ReliabilityPoint extends PredictionBin {
  predicted: number
  observed: number
  interval: Interval
}

export interface Calibration {
  points: ReliabilityPoint[]
  /** Mean distance of what was said from what came, weighted by trials. */
  error: number
  /**
   * Odds against the predictions over all groups, as a logarithm: the mean of the groups' e-values, which may be looked at any day
   * (3 and more: 20 to 1).
   */
  evidence: number
  /**
   * Hosmer and Lemeshow; as many degrees of freedom as groups, since nothing was fitted on these answers. For one look: a test of each day's
   * figures would be wrong more often.
   */
  chiSquare: number
  degrees: number
  p: number | null
}

/** Groups of fewer expected answers than this say nothing by themselves: they are put together with the next. */
const LEAST_EXPECTED = 5

/** The curve of what was said against what came, from bins in rising order of the prediction. */
export function calibrationOf(bins: readonly PredictionBin[]): Calibration {
  const groups: PredictionBin[] = []
  let open: PredictionBin | undefined
  for (const bin of bins) {
    open = open ? together(open, bin) : { ...bin }
    if (open.expected < LEAST_EXPECTED || open.trials - open.expected < LEAST_EXPECTED) continue
    groups.push(open)
    open = undefined
  }
  if (open) {
    const last = groups.pop()
    groups.push(last ? together(last, open) : open)
  }
  const points = groups.map(group => ({
    ...group,
    predicted: group.expected / group.trials,
    observed: group.taken / group.trials,
    interval: wilson(group.taken, group.trials),
  }))
  const trials = points.reduce((sum, point) => sum + point.trials, 0)
  const error = points.reduce((sum, { taken, expected }) => sum + Math.abs(taken - expected), 0) / Math.max(1, trials)
  const chiSquare = points.reduce((sum, g) => sum + (g.taken - g.expected) ** 2 / Math.max(1e-9, g.variance), 0)
  const enough = points.length > 0 && points.every(({ expected }) => expected >= LEAST_EXPECTED)
  return {
    points,
    error,
    evidence: points.length === 0 ? 0 : meanOfLogs(points.map(point => twoSided(evidenceOf(point, point)))),
    chiSquare,
    degrees: points.length,
    p: enough ? chiSquareTail(chiSquare, points.length) : null,
  }
}

const together = (a: PredictionBin, b: PredictionBin): PredictionBin => ({
  ...addTrials(a, b),
  variance: a.variance + b.variance,
})

/** SQL: the bin of a prediction; two to the octave, so that shares of a thousandth and of a half are told apart alike. */
export const predictionBinSql = (p: string): string => `toInt16(floor(2 * log2(greatest(${p}, 1e-5))))`
