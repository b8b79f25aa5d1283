import type { Facts } from '../../platform/stores/facts/index.ts'
import { bought, returned } from '../features/purchase-rows.ts'
import type { Behaviour } from './find-alarms.ts'
import { historiesOf } from './histories.ts'
import { WINDOWS } from './windows.ts'

export interface BehaviourAsk {
  identityRun: number
  asOf: string
  window: number
  slices: number
  slice: number
}

/** Rhythms are learned from so many days at most. */
const LOOK_BACK = 1200

const scope = 'customer_id % {slices:UInt32} = {slice:UInt32}'
const inTime = (column: string): string => `${column} < {asOf:Date} AND ${column} >= {asOf:Date} - {back:UInt32}`
const windowOf = (column: string): string =>
  `toUInt8(intDiv(toUInt32({asOf:Date} - 1 - toDate(${column})), {window:UInt32}))`

const daysSql = `
SELECT customer_id, toInt32(toUInt16(toDate(sold_at))) AS day,
  toFloat64(sumIf(amount_minor, ${bought})) AS bought, toFloat64(-sumIf(amount_minor, ${returned})) AS returned,
  toFloat64(countIf(${bought})) AS lines, toFloat64(countIf(${returned})) AS return_lines
FROM purchases
WHERE run_id = {identityRun:UInt64} AND ${scope} AND ${inTime('sold_at')} AND is_service = 0
GROUP BY customer_id, day
ORDER BY customer_id, day`

const categoriesSql = `
SELECT customer_id, toUInt16(indexOf({names:Array(String)}, category) - 1) AS its_category, ${windowOf('sold_at')} AS its_window,
  toFloat64(uniqExact(toDate(sold_at))) AS days, toFloat64(sum(amount_minor)) AS spent
FROM purchases
WHERE run_id = {identityRun:UInt64} AND ${scope} AND ${inTime('sold_at')} AND ${bought} AND category != ''
GROUP BY customer_id, its_category, its_window
ORDER BY customer_id, its_category, its_window`

const complaintsSql = `
SELECT customer_id, ${windowOf('at')} AS its_window, toFloat64(uniqExact(event_id)) AS complaints
FROM events
WHERE ${scope} AND ${inTime('at')} AND type = 'complaint' AND customer_id != 0
GROUP BY customer_id, its_window
ORDER BY customer_id, its_window`

/** Rows lie in the order of customers: one customer's groups at a time. */
const inOrder = { settings: { optimize_aggregation_in_order: 1 } }

/** Who bought when, what and how much, what came back, who complained: columns, read from the engine in binary. */
export async function readBehaviour(facts: Facts, ask: BehaviourAsk): Promise<Behaviour> {
  const { identityRun, asOf, slices, slice, window } = ask
  const params = { identityRun, asOf, slices, slice, window }
  const names = (
    await facts.query<{ category: string }>(
      `SELECT category FROM purchases WHERE run_id = {identityRun:UInt64} AND ${inTime('sold_at')} AND category != ''
       GROUP BY category ORDER BY category LIMIT 1000`,
      { identityRun, asOf, back: WINDOWS * window },
    )
  ).map(row => row.category)
  const [days, categories, complaints] = [
    await facts.columns(daysSql, { ...params, back: LOOK_BACK }, inOrder),
    await facts.columns(categoriesSql, { ...params, names, back: WINDOWS * window }, inOrder),
    await facts.columns(complaintsSql, { ...params, back: WINDOWS * window }),
  ]
  return {
    histories: historiesOf({
      customer: days.f64('customer_id'),
      day: days.i32('day'),
      bought: days.f64('bought'),
      returned: days.f64('returned'),
      lines: days.f64('lines'),
      returnLines: days.f64('return_lines'),
    }),
    categories: {
      ids: categories.f64('customer_id'),
      category: Uint16Array.from(categories.f64('its_category')),
      window: Uint8Array.from(categories.f64('its_window')),
      days: categories.f64('days'),
      spent: categories.f64('spent'),
      names,
    },
    complaints: {
      ids: complaints.f64('customer_id'),
      window: Uint8Array.from(complaints.f64('its_window')),
      complaints: complaints.f64('complaints'),
    },
  }
}
