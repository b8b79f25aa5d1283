import type { Wave } from '../offers/plan-limits.ts'
import { type ContactPolicy, channelIds, contactKinds } from '../policy/contact-policy.ts'
import { type OfferFact, words } from './offer-history.ts'
import { SCOPE, type SqlPart } from './subjects-sql.ts'

/** Dated parts of earlier plans that are still to be sent: whoever is in them counts as contacted on that day. */
export interface Owed {
  runId: number
  wave: number
  day: string
}

export interface HistoryHow {
  /** Only what was recorded by `knownAt` counts. */
  knownBy?: boolean
  /** Which customers; a range of numbers when not said. */
  scope?: string
  promised?: readonly Owed[]
  /** Leaves communications of the parameter `ownIds` out: a message is not counted against itself. */
  without?: boolean
}

const owedParams = (promised: readonly Owed[]): SqlPart['params'] =>
  promised.length === 0
    ? {}
    : {
        owedRuns: promised.map(p => p.runId),
        owedWaves: promised.map(p => p.wave),
        owedDays: promised.map(p => p.day),
      }

const promisedSql = (scope: string): string => `
      UNION ALL
      SELECT customer_id, 'owed' AS type, toDateTime64(owed.day, 3, 'UTC') AS at, CAST(('', '', '', '', ''), '${SAID}') AS said, toDate(owed.day) AS day,
        toUInt8(1) AS kind_bit, multiIf(${channelIds.map((c, i) => `channel = '${c}', toUInt8(${2 ** i})`).join(', ')}, 0) AS channel_bit, toString(offer) AS offer,
        0 AS accepted, toUInt8(1) AS promised
      FROM (SELECT run_id, customer_id, wave, channel, offer FROM plan_assignments WHERE run_id IN {owedRuns:Array(UInt64)} AND ${scope}) AS a
      INNER JOIN (
        SELECT arrayJoin(arrayZip({owedRuns:Array(UInt64)}, {owedWaves:Array(UInt16)}, {owedDays:Array(String)})) AS one, one.1 AS run_id, one.2 AS wave, one.3 AS day
      ) AS owed ON owed.run_id = a.run_id AND owed.wave = a.wave
      WHERE a.channel != 'bill'`

const SAID = 'Tuple(class String, kind String, offer String, asOf String, outcome String)'

/** Types of events that say that somebody took an offer; a call says it by its outcome. */
export const ACCEPTED = ['accepted', 'ordered', 'bought']

/**
 * Contacts as they count: one row each with day, channel and kind as bits. The day of a contact is the business date it was
 * sent for (a replayed turn runs years after), else the day it happened. A call counts when somebody was reached.
 */
export const contactsSql = (where: string, knownBy = false): string => `
    SELECT
      customer_id, type, at,
      JSONExtract(payload, '${SAID}') AS said,
      ifNull(toDateOrNull(said.asOf), toDate(at)) AS day,
      if(type = 'sent' OR (type = 'called' AND said.outcome NOT IN ('no-answer', 'busy', 'wrong-number')),
        multiIf(${contactKinds.map((k, i) => `said.class = '${k}', toUInt8(${2 ** i})`).join(', ')}, 0), 0) AS kind_bit,
      multiIf(type = 'called', toUInt8(${2 ** channelIds.indexOf('call')}), ${channelIds.map((c, i) => `channel = '${c}', ${2 ** i}`).join(', ')}, 0) AS channel_bit,
      said.offer AS offer,
      type IN (${ACCEPTED.map(t => `'${t}'`).join(', ')}) OR (type = 'called' AND said.outcome = 'accepted') AS accepted,
      toUInt8(0) AS promised
    FROM events FINAL
    WHERE ${where}${knownBy ? " AND received_at <= parseDateTime64BestEffort({knownAt:String}, 3, 'UTC')" : ''}`

const bits = (all: readonly string[], some: readonly string[]): number =>
  some.reduce((mask, one) => mask | (1 << all.indexOf(one)), 0)

export const channelBits = (channels: readonly string[]): number => bits(channelIds, channels)
export const kindBits = (kinds: readonly string[]): number => bits(contactKinds, kinds)

/** Of an earlier contact's business day and its hour at most this many days may lie: older rows need not be opened. */
const SLACK_DAYS = 31

/**
 * Per customer, in one pass: how many contacts each rolling window holds on each wave's day (`n<limit>_<wave>`), which quiet
 * rules hold (`dark_<wave>`, a bit each), facts on single offers (`seen_<word>`), recent offers (`tired`), whether this
 * month's statement has gone (`billed`). Only events that some rule can still reach are opened.
 */
export function historySql(
  policy: ContactPolicy,
  waves: readonly Wave[],
  facts: readonly OfferFact[],
  how: HistoryHow = {},
): SqlPart {
  const { knownBy = false, scope = SCOPE, promised = [] } = how
  const params: SqlPart['params'] = {}
  /** Contacts in a window of days: those that were, and those an earlier plan still owes, before the wave's day or after it. */
  const within = (w: number, length: string): string =>
    promised.length === 0
      ? `day <= {asOf:Date} AND day > ${day(w)} - ${length}`
      : `day > ${day(w)} - ${length} AND day < if(promised = 1, ${day(w)} + ${length}, {asOf:Date} + 1)`
  const day = (w: number): string => `({asOf:Date} + ${waves[w]!.after})`
  const columns: string[] = []
  for (const [i, { channels, kinds, days }] of policy.limits.entries()) {
    Object.assign(params, {
      [`limitChannels${i}`]: channelBits(channels),
      [`limitKinds${i}`]: kindBits(kinds ?? ['offer']),
      [`limitDays${i}`]: days,
    })
    for (const w of waves.keys())
      columns.push(
        `toUInt8(least(255, countIf(bitAnd(kind_bit, {limitKinds${i}:UInt8}) != 0 AND bitAnd(channel_bit, {limitChannels${i}:UInt8}) != 0
        AND ${within(w, `{limitDays${i}:UInt32}`)}))) AS n${i}_${w}`,
      )
  }
  for (const w of waves.keys()) {
    const dark = policy.blackouts.map(({ after, days }, i) => {
      Object.assign(params, { [`darkType${i}`]: after, [`darkDays${i}`]: days })
      // What a purchase closes is read from the features, see standing-sql.ts.
      // An event holds also when it came after the plan's date, as a complaint does: it has come.
      const what =
        after === 'contact'
          ? `kind_bit = 1 AND ${within(w, `{darkDays${i}:UInt32}`)}`
          : `type = {darkType${i}:String} AND day > ${day(w)} - {darkDays${i}:UInt32}`
      return `if(countIf(${what}) > 0, toUInt32(${2 ** i}), 0)`
    })
    const { complaints, service_first: service } = policy
    if (complaints) {
      Object.assign(params, { complaintDays: complaints.days, resolvedBy: complaints.resolved_by })
      // A complaint holds also when it came after the plan's date: it has come.
      const open = `maxIf(at, type = 'complaint') > maxIf(at, has({resolvedBy:Array(String)}, type))`
      dark.push(
        `if(countIf(type = 'complaint' AND day > ${day(w)} - {complaintDays:UInt32}) > 0${complaints.while_open ? ` OR ${open}` : ''}, toUInt32(${COMPLAINT}), 0)`,
      )
    }
    if (service) {
      Object.assign(params, { serviceDays: service.days, serviceTypes: service.after })
      dark.push(
        `if(countIf(has({serviceTypes:Array(String)}, type) AND day > ${day(w)} - {serviceDays:UInt32}) > 0, toUInt32(${SERVICE}), 0)`,
      )
    }
    columns.push(`toUInt32(${dark.length > 0 ? dark.join(' + ') : '0'}) AS dark_${w}`)
    columns.push(`toUInt8(least(255, countIf(kind_bit = 1 AND ${within(w, String(WISH_DAYS))}))) AS wished_${w}`)
  }
  // An offer still owed excludes as one that was sent.
  const latest = promised.length === 0 ? '{asOf:Date}' : 'if(promised = 1, day, {asOf:Date})'
  const seen = facts.map(({ kind, offer, days }, i) => {
    params[`factOffer${i}`] = offer
    const window =
      days === null ? 'day <= {asOf:Date}' : `day <= ${latest} AND day > {asOf:Date} - {factDays${i}:UInt32}`
    if (days !== null) params[`factDays${i}`] = days
    const what = kind === 'accepted' ? 'accepted' : 'kind_bit = 1'
    return `if(countIf(offer = {factOffer${i}:String} AND ${what} AND ${window}) > 0, toUInt32(${2 ** (i % 32)}), 0)`
  })
  for (let word = 0; word < words(facts.length); word++)
    columns.push(`toUInt32(${seen.slice(word * 32, word * 32 + 32).join(' + ')}) AS seen_${word}`)
  params['tiredDays'] = policy.fatigue?.days ?? 1
  columns.push(
    'toUInt8(least(255, countIf(kind_bit = 1 AND day <= {asOf:Date} AND day > {asOf:Date} - {tiredDays:UInt32}))) AS tired',
    "toUInt8(countIf(type = 'sent' AND said.kind = 'bill' AND toStartOfMonth(day) = toStartOfMonth({asOf:Date})) > 0) AS billed",
  )
  params['contactsFrom'] = SLACK_DAYS + Math.max(WISH_DAYS, ...reaches(policy, facts))
  params['quietTypes'] = [
    ...new Set([
      ...policy.blackouts.map(b => b.after),
      'complaint',
      ...(policy.complaints?.resolved_by ?? []),
      ...(policy.service_first?.after ?? []),
      ...(facts.some(f => f.kind === 'accepted') ? ACCEPTED : []),
    ]),
  ]
  const acceptedByCall = facts.some(f => f.kind === 'accepted') ? "OR type = 'called'" : ''
  return {
    sql: `history AS (
    SELECT
      customer_id,
      ${columns.join(',\n      ')}
    FROM (${contactsSql(`${scope} AND ((type IN ('sent', 'called') AND at >= toDateTime64({asOf:Date} - {contactsFrom:UInt32}, 3, 'UTC')) OR has({quietTypes:Array(String)}, type) ${acceptedByCall})${how.without ? ' AND communication_id NOT IN {ownIds:Array(String)}' : ''}`, knownBy)}
      ${promised.length === 0 ? '' : promisedSql(scope)}
    )
    GROUP BY customer_id
  )`,
    params: { ...params, ...owedParams(promised) },
  }
}

/** Bits of `dark` beside those of the blackouts (at most 20). */
export const COMPLAINT = 2 ** 24
export const SERVICE = 2 ** 25

/** Days over which a customer's own wish counts offers, by whatever channel. */
export const WISH_DAYS = 30

const reaches = (policy: ContactPolicy, facts: readonly OfferFact[]): number[] => [
  ...policy.limits.map(l => l.days),
  ...policy.blackouts.map(b => b.days),
  policy.fatigue?.days ?? 1,
  ...facts.map(f => f.days ?? 0),
]
