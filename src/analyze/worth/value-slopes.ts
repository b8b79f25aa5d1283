import { cholesky } from '../math/small-matrix.ts'
import type { FittedModel } from '../value/fitted-model.ts'
import type { Step } from '../value/horizons.ts'
import type { RepeatModel } from '../value/repeat-model.ts'
import type { Summaries } from '../value/summaries.ts'
import { gainOfKeeping } from './leaving.ts'

/** Per horizon, by distinct history: discounted purchases of one purchase's margin, and how they move with the model's parameters. */
export interface ValueSlopes {
  /** What keeping one who would leave brings. */
  gain: Float32Array[]
  /** Per horizon and direction. */
  value: Float32Array[][]
  kept: Float32Array[][]
}

/** In standard errors: a slope and not a difference, and far above rounding. */
const MOVE = 0.1

/**
 * How value, and what keeping customers brings, change when the model's parameters move by a standard error along each of four independent
 * directions (the columns of the Cholesky factor of their covariance). The errors of customers valued by the same fit go together, so
 * the variance of any group's sum is Σₖ (Σᵢ slopeᵢₖ)², the delta method, and a query can add it up for whatever group it likes.
 */
export function valueSlopes(
  model: RepeatModel,
  fit: FittedModel,
  histories: Summaries,
  steps: readonly Step[],
  silence: number,
): ValueSlopes {
  const n = fit.parameters.length
  const factor = fit.logCovariance && cholesky(fit.logCovariance, n)
  const here = gainOfKeeping(model, fit.parameters, histories, steps, silence)
  const out: ValueSlopes = { gain: here.gain, value: here.value.map(() => []), kept: here.value.map(() => []) }
  for (let k = 0; k < n; k++) {
    const moved = fit.parameters.map((v, i) => v * Math.exp(MOVE * (factor && i >= k ? factor[i * n + k]! : 0)))
    const there = gainOfKeeping(model, moved, histories, steps, silence)
    for (let h = 0; h < here.value.length; h++) {
      out.value[h]!.push(there.value[h]!.map((v, i) => (v - here.value[h]![i]!) / MOVE))
      out.kept[h]!.push(there.gain[h]!.map((v, i) => (v - here.gain[h]![i]!) / MOVE))
    }
  }
  return out
}
