import type { Step } from './horizons.ts'
import type { RepeatModel } from './repeat-model.ts'

/** What a horizon holds of a customer known to be alive at its beginning. */
export interface FutureMoments {
  purchases: number
  /** The same, each purchase discounted to now. */
  discounted: number
  /** E[Y(Y − 1)] and P(Y = 0). */
  factorial: number
  none: number
  /** Discounted purchases of one who stays for certain. */
  ifStaying: number
}

const nothing = Float64Array.of(0)

/** The moments of each horizon that ends among the steps. */
export function futureMoments(
  model: RepeatModel,
  p: Float64Array,
  x: number,
  T: number,
  steps: readonly Step[],
  withCounts = true,
): FutureMoments[] {
  const out: FutureMoments[] = []
  const rate = model.rateIfAlive(p, x, T)
  let [purchases, discounted, before, ifStaying] = [0, 0, 0, 0]
  for (const { until, discount, ends } of steps) {
    const all = model.expectedIfAlive(p, x, T, until)
    discounted += (all - purchases) * discount
    ifStaying += rate * (until - before) * discount
    purchases = all
    before = until
    if (!ends) continue
    const counts = withCounts ? model.countsIfAlive(p, x, T, until, 1e-6) : nothing
    let factorial = 0
    for (let y = 2; y < counts.length; y++) factorial += y * (y - 1) * counts[y]!
    out.push({ purchases, discounted, factorial, none: counts[0]!, ifStaying })
  }
  return out
}
