import type { App } from '../../../platform/app.ts'
import type { TurnRuns } from '../../runs-of-turn.ts'

export interface MonthRow {
  /** Its first day. */
  from: string
  revenueMinor: number
  marginMinor: number
  buyers: number
}

/** Calendar months counted back from the day before the date; 0 is the newest, which may be under way. */
const monthsSql = `
SELECT toUInt16(dateDiff('month', toDate(sold_at), {asOf:Date} - 1)) AS ago,
  toFloat64(sum(amount_minor)) AS revenueMinor, toFloat64(sum(margin_minor)) AS marginMinor, uniqExact(customer_id) AS buyers
FROM purchases
WHERE run_id = {identity:UInt64} AND is_service = 0
  AND sold_at < toDateTime({asOf:Date}, 'UTC') AND sold_at >= toDateTime(toStartOfMonth({asOf:Date} - 1) - INTERVAL 23 MONTH, 'UTC')
  AND customer_id IN (SELECT customer_id FROM segment_members WHERE run_id = {segments:UInt64} AND segment = {code:String})
GROUP BY ago`

/** 24 calendar months up to the date of the turn, oldest first: what those who are in the segment now bought. */
export async function monthsOf(app: App, { asOf, identity, segments }: TurnRuns, code: string): Promise<MonthRow[]> {
  const rows = await app.facts.query<{ ago: number; revenueMinor: number; marginMinor: number; buyers: number }>(
    monthsSql,
    { asOf, identity, segments, code },
  )
  const last = new Date(Date.parse(`${asOf}T00:00:00Z`) - 86_400_000)
  return Array.from({ length: 24 }, (_, k) => {
    const ago = 23 - k
    const row = rows.find(found => found.ago === ago)
    const from = new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth() - ago, 1)).toISOString().slice(0, 10)
    return {
      from,
      revenueMinor: row?.revenueMinor ?? 0,
      marginMinor: row?.marginMinor ?? 0,
      buyers: row?.buyers ?? 0,
    }
  })
}

export interface ContactRow {
  channel: string
  sent: number
  customers: number
  answered: number
  costMinor: number
  /** Contacts of which nobody said what they cost. */
  costUnknown: number
}

/**
 * Contacts of 365 days. A contact's day is the business date it was made for (`asOf` in what was recorded), since a turn that
 * is replayed sends years later than its date.
 */
const contactsSql = `
WITH contacts AS (
  SELECT customer_id, communication_id, channel,
    JSONExtract(payload, 'costMinor', 'Nullable(Float64)') AS cost,
    ifNull(toDateOrNull(JSONExtractString(payload, 'asOf')), toDate(at)) AS day
  FROM events
  WHERE type IN ('sent', 'called')
    AND customer_id IN (SELECT customer_id FROM segment_members WHERE run_id = {segments:UInt64} AND segment = {code:String})
),
answers AS (
  SELECT DISTINCT communication_id FROM events
  WHERE type IN ('opened', 'clicked', 'replied', 'answered', 'accepted', 'ordered') AND communication_id != ''
    AND customer_id IN (SELECT customer_id FROM segment_members WHERE run_id = {segments:UInt64} AND segment = {code:String})
)
SELECT channel, count() AS sent, uniqExact(customer_id) AS customers,
  countIf(communication_id IN (SELECT communication_id FROM answers)) AS answered,
  sum(ifNull(cost, 0)) AS told, countIf(isNull(cost)) AS untold
FROM contacts
WHERE day > {asOf:Date} - 365 AND day <= {asOf:Date}
GROUP BY channel
ORDER BY sent DESC, channel`

/** What a contact costs is told by the event itself, else by the cost that people set for its channel. */
export async function contactsOf(app: App, { asOf, segments }: TurnRuns, code: string): Promise<ContactRow[]> {
  const [rows, costs] = await Promise.all([
    app.facts.query<Omit<ContactRow, 'costMinor' | 'costUnknown'> & { told: number; untold: number }>(contactsSql, {
      asOf,
      segments,
      code,
    }),
    app.workflow.db.selectFrom('insight_contact_costs').select(['channel', 'cost_minor']).execute(),
  ])
  const costOf = new Map(costs.map(row => [row.channel, row.cost_minor]))
  return rows.map(({ told, untold, ...row }) => {
    const each = costOf.get(row.channel)
    return {
      ...row,
      costMinor: Math.round(told + (each ?? 0) * untold),
      costUnknown: each === undefined ? untold : 0,
    }
  })
}
