import { standingConsentsSql, suppressedCustomersSql } from '../../collect/index.ts'
import { inControlGroup } from '../control-group.ts'
import type { Offer } from '../offers/offer.ts'
import type { ChannelId, ContactPolicy } from '../policy/contact-policy.ts'
import { closedByPolicy, historySql } from './history-sql.ts'
import {
  fits,
  likings,
  readiness,
  rowsOf,
  ruleSql,
  SCOPE,
  type Scope,
  type SqlPart,
  subjects,
  wishes,
} from './subjects-sql.ts'

/** Whether a channel is open to a customer; kept in this order, so that the lowest number above 0 names the nearest reason. */
export const CHANNEL_STATE = { open: 0, closedByPolicy: 1, noConsent: 2, noAddress: 3 } as const

/**
 * Why a customer has no option at all. Codes from `NO_OPTION` on stand for customers without options, so that one answer
 * of the engine holds both.
 */
export const NO_OPTION = 60_000
export const noOptionReasons = ['no-offer-fits', 'contact-policy', 'no-consent', 'no-address', 'not-worth-it'] as const

/** What must be known to reach a customer by a channel; standardised values are empty where they were not valid. */
const addressOf: Record<ChannelId, string> = {
  email: "g.email != ''",
  sms: "g.mobile != ''",
  call: "(g.mobile != '' OR g.landline != '')",
  letter: "(g.street != '' AND (g.city != '' OR g.postcode != ''))",
  bill: "(g.street != '' AND (g.city != '' OR g.postcode != '') AND b.invoices > 0 AND NOT h.billed)",
}

/**
 * Every eligible customer × offer × channel with its expected value, one row each, in customer order:
 *
 *   acceptance = prior of offer and channel × liking (see `likings`), at most 0.95
 *   margin     = half the offer's margin, half the customer's usual order at the offer's margin rate (at most three times the offer's)
 *   value      = acceptance × (margin × incrementality − cost of the benefit) − cost of the contact
 *
 * An option worth nothing is left out unless its offer has a minimum to meet. A customer without options comes as one row
 * whose code is `NO_OPTION` plus the reason. Customers of the control group come too: they show whom the plan would
 * have chosen.
 *
 * Parameters: identityRun, featuresRun, modelsRun, segmentsRun, asOf, salt, controlPerMillion, meanLiking, those of the scope
 * (slices and slice, or customer) and those of the parts.
 */
export function optionsSql(
  offers: readonly Offer[],
  policy: ContactPolicy,
  channels: readonly ChannelId[],
  scope: Scope,
): SqlPart {
  const fit = fits(offers)
  const liking = likings(offers)
  const history = historySql(policy, scope)
  const params: SqlPart['params'] = {
    ...fit.params,
    ...liking.params,
    ...history.params,
    channelCount: channels.length,
    offerCount: offers.length,
    margins: offers.map(o => o.marginMinor),
    marginRates: offers.map(o => o.marginRate),
    benefits: offers.map(o => o.benefitCostMinor),
    increments: offers.map(o => o.incrementality),
    minimums: offers.map(o => (o.minimum > 0 ? 1 : 0)),
    unitCosts: channels.map(c => policy.channels[c]!.unit_cost_minor),
    priors: offers.flatMap(o => channels.map(c => (o.channels.includes(c) ? (o.priorAcceptance[c] ?? 0) : 0))),
  }
  const states = channels.map((channel, i) => {
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
    const { noAddress, noConsent, closedByPolicy: closed, open } = CHANNEL_STATE
    const suppressed = `has(u.closed, '${channel === 'bill' ? 'letter' : channel}')`
    return `multiIf(NOT (${address}), ${noAddress}, ${suppressed} OR NOT (${consented}), ${noConsent}, ${closedByPolicy(policy, channel)}, ${closed}, ${open})`
  })
  return {
    sql: `
WITH
  ${wishes(scope)},
  ${history.sql},
  allowed AS (
    SELECT customer_id, groupArrayIf(channel, granted = 1) AS yes_to, groupArrayIf(channel, granted = 0) AS no_to
    FROM (${standingConsentsSql('identityRun', SCOPE[scope])})
    GROUP BY customer_id
  ),
  suppressed AS (${suppressedCustomersSql('identityRun', SCOPE[scope])}),
  statements AS (
    SELECT customer_id, uniqExact(invoice) AS invoices
    FROM ${rowsOf('purchases', 'identityRun', scope, 'customer_id, invoice, sold_at, is_return')}
    WHERE is_return = 0
      AND sold_at >= toDateTime(toStartOfMonth({asOf:Date}) - INTERVAL 1 MONTH, 'UTC')
      AND sold_at < toDateTime(toStartOfMonth({asOf:Date}), 'UTC')
    GROUP BY customer_id
  ),
  judged AS (
    SELECT
      g.customer_id AS customer_id,
      ${inControlGroup('g.customer_id')} AS control,
      f.average_order_minor AS usual_order,
      ${readiness} AS readiness,
      w.wanted AS wanted,
      ${fit.sql} AS fits,
      [${states.join(',\n        ')}] AS states
    ${subjects(scope)}
    LEFT JOIN allowed AS k ON k.customer_id = g.customer_id
    LEFT JOIN suppressed AS u ON u.customer_id = g.customer_id
    LEFT JOIN statements AS b ON b.customer_id = g.customer_id
    LEFT JOIN history AS h ON h.customer_id = g.customer_id
  ),
  possible AS (
    SELECT
      customer_id, control, usual_order, fits, states,
      arrayMap((liking, mean) -> if(mean > 0, liking / mean, 1), ${liking.sql}, {meanLiking:Array(Float64)}) AS likings,
      arrayFilter(
        code -> fits[intDiv(code, {channelCount:UInt16}) + 1] = 1 AND {priors:Array(Float64)}[code + 1] > 0,
        range(toUInt16({offerCount:UInt16} * {channelCount:UInt16}))
      ) AS fitting
    FROM judged
  ),
  valued AS (
    SELECT
      customer_id, control, fitting, states,
      arrayFilter(code -> states[code % {channelCount:UInt16} + 1] = ${CHANNEL_STATE.open}, fitting) AS open,
      arrayMap(
        code -> least(0.95, {priors:Array(Float64)}[code + 1] * likings[intDiv(code, {channelCount:UInt16}) + 1]),
        open
      ) AS acceptances,
      arrayMap(
        (code, acceptance) -> acceptance * (
            {increments:Array(Float64)}[intDiv(code, {channelCount:UInt16}) + 1]
              * if(
                  isNull(usual_order),
                  {margins:Array(Float64)}[intDiv(code, {channelCount:UInt16}) + 1],
                  0.5 * {margins:Array(Float64)}[intDiv(code, {channelCount:UInt16}) + 1]
                    + 0.5 * least(
                        {marginRates:Array(Float64)}[intDiv(code, {channelCount:UInt16}) + 1] * assumeNotNull(usual_order),
                        3 * {margins:Array(Float64)}[intDiv(code, {channelCount:UInt16}) + 1]
                      )
                )
            - {benefits:Array(Float64)}[intDiv(code, {channelCount:UInt16}) + 1]
          ) - {unitCosts:Array(Float64)}[code % {channelCount:UInt16} + 1],
        open, acceptances
      ) AS worths,
      arrayFilter(
        (option, worth) -> worth > 0 OR {minimums:Array(UInt8)}[intDiv(option.1, {channelCount:UInt16}) + 1] = 1,
        arrayZip(open, worths, acceptances), worths
      ) AS worthwhile,
      multiIf(
        empty(fitting), 0,
        notEmpty(open), 4,
        arrayMin(arrayMap(code -> states[code % {channelCount:UInt16} + 1], fitting))
      ) AS reason
    FROM possible
  )
SELECT
  customer_id,
  control,
  option.1 AS code,
  toFloat32(option.2) AS value,
  toFloat32(option.3) AS acceptance
FROM valued
ARRAY JOIN if(
  empty(worthwhile),
  [(toUInt16(${NO_OPTION} + reason), toFloat64(0), toFloat64(0))],
  arrayMap(o -> (toUInt16(o.1), toFloat64(o.2), toFloat64(o.3)), worthwhile)
) AS option
ORDER BY customer_id, code`,
    params,
  }
}
