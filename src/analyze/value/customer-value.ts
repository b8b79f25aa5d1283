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
 * 3.5 M: what is dear is computed once for each, so the loop over customers holds a root and some multiplications.
 *
 * The interval is of what the customer will bring, not of its mean: zero with P(Y = 0), else gamma with the moments of a sum of
 * Y purchases of uncertain size; its quantiles by Wilson & Hilferty.
 */
export const customerValues = (
  model: RepeatModel,
  repeat: Float64Array,
  spend: Float64Array,
  inputs: ValueInputs,
  steps: readonly Step[],
): CustomerValues => valuer(model, repeat, spend, inputs.histories, steps)(inputs, 0, inputs.histories.rowOf.length)

/** The same in parts: values of the customers from one place to another. */
export type Valuer = (inputs: ValueInputs, from: number, to: number) => CustomerValues

/** Computes what customers share, and gives back what values any part of them. */
export function valuer(
  model: RepeatModel,
  repeat: Float64Array,
  spend: Float64Array,
  histories: Summaries,
  steps: readonly Step[],
): Valuer {
  const { moments, pairOf, alive } = outlook(model, repeat, histories, steps)
  const horizons = steps.filter(step => step.ends).length
  const table = momentTable(moments, horizons)
  const rows = rowTable(moments, pairOf, alive, horizons)
  return (inputs, from, to) => valuesOf(table, rows, horizons, spend, inputs, from, to)
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

/** Numbers of a distinct (x, T) and horizon, side by side: one place in memory serves them all. */
const MOMENTS = 4

function momentTable(moments: readonly FutureMoments[][], horizons: number): Float64Array {
  const table = new Float64Array(moments.length * horizons * MOMENTS)
  for (const [pair, own] of moments.entries())
    for (let h = 0; h < horizons; h++) {
      const { purchases, discounted, factorial, none } = own[h]!
      table.set([purchases, discounted, factorial, none], (pair * horizons + h) * MOMENTS)
    }
  return table
}

/** Of a distinct history: its pair and P(alive), and by horizon P(buys) and the normal quantiles of the interval's ends. */
const ROW = 2
const ENDS = 3

/** The quantiles are those within the part above nought; −∞: the end is nought. */
function rowTable(
  moments: readonly FutureMoments[][],
  pairOf: Uint32Array,
  alive: Float64Array,
  horizons: number,
): Float32Array {
  const stride = ROW + ENDS * horizons
  const table = new Float32Array(alive.length * stride)
  for (let k = 0; k < alive.length; k++) {
    const at = k * stride
    // Pairs are some ten thousand: a single-precision number holds them exactly.
    table[at] = pairOf[k]!
    table[at + 1] = alive[k]!
    const own = moments[pairOf[k]!]!
    for (let h = 0; h < horizons; h++) {
      const buys = alive[k]! * (1 - own[h]!.none)
      const end = at + ROW + ENDS * h
      table[end] = buys
      table[end + 1] = normalQuantile((0.025 - (1 - buys)) / buys)
      table[end + 2] = normalQuantile((0.975 - (1 - buys)) / buys)
    }
  }
  return table
}

function valuesOf(
  table: Float64Array,
  rows: Float32Array,
  count: number,
  spend: Float64Array,
  inputs: ValueInputs,
  from: number,
  to: number,
): CustomerValues {
  const n = to - from
  const out: CustomerValues = {
    alive: new Float32Array(n),
    perPurchase: new Float32Array(n),
    horizons: Array.from({ length: count }, () => ({
      purchases: new Float32Array(n),
      buys: new Float32Array(n),
      margin: new Float64Array(n),
      low: new Float64Array(n),
      high: new Float64Array(n),
      deviation: new Float32Array(n),
      own: new Float32Array(n),
    })),
  }
  const stride = ROW + ENDS * count
  const money: SpendMoments = { mean: 0, same: 0, different: 0 }
  for (let i = 0; i < n; i++) {
    const at = inputs.histories.rowOf[from + i]! * stride
    const alive = rows[at + 1]!
    const times = inputs.spendCount[from + i]!
    spendMomentsOf(spend, times, times > 0 ? inputs.spend[from + i]! : 0, money)
    const rate = inputs.marginRate[from + i]!
    const each = money.mean * rate
    out.alive[i] = alive
    out.perPurchase[i] = each
    for (let h = 0; h < count; h++) {
      const own = out.horizons[h]!
      const place = (rows[at]! * count + h) * MOMENTS
      const purchases = table[place]!
      own.purchases[i] = alive * purchases
      if (!(purchases > 0) || !(money.mean > 0)) continue
      const discounted = table[place + 1]!
      const margin = alive * discounted * each
      own.margin[i] = margin
      const scale = (rate * discounted) / purchases
      const single = alive * purchases * money.same * scale * scale
      const square = single + alive * table[place + 2]! * money.different * scale * scale
      const end = at + ROW + ENDS * h
      const buys = rows[end]!
      own.buys[i] = buys
      own.own[i] = single
      own.deviation[i] = Math.sqrt(Math.max(0, square - margin * margin))
      const low = partQuantile(rows[end + 1]!, margin / buys, square / buys)
      const high = partQuantile(rows[end + 2]!, margin / buys, square / buys)
      own.low[i] = Math.min(low, high)
      own.high[i] = Math.max(low, high)
    }
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
