import type { RepeatModel } from './repeat-model.ts'

/** What a model says of each customer over a horizon. */
export interface Forecast {
  alive: Float64Array
  expected: Float64Array
  /** P(at least one purchase). */
  active: Float64Array
  /** Mean log-probability a customer of what was bought in the horizon; undefined without knowing it. */
  logScore: number | undefined
}

interface Future {
  expected: number
  counts: Float64Array
}

/** A count that the model's distribution leaves out weighs this much. */
const LEAST = 1e-12

/** Given that a customer is alive, the future depends on (x, T) alone: once per distinct pair. */
export function forecast(
  model: RepeatModel,
  parameters: Float64Array,
  { x, tx, T, later }: { x: Float64Array; tx: Float64Array; T: Float64Array; later?: Float64Array | undefined },
  horizon: number,
): Forecast {
  const n = x.length
  const futures = new Map<number, Map<number, Future>>()
  const futureOf = (x: number, T: number): Future => {
    let byT = futures.get(x)
    if (!byT) {
      byT = new Map()
      futures.set(x, byT)
    }
    let future = byT.get(T)
    if (!future) {
      const counts = model.countsIfAlive(parameters, x, T, horizon, later ? 1e-9 : 1)
      future = { expected: model.expectedIfAlive(parameters, x, T, horizon), counts }
      byT.set(T, future)
    }
    return future
  }
  const out = { alive: new Float64Array(n), expected: new Float64Array(n), active: new Float64Array(n) }
  let score = 0
  for (let i = 0; i < n; i++) {
    const alive = model.alive(parameters, x[i]!, tx[i]!, T[i]!)
    const { expected, counts } = futureOf(x[i]!, T[i]!)
    out.alive[i] = alive
    out.expected[i] = alive * expected
    out.active[i] = alive * (1 - counts[0]!)
    if (!later) continue
    const bought = later[i]!
    const p = alive * (counts[bought] ?? 0) + (bought === 0 ? 1 - alive : 0)
    score += Math.log(Math.max(p, LEAST))
  }
  return { ...out, logScore: later && n > 0 ? score / n : undefined }
}
