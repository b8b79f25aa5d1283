import type { CustomerValues } from '../value/customer-value.ts'

/** Silent for longer is gone, says the rule. */
const HIATUS_DAYS = 180

/** The rule that stands in where no model can be used: each year to come as the last, without an interval. */
export function lastYearAgain(
  purchases: Float64Array,
  margin: Float64Array,
  recency: Float64Array,
  years: number,
): CustomerValues {
  const n = purchases.length
  const nothing = () => new Float32Array(n)
  return {
    alive: Float32Array.from(recency, (r, i) => (purchases[i]! > 0 && r <= HIATUS_DAYS ? 1 : 0)),
    perPurchase: Float32Array.from(margin, (m, i) => (purchases[i]! > 0 ? m / purchases[i]! : 0)),
    horizons: Array.from({ length: years }, (_, k) => {
      const all = margin.map(m => m * (k + 1))
      return {
        purchases: Float32Array.from(purchases, p => p * (k + 1)),
        buys: Float32Array.from(purchases, p => (p > 0 ? 1 : 0)),
        margin: all,
        low: all,
        high: all,
        deviation: nothing(),
        own: nothing(),
      }
    }),
  }
}
