import { standingConsentsSql, suppressedCustomersSql } from '../../collect/index.ts'
import { inControlGroup } from '../control-group.ts'
import type { Offer } from '../offers/offer.ts'
import { type ContactPolicy, channelIds } from '../policy/contact-policy.ts'
import type { Axes } from './axes.ts'
import { type HistoryHow, historySql } from './history-sql.ts'
import { type OfferRules, words } from './offer-history.ts'
import { rowsOf, ruleSql, SCOPE, type SqlPart, subjects } from './subjects-sql.ts'

/** What must be known to reach a customer by a channel; standardised values are empty where they were not valid. */
const addressOf: Record<(typeof channelIds)[number], string> = {
  email: "g.email != ''",
  sms: "g.mobile != ''",
  call: "(g.mobile != '' OR g.landline != '')",
  letter: "(g.street != '' AND (g.city != '' OR g.postcode != ''))",
  bill: "(g.street != '' AND (g.city != '' OR g.postcode != '') AND b.invoices > 0 AND NOT h.billed)",
}

/** Channels have a bit each in `reached`, `agreed` and `preferred`, in the order of the plan's channels. */
const flag = (condition: string, bit: number): string => `if(${condition}, ${2 ** bit}, 0)`

/** Words of 32 bits over a list of conditions: `fit_0`, `fit_1` … */
const asWords = (conditions: readonly string[], name: string): string[] =>
  Array.from(
    { length: words(conditions.length) },
    (_, w) =>
      `toUInt32(${conditions
        .slice(w * 32, w * 32 + 32)
        .map((c, bit) => `if(${c}, toUInt32(${2 ** bit}), 0)`)
        .join(' + ')}) AS ${name}_${w}`,
  )

export interface StandingHow extends Pick<HistoryHow, 'knownBy' | 'promised'> {
  /** Segments whose customers answered otherwise than others: each a class in `calibration_class`, from 1. */
  calibrated?: readonly string[]
  /** There are lists not to contact. */
  suppressed: boolean
  /** Legal mail is planned, under the run `noticesRun`. */
  notices?: boolean
}

/** Whoever gets a statement: an invoice in the month before. Parameters: identityRun, asOf. */
export const statementsSql = (scope: string): string => `
    SELECT customer_id, count() AS invoices
    FROM purchases
    WHERE run_id = {identityRun:UInt64} AND ${scope} AND is_return = 0
      AND sold_at >= toDateTime(toStartOfMonth({asOf:Date}) - INTERVAL 1 MONTH, 'UTC')
      AND sold_at < toDateTime(toStartOfMonth({asOf:Date}), 'UTC')
    GROUP BY customer_id`

/** Categories of the plan's offers, each with a bit in `wants_<word>`. */
export const categoriesOf = (offers: readonly Offer[]): string[] => [
  ...new Set(offers.flatMap(o => (o.category === null ? [] : [o.category]))),
]

/**
 * One compact row per customer: all that the rules and values of the plan ask of them, in customer order. Rules become bits
 * here, once for each customer; the customer × offer × channel × wave options are made of them in memory (`options.ts`).
 *
 * Parameters: the runs, asOf, salt, controlPerMillion, fromId, toId and those of the parts.
 */
export function standingSql(
  offers: readonly Offer[],
  policy: ContactPolicy,
  axes: Axes,
  rules: OfferRules,
  lists: StandingHow,
): SqlPart {
  const history = historySql(policy, axes.waves, rules.facts, lists)
  const params: SqlPart['params'] = {
    ...history.params,
    limitSegments: axes.segments,
    categories: categoriesOf(offers),
    ...(lists.calibrated ? { calibrated: [...lists.calibrated] } : {}),
  }
  const wants = Array.from(
    { length: Math.max(1, words(categoriesOf(offers).length)) },
    (_, w) => `groupBitOr(if(intDiv(nth - 1, 32) = ${w}, bitShiftLeft(toUInt32(1), (nth - 1) % 32), 0)) AS wants_${w}`,
  )
  const reached: string[] = []
  const agreed: string[] = []
  const preferred: string[] = []
  const learned = policy.preferred_channel?.mode === 'factor' && policy.preferred_channel.learned === true
  for (const [i, channel] of axes.channels.entries()) {
    const { consent, requires } = policy.channels[channel]!
    let address = addressOf[channel]
    if (requires) {
      const rule = ruleSql(requires, `c${i}_`)
      Object.assign(params, rule.params)
      address += ` AND (${rule.sql})`
    }
    // Without a consent of its own a channel goes by post: it is closed to whoever refused letters.
    let consented = "NOT has(k.no_to, 'letter')"
    if (consent !== null) {
      params[`consent${i}`] = consent
      consented = `has(k.yes_to, {consent${i}:String})`
    }
    const byPost = channel === 'bill' ? 'letter' : channel
    const listed = lists.suppressed ? ` AND NOT has(u.closed, '${byPost}')` : ''
    reached.push(flag(address, i))
    agreed.push(flag(`${consented}${listed}`, i))
    const told = `p.channel = '${byPost}'`
    preferred.push(flag(learned ? `(${told} OR (p.channel = '' AND l.channel = '${byPost}'))` : told, i))
  }
  const fits = offers.map((offer, i) => {
    const rule = ruleSql(offer.rule, `o${i}_`)
    Object.assign(params, rule.params)
    return rule.sql
  })
  const purchases = policy.blackouts.flatMap((b, i) => {
    if (b.after !== 'purchase') return []
    params[`purchaseDays${i}`] = b.days
    return [i]
  })
  const dark = axes.waves.map((wave, w) =>
    purchases.length === 0
      ? `h.dark_${w} AS dark_${w}`
      : `toUInt32(bitOr(h.dark_${w}, ${purchases.map(i => `if(ifNull(f.recency_days + ${wave.after} < {purchaseDays${i}:UInt32}, false), ${2 ** i}, 0)`).join(' + ')})) AS dark_${w}`,
  )
  const columns = [
    'g.customer_id AS customer_id',
    `toUInt8(${inControlGroup('g.customer_id')}) AS control`,
    'toFloat32(ifNull(f.average_order_minor, nan)) AS usual_order',
    'toFloat32(sqrt(s.expected_purchases + 0.05)) AS readiness',
    'toUInt8(indexOf({limitSegments:Array(String)}, toString(m.segment))) AS segment_class',
    `${lists.calibrated ? 'toUInt16(indexOf({calibrated:Array(String)}, toString(m.segment)))' : 'toUInt16(0)'} AS calibration_class`,
    `toUInt8(${reached.join(' + ')}) AS reached`,
    `toUInt8(${agreed.join(' + ')}) AS agreed`,
    `toUInt8(${preferred.join(' + ')}) AS preferred`,
    'toUInt8(b.invoices > 0 AND NOT h.billed) AS statement_due',
    `${lists.notices ? 'v.due' : 'toUInt8(0)'} AS notice_due`,
    "toUInt8(if(p.frequency = '', 255, least(254, toUInt8OrZero(p.frequency)))) AS wish",
    'h.tired AS tired',
    ...asWords(fits, 'fit'),
    ...wants.map((_, word) => `w.wants_${word} AS wants_${word}`),
    ...Array.from({ length: words(rules.facts.length) }, (_, w) => `h.seen_${w} AS seen_${w}`),
    ...dark,
    ...axes.waves.flatMap((_, w) => [
      `h.wished_${w} AS wished_${w}`,
      ...policy.limits.map((__, i) => `h.n${i}_${w} AS n${i}_${w}`),
    ]),
  ]
  return {
    sql: `
WITH
  ${history.sql},
  wishes AS (
    SELECT customer_id, ${wants.join(', ')}
    FROM (
      SELECT customer_id, indexOf({categories:Array(String)}, toString(category)) AS nth
      FROM ${rowsOf('next_products', 'modelsRun', 'customer_id, category')}
    )
    WHERE nth > 0
    GROUP BY customer_id
  ),
  allowed AS (
    SELECT customer_id, groupArrayIf(channel, granted = 1) AS yes_to, groupArrayIf(channel, granted = 0) AS no_to
    FROM (${standingConsentsSql('identityRun', SCOPE)})
    GROUP BY customer_id
  ),
  ${lists.suppressed ? `suppressed AS (${suppressedCustomersSql('identityRun', SCOPE)}),` : ''}
  preferences AS (
    SELECT customer_id, argMaxIf(state, (at, seq), name = 'preferred-channel') AS channel, argMaxIf(state, (at, seq), name = 'frequency') AS frequency
    FROM (
      SELECT if(moved.customer_id = 0, said.customer_id, moved.customer_id) AS customer_id, toString(said.channel) AS name, said.state AS state, said.at AS at, said.seq AS seq
      FROM (SELECT * FROM consent_statements WHERE kind = 'preference' AND channel IN ('preferred-channel', 'frequency')) AS said
      LEFT JOIN (SELECT old_id, customer_id FROM customer_redirects WHERE run_id = {identityRun:UInt64}) AS moved ON moved.old_id = said.customer_id
    )
    WHERE ${SCOPE}
    GROUP BY customer_id
  ),
  ${
    lists.notices
      ? `noticed AS (
    SELECT customer_id, toUInt8(groupBitOr(multiIf(${channelIds.map((c, i) => `channel = '${c}', toUInt8(${2 ** i})`).join(', ')}, 0))) AS due
    FROM plan_notices WHERE run_id = {noticesRun:UInt64} AND ${SCOPE}
    GROUP BY customer_id
  ),`
      : ''
  }
  statements AS (${statementsSql(SCOPE)})
SELECT
  ${columns.join(',\n  ')}
${subjects()}
LEFT JOIN wishes AS w ON w.customer_id = g.customer_id
LEFT JOIN allowed AS k ON k.customer_id = g.customer_id
${lists.suppressed ? 'LEFT JOIN suppressed AS u ON u.customer_id = g.customer_id' : ''}
LEFT JOIN preferences AS p ON p.customer_id = g.customer_id
${learned ? `LEFT JOIN ${rowsOf('preferred_channels', 'modelsRun', 'customer_id, toString(channel) AS channel, best')} AS l ON l.customer_id = g.customer_id AND l.best = 1` : ''}
LEFT JOIN statements AS b ON b.customer_id = g.customer_id
${lists.notices ? 'LEFT JOIN noticed AS v ON v.customer_id = g.customer_id' : ''}
LEFT JOIN history AS h ON h.customer_id = g.customer_id
ORDER BY customer_id`,
    params,
  }
}
