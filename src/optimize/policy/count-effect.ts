import { segmentNames } from '../../analyze/index.ts'
import type { App } from '../../platform/app.ts'
import type { Text } from '../../platform/text.ts'
import { type PlanLimits, planLimitsOf } from '../offers/plan-limits.ts'
import { ACCEPTED, channelBits, contactsSql, kindBits, WISH_DAYS } from '../options/history-sql.ts'
import { SCOPE } from '../options/subjects-sql.ts'
import { type ContactPolicy, channelIds, exemptKinds } from './contact-policy.ts'
import { blackoutRules, complaintRule, limitRules, preferredRule, quietRules, serviceRule, wishRule } from './rules.ts'

export interface PolicyCount {
  /** Contacts of the period: service and legal mail too. */
  contacts: number
  refused: number
  /** Customers at least one of whose contacts would have been refused. */
  customers: number
  /** Contacts each rule would have refused, and those that no other rule would have. */
  byRule: { rule: string; name: Text; refused: number; alone: number }[]
  byChannel: { channel: string; contacts: number; refused: number }[]
  /** By the customers' segment of the newest turn; '' for those who are in none. */
  bySegment: { segment: string; name: Text; contacts: number; refused: number }[]
}

/**
 * How many of the contacts of a past period (from ≤ day < to) a policy would have refused, by rule: each contact is judged by
 * what had happened before it, also by contacts that the policy itself would have refused (it is counted what the rule catches,
 * not what would have happened instead). Contacts of one day are judged in the order in which they were sent.
 */
export async function countEffect(
  app: Pick<App, 'facts' | 'runs' | 'workflow'>,
  policy: ContactPolicy,
  from: string,
  to: string,
  how: { limits?: PlanLimits; identityRun?: number } = {},
): Promise<PolicyCount> {
  const limits = how.limits ?? planLimitsOf(policy)
  const { rules, sql, params } = effectSql(policy, limits)
  const { last } = await app.facts.one<{ last: number }>('SELECT max(customer_id) AS last FROM events')
  const identityRun = how.identityRun ?? (await app.runs.latest('identity')) ?? 0
  const segmentsRun = (await app.runs.latest('segments')) ?? 0
  const rows: Counted[] = []
  const width = Math.max(RANGE, Math.ceil((last + 1) / MOST_RANGES))
  for (let fromId = 0; fromId <= last; fromId += width) {
    const part = { ...params, fromDay: from, toDay: to, identityRun, segmentsRun, fromId, toId: fromId + width }
    for (const row of await app.facts.query<Counted>(sql, part)) addTo(rows, row)
  }
  const total = rows.find(row => row.sum_of === ALL)
  const names = await segmentNames(app as App)
  const sum = (pick: 'by_rule' | 'alone', i: number) => total?.[pick][i] ?? 0
  return {
    contacts: total?.contacts ?? 0,
    refused: total?.refused ?? 0,
    customers: total?.customers ?? 0,
    byRule: rules.map(({ id, name }, i) => ({ rule: id, name, refused: sum('by_rule', i), alone: sum('alone', i) })),
    byChannel: rows
      .filter(row => row.sum_of === BY_CHANNEL && row.channel_bit > 0)
      .map(row => ({ channel: channelIds[Math.log2(row.channel_bit)]!, contacts: row.contacts, refused: row.refused })),
    bySegment: rows
      .filter(row => row.sum_of === BY_SEGMENT)
      .sort((a, b) => b.contacts - a.contacts)
      .map(({ segment, contacts, refused }) => ({
        segment,
        name: names.get(segment) ?? (segment === '' ? noSegment : { en: segment, zh: segment }),
        contacts,
        refused,
      })),
  }
}

const noSegment: Text = { en: 'No segment', zh: '无类别' }

/** What a row sums over: grouping() of (channel_bit, segment), a bit for each that is not grouped by. */
const BY_CHANNEL = 1
const BY_SEGMENT = 2
const ALL = 3

interface Counted {
  sum_of: number
  segment: string
  channel_bit: number
  contacts: number
  refused: number
  customers: number
  by_rule: number[]
  alone: number[]
}

/** Ids of customers judged in one query: keeps the engine's memory flat. */
const RANGE = 250_000
const MOST_RANGES = 200

function addTo(rows: Counted[], next: Counted): void {
  const row = rows.find(
    r => r.channel_bit === next.channel_bit && r.segment === next.segment && r.sum_of === next.sum_of,
  )
  if (!row) {
    rows.push(next)
    return
  }
  for (const figure of ['contacts', 'refused', 'customers'] as const) row[figure] += next[figure]
  for (const list of ['by_rule', 'alone'] as const) row[list] = next[list].map((n, i) => n + (row[list][i] ?? 0))
}

/** Rules as conditions over a contact and its customer's events, gathered in arrays: rows (t: day, id, kind, channel, offer). */
function effectSql(policy: ContactPolicy, limits: PlanLimits) {
  const params: Record<string, string | number | string[] | number[]> = { exempt: kindBits(exemptKinds(policy)) }
  const rules: { id: string; name: Text }[] = []
  const conditions: string[] = []
  const add = (rule: { id: string; name: Text }, condition: string) => {
    rules.push({ id: rule.id, name: rule.name })
    conditions.push(condition)
  }
  const channels = (list: readonly string[]) => `bitAnd(c.4, ${channelBits(list)}) != 0`
  const earlier = (days: string) => `e.1 > c.1 - ${days} AND e < c`
  for (const [i, rule] of limitRules(policy).entries()) {
    const { days, max, kinds, channels: counted } = policy.limits[i]!
    Object.assign(params, { [`days${i}`]: days, [`max${i}`]: max })
    const kind = kindBits(kinds ?? ['offer'])
    add(
      rule,
      `${channels(counted)} AND bitAnd(c.3, ${kind}) != 0
        AND arrayCount(e -> ${earlier(`{days${i}:UInt32}`)} AND bitAnd(e.3, ${kind}) != 0 AND bitAnd(e.4, ${channelBits(counted)}) != 0, contacts) >= {max${i}:UInt32}`,
    )
  }
  for (const [i, rule] of blackoutRules(policy).entries()) {
    const { after, days } = policy.blackouts[i]!
    Object.assign(params, { [`quietDays${i}`]: days, [`quietAfter${i}`]: after })
    const events =
      after === 'contact'
        ? `arrayExists(e -> ${earlier(`{quietDays${i}:UInt32}`)} AND e.3 = 1, contacts)`
        : `arrayExists(e -> e.1 = {quietAfter${i}:String} AND e.2 <= c.1 AND e.2 > c.1 - {quietDays${i}:UInt32}, others)`
    add(rule, `${channels(rule.channels)} AND ${events}`)
  }
  for (const [i, rule] of quietRules(policy).entries()) {
    Object.assign(params, { [`quietFrom${i}`]: rule.from, [`quietTo${i}`]: rule.to })
    add(rule, `${channels(rule.channels)} AND c.1 >= {quietFrom${i}:Date} AND c.1 <= {quietTo${i}:Date}`)
  }
  if (policy.complaints) {
    const { days, while_open: open, resolved_by } = policy.complaints
    Object.assign(params, { complaintDays: days, resolvedBy: resolved_by })
    const recent = `arrayExists(e -> e.1 = 'complaint' AND e.2 <= c.1 AND e.2 > c.1 - {complaintDays:UInt32}, others)`
    const last = (of: string) =>
      `arrayMax(arrayConcat([toDate(0)], arrayMap(e -> if(${of} AND e.2 <= c.1, e.2, toDate(0)), others)))`
    add(
      complaintRule(policy),
      open ? `(${recent} OR ${last("e.1 = 'complaint'")} > ${last('has({resolvedBy:Array(String)}, e.1)')})` : recent,
    )
  }
  if (policy.service_first) {
    Object.assign(params, { serviceDays: policy.service_first.days, serviceTypes: policy.service_first.after })
    add(
      serviceRule(policy),
      `c.3 = 1 AND arrayExists(e -> has({serviceTypes:Array(String)}, e.1) AND e.2 <= c.1 AND e.2 > c.1 - {serviceDays:UInt32}, others)`,
    )
  }
  add(
    wishRule,
    `wish != '' AND c.3 = 1 AND arrayCount(e -> ${earlier(String(WISH_DAYS))} AND e.3 = 1, contacts) >= toUInt8OrZero(wish)`,
  )
  for (const [i, { never, days }] of limits.conflicts.entries()) {
    Object.assign(params, { [`never${i}`]: never, [`neverDays${i}`]: days })
    add(
      {
        id: `conflict:${i + 1}`,
        name: { en: `Never together: ${never.join(', ')}`, zh: `不得同时：${never.join('、')}` },
      },
      `has({never${i}:Array(String)}, c.5) AND arrayExists(e -> ${earlier(`{neverDays${i}:UInt32}`)} AND e.5 != c.5 AND has({never${i}:Array(String)}, e.5), contacts)`,
    )
  }
  if (policy.preferred_channel?.mode === 'strict') {
    const bits = channelIds.map(
      channel => `preferred = '${channel === 'bill' ? 'letter' : channel}' AND c.4 = ${channelBits([channel])}`,
    )
    add(preferredRule, `preferred != '' AND c.3 = 1 AND NOT (${bits.join(' OR ')})`)
  }
  for (const [i, { offer, needs, within_days }] of limits.after.entries()) {
    Object.assign(params, { [`after${i}`]: offer, [`needs${i}`]: `accepted:${needs}` })
    if (within_days !== undefined) params[`needsDays${i}`] = within_days
    const recent = within_days === undefined ? '' : ` AND e.2 > c.1 - {needsDays${i}:UInt32}`
    add(
      {
        id: `after:${i + 1}`,
        name: { en: `${offer} only after ${needs} was accepted`, zh: `须先接受 ${needs} 才提供 ${offer}` },
      },
      `c.5 = {after${i}:String} AND NOT arrayExists(e -> e.1 = {needs${i}:String} AND e.2 <= c.1${recent}, others)`,
    )
  }
  const purchases = policy.blackouts.some(b => b.after === 'purchase')
  params['otherTypes'] = [
    ...new Set([
      'complaint',
      ...policy.blackouts.map(b => b.after),
      ...(policy.complaints?.resolved_by ?? []),
      ...(policy.service_first?.after ?? []),
      ...(limits.after.length > 0 ? ACCEPTED : []),
    ]),
  ]
  params['reach'] = Math.max(
    WISH_DAYS,
    ...policy.limits.map(l => l.days),
    ...policy.blackouts.map(b => b.days),
    ...limits.conflicts.map(c => c.days),
  )
  return { rules, params, sql: statement(conditions, purchases) }
}

const statement = (conditions: readonly string[], purchases: boolean): string => `
WITH
  told AS (
    SELECT * FROM (${contactsSql(`${SCOPE} AND (type IN ('sent', 'called') AND at >= toDateTime64({fromDay:Date} - {reach:UInt32}, 3, 'UTC') OR has({otherTypes:Array(String)}, type))`)})
    WHERE day < {toDay:Date}
  ),
  ${
    purchases
      ? `bought AS (
    SELECT customer_id, groupUniqArray(('purchase', toDate(sold_at))) AS days FROM purchases
    WHERE run_id = {identityRun:UInt64} AND is_return = 0 AND ${SCOPE} AND sold_at >= toDateTime({fromDay:Date} - 3660, 'UTC')
    GROUP BY customer_id
  ),`
      : ''
  }
  wishes AS (
    SELECT customer_id, argMaxIf(state, (at, seq), channel = 'frequency') AS wish,
      argMaxIf(state, (at, seq), channel = 'preferred-channel') AS preferred
    FROM consent_statements WHERE kind = 'preference' AND channel IN ('frequency', 'preferred-channel')
    GROUP BY customer_id
  ),
  customers AS (
    SELECT
      customer_id,
      arraySort(groupArrayIf((day, at, kind_bit, channel_bit, offer), kind_bit != 0)) AS contacts,
      arrayConcat(
        groupArrayIf((toString(type), day), type NOT IN ('sent', 'called') OR has({otherTypes:Array(String)}, type)),
        groupArrayIf((concat('accepted:', offer), day), accepted)
      ) AS others
    FROM told
    GROUP BY customer_id
    HAVING notEmpty(contacts)
  ),
  judged AS (
    SELECT
      customer_id, c.4 AS channel_bit, segment,
      arrayMap(hit -> toUInt8(hit AND bitAnd(c.3, {exempt:UInt8}) = 0), [${['false', ...conditions].join(',\n        ')}]) AS with_none,
      arraySlice(with_none, 2) AS hits,
      arraySum(hits) AS many
    FROM (
      SELECT customers.customer_id AS customer_id, toString(m.segment) AS segment, contacts, w.wish AS wish, w.preferred AS preferred, ${purchases ? 'arrayConcat(others, b.days)' : 'others'} AS others
      FROM customers
      LEFT JOIN wishes AS w ON w.customer_id = customers.customer_id
      LEFT JOIN (SELECT customer_id, segment FROM segment_members WHERE run_id = {segmentsRun:UInt64} AND ${SCOPE}) AS m
        ON m.customer_id = customers.customer_id
      ${purchases ? 'LEFT JOIN bought AS b ON b.customer_id = customers.customer_id' : ''}
    )
    ARRAY JOIN contacts AS c
    WHERE c.1 >= {fromDay:Date} AND c.1 < {toDay:Date}
  )
SELECT
  grouping(channel_bit, segment) AS sum_of,
  channel_bit,
  segment,
  count() AS contacts,
  countIf(many > 0) AS refused,
  uniqExactIf(customer_id, many > 0) AS customers,
  sumForEach(hits) AS by_rule,
  sumForEach(arrayMap(hit -> toUInt8(hit = 1 AND many = 1), hits)) AS alone
FROM judged
GROUP BY GROUPING SETS ((channel_bit), (segment), ())
ORDER BY channel_bit, segment`
