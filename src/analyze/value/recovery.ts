import { seededRandom } from '../math/random.ts'
import { fitRepeatModel } from './fit-repeat-model.ts'
import { repeatModels } from './repeat-models.ts'
import { simulateRepeat } from './simulate-repeat.ts'
import { distinctSummaries } from './summaries.ts'

/** Ranges of the parameters that are simulated, by name: what published fits to shops, charities and services span. Weeks. */
const ranges: Record<string, readonly (readonly [number, number])[]> = {
  'bg-nbd': [
    [0.25, 2],
    [3, 25],
    [0.3, 2],
    [0.8, 5],
  ],
  'mbg-nbd': [
    [0.25, 2],
    [3, 25],
    [0.3, 2],
    [0.8, 5],
  ],
  'pareto-nbd': [
    [0.25, 2],
    [3, 25],
    [0.3, 2],
    [3, 25],
  ],
  'bg-bb': [
    [0.3, 2],
    [0.3, 3],
    [0.3, 2],
    [1, 6],
  ],
}

export interface Recovery {
  sets: number
  converged: number
  parameters: number
  /** Parameters whose true value lies within three standard errors of the estimate. */
  within: number
  /** The sets that did not converge, and the parameters outside, for the message. */
  failures: string[]
}

/**
 * Draws parameter sets of each model in turn, simulates customers of half a year to two years (of 12 to 24 opportunities), fits, and
 * counts how often the truth lies within three of the standard errors reported.
 */
export function recover(sets: number, customers: number, seed: number): Recovery {
  const out: Recovery = { sets, converged: 0, parameters: 0, within: 0, failures: [] }
  for (let set = 0; set < sets; set++) {
    const model = repeatModels[set % repeatModels.length]!
    const random = seededRandom(seed + set)
    const truth = ranges[model.id]!.map(([low, high]) => low * (high / low) ** random.uniform())
    const watched = model.discrete
      ? () => 12 + Math.floor(13 * random.uniform())
      : () => Math.round((26 + 78 * random.uniform()) * 7) / 7
    const data = simulateRepeat(model.id, random, truth, customers, watched)
    const fit = fitRepeatModel(model, distinctSummaries(data.x, data.tx, data.T))
    if (!fit.converged) {
      out.failures.push(`${model.id} ${truth.map(v => v.toFixed(3))}: ${fit.problem}`)
      continue
    }
    out.converged++
    for (const [k, value] of truth.entries()) {
      out.parameters++
      const off = (fit.parameters[k]! - value) / fit.standardErrors[k]!
      if (Math.abs(off) <= 3) out.within++
      else out.failures.push(`${model.id} ${truth.map(v => v.toFixed(3))}: ${fit.names[k]} off by ${off.toFixed(2)}`)
    }
  }
  return out
}
