import type { RepeatModel } from '../value/repeat-model.ts'
import type { Summaries } from '../value/summaries.ts'

/** P(no purchase in the time to come); by the days of silence where there is no model. */
export function silence(
  by: { model: RepeatModel; parameters: Float64Array; length: number } | undefined,
  { x, tx, T, rowOf }: Summaries & { rowOf: Uint32Array },
  rule: { recency: Float64Array; days: number },
): Float32Array {
  if (!by) return Float32Array.from(rule.recency, r => (r > rule.days ? 1 : 0))
  const { model, parameters, length } = by
  const none = new Map<number, Map<number, number>>()
  const silent = Float32Array.from(x, (repeats, k) => {
    let byX = none.get(T[k]!)
    if (!byX) {
      byX = new Map()
      none.set(T[k]!, byX)
    }
    let p = byX.get(repeats)
    if (p === undefined) {
      p = model.countsIfAlive(parameters, repeats, T[k]!, length, 1)[0]!
      byX.set(repeats, p)
    }
    return 1 - model.alive(parameters, repeats, tx[k]!, T[k]!) * (1 - p)
  })
  return Float32Array.from(rowOf, row => silent[row]!)
}
