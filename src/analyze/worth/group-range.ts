import { horizonMonths } from './tables.ts'

/** What a group's sums come to: one row of `sumsSql`. */
export type Sums = {
  segment: string
  customers: number
  by_contract: number
  alive: number
  purchases: number
  leavers: number
} & Record<string, number>

type What = 'value' | 'lost'

const slopes = (what: What, months: number): string =>
  [1, 2, 3, 4].map(k => `sum(v.slope_${what}_${months}_${k}) AS ${what}_${months}_${k}`).join(', ')

/**
 * Sums over everybody or over each segment, with what their intervals are made of. The mean of what a kept customer brings is their part of the
 * loss over their chance of leaving, so its square summed by that chance is the spread of who happens to be kept.
 */
export const sumsSql = (by: 'all' | 'segment'): string => `
SELECT
  ${by === 'segment' ? 'm.segment' : "''"} AS segment,
  count() AS customers,
  countIf(v.method = 'contract') AS by_contract,
  sum(toFloat64(v.alive)) AS alive,
  sum(toFloat64(v.purchases_12)) AS purchases,
  sum(toFloat64(v.leaves)) AS leavers,
  ${horizonMonths
    .map(
      m => `toFloat64(sum(v.value_${m}_minor)) AS value_${m},
  sum(toFloat64(v.deviation_${m}) * v.deviation_${m}) AS own_value_${m},
  sum(toFloat64(v.lost_${m}_minor)) AS lost_${m},
  sum(if(v.leaves > 0, toFloat64(v.lost_${m}_minor) * v.lost_${m}_minor / v.leaves, 0)) AS own_lost_${m}`,
    )
    .join(',\n  ')},
  ${slopes('value', 12)}, ${slopes('value', 36)}, ${slopes('lost', 12)}, ${slopes('lost', 36)}
FROM customer_values AS v
${by === 'segment' ? 'INNER JOIN segment_members AS m ON m.customer_id = v.customer_id AND m.run_id = {segments:UInt64}' : ''}
WHERE v.run_id = {models:UInt64} AND ({segment:String} = '' OR v.customer_id IN (
  SELECT customer_id FROM segment_members WHERE run_id = {segments:UInt64} AND segment = {segment:String}))
GROUP BY segment`

/** Variance that the model's parameters share among all of a group: Σₖ (Σᵢ slope)²; of 24 months from the slopes of 12 and 36. */
function modelVariance(sums: Sums, months: number, what: What): number {
  let variance = 0
  for (let k = 1; k <= 4; k++) {
    const at = (m: number) => sums[`${what}_${m}_${k}`] ?? 0
    const slope = months === 24 ? (at(12) + at(36)) / 2 : at(months)
    variance += slope * slope
  }
  return variance
}

/** A group's value with its 95 % interval: each customer's own chance and the model's error together. */
export function groupRange(sums: Sums | undefined, months: number, what: 'value') {
  const minor = sums?.[`${what}_${months}`] ?? 0
  const model = sums ? modelVariance(sums, months, what) : 0
  const half = 1.96 * Math.sqrt((sums?.[`own_${what}_${months}`] ?? 0) + model)
  return { minor, lowMinor: minor - half, highMinor: minor + half, modelError: Math.sqrt(model) }
}

/**
 * What `share` fewer leavers bring: the share of each one's part of the loss. Its spread is that of who happens to be kept, the share times
 * the squares, and the share of the model's error.
 */
export function keptRange(sums: Sums, months: number, share: number) {
  const minor = share * (sums[`lost_${months}`] ?? 0)
  const variance = share * (sums[`own_lost_${months}`] ?? 0) + share * share * modelVariance(sums, months, 'lost')
  const half = 1.96 * Math.sqrt(variance)
  return { minor, lowMinor: Math.max(0, minor - half), highMinor: minor + half }
}
