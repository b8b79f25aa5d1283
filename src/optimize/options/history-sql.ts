import type { ContactPolicy } from '../policy/contact-policy.ts'
import { SCOPE, type Scope, type SqlPart } from './subjects-sql.ts'

/**
 * Contacts in the rolling windows of the policy, per customer, from the events: `full<n>` says that limit n leaves no room,
 * `dark<n>` that blackout n holds, `billed` that this month's statement has been sent already. Only offers count as
 * contacts: service and legal mail is exempt. The day of a contact is the business date it was sent for (a replayed turn
 * runs years after), else the day it happened.
 */
export function historySql(policy: ContactPolicy, scope: Scope): SqlPart {
  const params: SqlPart['params'] = { blackoutTypes: policy.blackouts.map(b => b.after) }
  const limits = policy.limits.map(({ channels, days, max }, i) => {
    Object.assign(params, { [`limitChannels${i}`]: channels, [`limitDays${i}`]: days, [`limitMax${i}`]: max })
    return `countIf(type = 'sent' AND class = 'offer' AND has({limitChannels${i}:Array(String)}, channel)
        AND day > {asOf:Date} - {limitDays${i}:UInt32}) >= {limitMax${i}:UInt32} AS full${i}`
  })
  const blackouts = policy.blackouts.map(({ after, days }, i) => {
    Object.assign(params, { [`blackoutType${i}`]: after, [`blackoutDays${i}`]: days })
    return `countIf(type = {blackoutType${i}:String} AND day > {asOf:Date} - {blackoutDays${i}:UInt32}) > 0 AS dark${i}`
  })
  const billed =
    "countIf(type = 'sent' AND kind = 'bill' AND toStartOfMonth(day) = toStartOfMonth({asOf:Date})) > 0 AS billed"
  return {
    sql: `history AS (
    SELECT
      customer_id,
      ${[...limits, ...blackouts, billed].join(',\n      ')}
    FROM (
      SELECT
        customer_id, type, channel,
        JSONExtractString(payload, 'class') AS class, JSONExtractString(payload, 'kind') AS kind,
        ifNull(toDateOrNull(JSONExtractString(payload, 'asOf')), toDate(at)) AS day
      FROM events FINAL
      WHERE ${SCOPE[scope]} AND (type = 'sent' OR has({blackoutTypes:Array(String)}, type))
    )
    WHERE day <= {asOf:Date}
    GROUP BY customer_id
  )`,
    params,
  }
}

/** A limit of 0 contacts closes its channels for everybody, also for those without any history. */
export const closedByPolicy = (policy: ContactPolicy, channel: string): string => {
  const reasons = [
    ...policy.limits.flatMap((l, i) =>
      (l.channels as string[]).includes(channel) ? [`h.full${i}`, `{limitMax${i}:UInt32} = 0`] : [],
    ),
    ...policy.blackouts.flatMap((b, i) => ((b.channels as string[]).includes(channel) ? [`h.dark${i}`] : [])),
  ]
  return reasons.length > 0 ? `(${reasons.join(' OR ')})` : 'false'
}
