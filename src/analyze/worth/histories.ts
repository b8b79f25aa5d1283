import type { Facts } from '../../platform/stores/facts/index.ts'
import { dayOf } from './season-clock.ts'

/** Days with a purchase, by customer and in order; days since 1970-01-01. Those of customer c are `day[start[c] … start[c + 1])`. */
export interface Histories {
  start: Uint32Array
  day: Int32Array
  firstDay: number
}

/** One row per customer and purchase day. Parameters: identityRun, asOf, slices, slice. */
const daysSql = `
SELECT customer_id, toInt32(toDate(sold_at)) AS day
FROM purchases
WHERE run_id = {identityRun:UInt64} AND customer_id % {slices:UInt32} = {slice:UInt32}
  AND is_service = 0 AND is_return = 0 AND amount_minor > 0 AND sold_at < toDateTime({asOf:Date}, 'UTC')
GROUP BY customer_id, day
ORDER BY customer_id, day`

/** The purchase days of a share of the customers (`slices` 1: of all). */
export async function readHistories(
  facts: Facts,
  params: { identityRun: number; asOf: string; slices: number; slice: number },
): Promise<Histories> {
  const rows = await facts.columns(daysSql, params, { settings: { optimize_aggregation_in_order: 1 } })
  const customer = rows.u64('customer_id')
  const day = Int32Array.from(rows.i32('day'))
  const start: number[] = []
  let firstDay = dayOf(params.asOf)
  for (let i = 0; i < day.length; i++) {
    if (i === 0 || customer[i] !== customer[i - 1]) start.push(i)
    firstDay = Math.min(firstDay, day[i]!)
  }
  start.push(day.length)
  return { start: Uint32Array.from(start), day, firstDay }
}

/** Purchases of each day before `asOf`, yesterday first, and how many of them were customers' first. */
export function dailyVolume(
  { start, day, firstDay }: Histories,
  asOf: number,
): { all: Float64Array; first: Float64Array } {
  const all = new Float64Array(Math.max(0, asOf - firstDay))
  const first = new Float64Array(all.length)
  for (let c = 0; c + 1 < start.length; c++)
    for (let i = start[c]!; i < start[c + 1]!; i++) {
      const k = asOf - 1 - day[i]!
      all[k] = all[k]! + 1
      if (i === start[c]) first[k] = first[k]! + 1
    }
  return { all, first }
}
