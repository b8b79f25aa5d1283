import { normalQuantile } from '../math/normal-quantile.ts'
import { expectedSpend, spendSecondMoments } from './gamma-gamma.ts'
import type { RepeatModel } from './repeat-model.ts'

/** What a customer has shown; one row per customer, times in the model's unit. */
export interface ValueInputs {
  x: ArrayLike<number>
  tx: ArrayLike<number>
  T: ArrayLike<number>
  /** Average value of the repeat purchases, and how many it averages (0: unknown, the population's mean is used). */
  spend: ArrayLike<number>
  spendCount: ArrayLike<number>
  /** Margin per unit of spend. */
  marginRate: ArrayLike<number>
}

export interface Horizon {
  /** In the model's unit. */
  length: number
  /** Annual discount rate, e.g. 0.1; and how many units make a year. */
  discountRate: number
  unitsPerYear: number
}

export interface CustomerValues {
  alive: Float32Array
  /** Expected purchases within the horizon. */
  purchases: Float32Array
  /** Discounted expected margin within the horizon, in the unit of `spend`, and its 95 % prediction interval. */
  margin: Float64Array
  low: Float64Array
  high: Float64Array
}

interface PairMoments {
  purchases: number
  discounted: number
  /** E[Y(Y − 1)] and P(Y = 0) of a customer alive at T. */
  factorial: number
  none: number
}

/** Discounting by steps of this many parts of the horizon; twelfths of a year change the third digit at most. */
const STEPS = 12
/** Below this shape the spend's second moment does not exist or is dominated by it; the interval uses this shape's. */
const SMALLEST_SHAPE = 2.5

/**
 * P(alive), expected purchases and discounted margin with its prediction interval. Given that a customer is alive, the future
 * depends on (x, T) alone: those moments are computed once per distinct pair (28 k pairs among 10 M customers), so the loop
 * over customers holds a few multiplications.
 *
 * The interval is of what the customer will bring, not of its mean: zero with P(Y = 0), else gamma with the moments of a sum of
 * Y purchases of uncertain size; its quantiles by Wilson & Hilferty.
 */
export function customerValues(
  model: RepeatModel,
  repeat: Float64Array,
  spend: Float64Array,
  inputs: ValueInputs,
  horizon: Horizon,
): CustomerValues {
  const n = inputs.x.length
  const out: CustomerValues = {
    alive: new Float32Array(n),
    purchases: new Float32Array(n),
    margin: new Float64Array(n),
    low: new Float64Array(n),
    high: new Float64Array(n),
  }
  const pairs = new Map<number, Map<number, PairMoments>>()
  for (let i = 0; i < n; i++) {
    const x = inputs.x[i]!
    const T = inputs.T[i]!
    let byX = pairs.get(T)
    if (!byX) {
      byX = new Map()
      pairs.set(T, byX)
    }
    let pair = byX.get(x)
    if (!pair) {
      pair = pairMoments(model, repeat, x, T, horizon)
      byX.set(x, pair)
    }

    const alive = model.alive(repeat, x, inputs.tx[i]!, T)
    const count = inputs.spendCount[i]!
    const mean = count > 0 ? inputs.spend[i]! : 0
    const perPurchase = expectedSpend(spend, count, mean)
    const rate = inputs.marginRate[i]!
    out.alive[i] = alive
    out.purchases[i] = alive * pair.purchases
    out.margin[i] = alive * pair.discounted * perPurchase * rate
    if (!(pair.purchases > 0) || !(perPurchase > 0)) continue

    const second = finiteMoments(spend, count, mean)
    const scale = (rate * pair.discounted) / pair.purchases
    const square = alive * (pair.purchases * second.same + pair.factorial * second.different) * scale * scale
    const positive = alive * (1 - pair.none)
    const low = positivePartQuantile(0.025, positive, out.margin[i]!, square)
    const high = positivePartQuantile(0.975, positive, out.margin[i]!, square)
    out.low[i] = Math.min(low, high)
    out.high[i] = Math.max(low, high)
  }
  return out
}

function pairMoments(model: RepeatModel, repeat: Float64Array, x: number, T: number, horizon: Horizon): PairMoments {
  let discounted = 0
  let purchases = 0
  for (let k = 1; k <= STEPS; k++) {
    const until = model.expectedIfAlive(repeat, x, T, (horizon.length * k) / STEPS)
    const middle = (horizon.length * (k - 0.5)) / STEPS / horizon.unitsPerYear
    discounted += (until - purchases) / (1 + horizon.discountRate) ** middle
    purchases = until
  }
  const counts = model.countsIfAlive(repeat, x, T, horizon.length, 1e-6)
  let factorial = 0
  for (let y = 2; y < counts.length; y++) factorial += y * (y - 1) * counts[y]!
  return { purchases, discounted, factorial, none: counts[0]! }
}

function finiteMoments(spend: Float64Array, count: number, mean: number) {
  const shape = spend[1]! + spend[0]! * count
  if (shape >= SMALLEST_SHAPE) return spendSecondMoments(spend, count, mean)
  const perPurchase = expectedSpend(spend, count, mean)
  const different = (perPurchase ** 2 * (SMALLEST_SHAPE - 1)) / (SMALLEST_SHAPE - 2)
  return { same: (different * (spend[0]! + 1)) / spend[0]!, different }
}

/** Quantile of a variable that is 0 with probability 1 − `positive` and otherwise gamma with the moments given (of the whole). */
function positivePartQuantile(level: number, positive: number, mean: number, square: number): number {
  const within = (level - (1 - positive)) / positive
  if (!(within > 0)) return 0
  const m = mean / positive
  const variance = square / positive - m * m
  if (!(variance > 0)) return m
  const shape = (m * m) / variance
  const cube = 1 - 1 / (9 * shape) + normalQuantile(within) / (3 * Math.sqrt(shape))
  return Math.max(0, cube) ** 3 * m
}
