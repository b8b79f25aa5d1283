import { outlook } from '../value/customer-value.ts'
import type { Step } from '../value/horizons.ts'
import type { RepeatModel } from '../value/repeat-model.ts'
import type { Summaries } from '../value/summaries.ts'

/**
 * What a customer who would leave brings more when kept, in discounted purchases, by distinct history and horizon: going on at their own
 * pace and staying (ifStaying), less what they may still bring after the silence that counts as leaving, being one who is that slow: a customer
 * of x purchases in T + silence.
 */
export function gainOfKeeping(
  model: RepeatModel,
  p: Float64Array,
  histories: Summaries,
  steps: readonly Step[],
  silence: number,
): { gain: Float32Array[]; alive: Float64Array; value: Float32Array[] } {
  const { moments, pairOf, alive } = outlook(model, p, histories, steps, false)
  const horizons = moments[0]?.length ?? 0
  const gains = moments.map(() => new Float64Array(horizons))
  const { x, T } = histories
  const done = new Uint8Array(moments.length)
  for (let i = 0; i < pairOf.length; i++) {
    const pair = pairOf[i]!
    if (done[pair]) continue
    done[pair] = 1
    let [h, anyway, before] = [0, 0, 0]
    for (const { until, discount, ends } of steps) {
      const left = until - silence
      if (left > 0) {
        const all = model.expectedIfAlive(p, x[i]!, T[i]! + silence, left)
        anyway += (all - before) * discount
        before = all
      }
      if (!ends) continue
      gains[pair]![h] = Math.max(0, moments[pair]![h]!.ifStaying - anyway)
      h++
    }
  }
  const by = (of: (pair: number, h: number) => number, scale: (i: number) => number) =>
    Array.from({ length: horizons }, (_, h) => Float32Array.from(pairOf, (pair, i) => scale(i) * of(pair, h)))
  return {
    gain: by(
      (pair, h) => gains[pair]![h]!,
      () => 1,
    ),
    value: by(
      (pair, h) => moments[pair]![h]!.discounted,
      i => alive[i]!,
    ),
    alive,
  }
}

/** Of those expected to leave, the part who are still there and can be kept. */
export const keepable = (churn: number, alive: number): number => Math.max(0, churn - (1 - alive))
