import { normalQuantile } from '../math/normal-quantile.ts'
import { type FutureMoments, futureMoments } from './future-moments.ts'
import { type SpendMoments, spendMomentsOf } from './gamma-gamma.ts'
import type { Step } from './horizons.ts'
import type { RepeatModel } from './repeat-model.ts'
import type { Summaries } from './summaries.ts'

/** What customers have shown. */
export interface ValueInputs {
  /** The distinct (x, tx, T), and the row of each customer among them. */
  histories: Summaries & { rowOf: Uint32Array }
  /** Average value of the purchases, and how many it averages (0: unknown, the population's mean is used). */
  spend: ArrayLike<number>
  spendCount: ArrayLike<number>
  /** Margin per unit of spend. */
  marginRate: ArrayLike<number>
}

export interface CustomerValues {
  alive: Float32Array
  /** Expected margin of one purchase, in the unit of `spend`. */
  perPurchase: Float32Array
  horizons: HorizonValues[]
}

export interface HorizonValues {
  /** Expected purchases within the horizon, and the chance of at least one. */
  purchases: Float32Array
  buys: Float32Array
  /** Discounted expected margin within the horizon, in the unit of `spend`, its 95 % prediction interval and standard deviation. */
  margin: Float64Array
  low: Float64Array
  high: Float64Array
  deviation: Float32Array
  /** The part of its variance that thinning makes larger: a purchase's own (see `thinned-interval.ts`). */
  own: Float32Array
}

/**
 * P(alive), expected purchases and discounted margin with its prediction interval, for each horizon that ends among the steps. Given
 * that a customer is alive, the future depends on (x, T) alone, of which 10 M customers have some 28 k; whether they are, on (x, tx, T),
 * 1.4 M: what is dear is computed once for each, so the loop over customers holds a root and some multiplications.
 *
 * The interval is of what the customer will bring, not of its mean: zero with P(Y = 0), else gamma with the moments of a sum of
 * Y purchases of uncertain size; its quantiles by Wilson & Hilferty.
 */
export function customerValues(
  model: RepeatModel,
  repeat: Float64Array,
  spend: Float64Array,
  inputs: ValueInputs,
  steps: readonly Step[],
): CustomerValues {
  const n = inputs.histories.rowOf.length
  const { moments, pairOf, alive } = outlook(model, repeat, inputs.histories, steps)
  const out: CustomerValues = {
    alive: Float32Array.from(inputs.histories.rowOf, row => alive[row]!),
    perPurchase: new Float32Array(n),
    horizons: [],
  }
  const count = steps.filter(step => step.ends).length
  for (let h = 0; h < count; h++) {
    const own = moments.map(pair => pair[h]!)
    out.horizons.push(horizonValues(own, pairOf, alive, spend, inputs, out.perPurchase))
  }
  return out
}

/**
 * P(alive) by distinct history, and the future of the living by distinct (x, T), with each history's place among these. Without counts their
 * moments are nought.
 */
export function outlook(
  model: RepeatModel,
  p: Float64Array,
  { x, tx, T }: Summaries,
  steps: readonly Step[],
  withCounts = true,
) {
  const places = new Map<number, Map<number, number>>()
  const moments: FutureMoments[][] = []
  const pairOf = new Uint32Array(x.length)
  const alive = new Float64Array(x.length)
  for (let i = 0; i < x.length; i++) {
    let byX = places.get(T[i]!)
    if (!byX) {
      byX = new Map()
      places.set(T[i]!, byX)
    }
    let place = byX.get(x[i]!)
    if (place === undefined) {
      place = moments.length
      byX.set(x[i]!, place)
      moments.push(futureMoments(model, p, x[i]!, T[i]!, steps, withCounts))
    }
    pairOf[i] = place
    alive[i] = model.alive(p, x[i]!, tx[i]!, T[i]!)
  }
  return { moments, pairOf, alive }
}

/** By distinct history: what of a customer's interval does not depend on the money. */
interface Shape {
  buys: Float32Array
  /** Normal quantiles of the levels within the part above nought; −∞: the end is nought. */
  low: Float32Array
  high: Float32Array
}

function shapeOf(moments: readonly FutureMoments[], pairOf: Uint32Array, alive: Float64Array): Shape {
  const column = () => new Float32Array(alive.length)
  const out = { buys: column(), low: column(), high: column() }
  for (let k = 0; k < alive.length; k++) {
    const buys = alive[k]! * (1 - moments[pairOf[k]!]!.none)
    out.buys[k] = buys
    out.low[k] = normalQuantile((0.025 - (1 - buys)) / buys)
    out.high[k] = normalQuantile((0.975 - (1 - buys)) / buys)
  }
  return out
}

function horizonValues(
  moments: readonly FutureMoments[],
  pairOf: Uint32Array,
  alive: Float64Array,
  spend: Float64Array,
  inputs: ValueInputs,
  perPurchase: Float32Array,
): HorizonValues {
  const n = inputs.histories.rowOf.length
  const narrow = () => new Float32Array(n)
  const wide = () => new Float64Array(n)
  const out: HorizonValues = {
    purchases: narrow(),
    buys: narrow(),
    margin: wide(),
    low: wide(),
    high: wide(),
    deviation: narrow(),
    own: narrow(),
  }
  const shape = shapeOf(moments, pairOf, alive)
  const { rowOf } = inputs.histories
  const money: SpendMoments = { mean: 0, same: 0, different: 0 }
  for (let i = 0; i < n; i++) {
    const row = rowOf[i]!
    const here = alive[row]!
    const next = moments[pairOf[row]!]!
    const times = inputs.spendCount[i]!
    spendMomentsOf(spend, times, times > 0 ? inputs.spend[i]! : 0, money)
    const rate = inputs.marginRate[i]!
    const each = money.mean * rate
    perPurchase[i] = each
    out.purchases[i] = here * next.purchases
    if (!(next.purchases > 0) || !(money.mean > 0)) continue
    const margin = here * next.discounted * each
    out.margin[i] = margin
    const scale = (rate * next.discounted) / next.purchases
    const own = here * next.purchases * money.same * scale * scale
    const square = own + here * next.factorial * money.different * scale * scale
    const buys = shape.buys[row]!
    out.buys[i] = buys
    out.own[i] = own
    out.deviation[i] = Math.sqrt(Math.max(0, square - margin * margin))
    const mean = margin / buys
    const low = partQuantile(shape.low[row]!, mean, square / buys)
    const high = partQuantile(shape.high[row]!, mean, square / buys)
    out.low[i] = Math.min(low, high)
    out.high[i] = Math.max(low, high)
  }
  return out
}

/** Quantile, at the normal quantile `z`, of a gamma variable with the first two moments given. */
export function partQuantile(z: number, mean: number, square: number): number {
  if (z === Number.NEGATIVE_INFINITY) return 0
  const variance = square - mean * mean
  if (!(variance > 0)) return mean
  const shape = (mean * mean) / variance
  const cube = 1 - 1 / (9 * shape) + z / (3 * Math.sqrt(shape))
  return cube > 0 ? cube * cube * cube * mean : 0
}
