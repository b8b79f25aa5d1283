import { inControlGroup } from '../control-group.ts'
import { NO_OFFER } from './choices.ts'

/**
 * Choices are numbers on their way out of the solver; these two statements write them in words: offer and channel of a code,
 * the product an offer is about (the best of its category among those the customer may want next; of any category when
 * the offer has none), the best option it beat.
 *
 * Parameters: runId, modelsRun, identityRun, offerIds, categories ('' for none), channels, unitCosts, salt, controlPerMillion.
 */
const spelt = (control: 0 | 1): string => `
  chosen AS (SELECT * FROM plan_choices WHERE run_id = {runId:UInt64} AND control = ${control}),
  wishes AS (
    SELECT customer_id, arraySort(t -> t.1, groupArray((rank, toString(category), product_code))) AS wanted
    FROM next_products
    WHERE run_id = {modelsRun:UInt64} AND customer_id IN (SELECT customer_id FROM chosen)
    GROUP BY customer_id
  ),
  spelt AS (
    SELECT
      c.customer_id AS customer_id,
      {offerIds:Array(String)}[c.offer_no + 1] AS offer,
      {channels:Array(String)}[c.channel_no + 1] AS channel,
      {categories:Array(String)}[c.offer_no + 1] AS category,
      {unitCosts:Array(Float64)}[c.channel_no + 1] AS cost_minor,
      arrayFirst(t -> category = '' OR t.2 = category, w.wanted).3 AS product_code,
      toFloat64(c.value) AS value_minor,
      c.acceptance AS acceptance,
      c.wave AS wave,
      if(c.history = 1, 'history', 'prior') AS basis,
      if(c.next_offer = ${NO_OFFER}, '', toJSONString(map(
        'offer', {offerIds:Array(String)}[c.next_offer + 1],
        'channel', {channels:Array(String)}[c.next_channel + 1],
        'valueMinor', toString(round(c.next_value, 2)),
        'lessMinor', toString(round(c.value - c.next_value, 2))
      ))) AS next_best
    FROM chosen AS c
    LEFT JOIN wishes AS w ON w.customer_id = c.customer_id
  )`

const columns = 'run_id, customer_id, offer, channel, product_code, value_minor, acceptance, cost_minor'

export const assignmentsSql = `
INSERT INTO plan_assignments (${columns}, next_best, wave, basis)
WITH ${spelt(0)}
SELECT {runId:UInt64}, customer_id, offer, channel, product_code, value_minor, acceptance, cost_minor, next_best, wave, basis
FROM spelt`

/** All of the control group, also those for whom there is nothing ('' as offer). */
export const controlSql = `
INSERT INTO control_members (${columns}, wave)
WITH ${spelt(1)}
SELECT {runId:UInt64}, g.customer_id, offer, channel, product_code, value_minor, acceptance, cost_minor, greatest(wave, 1)
FROM (
  SELECT customer_id FROM golden_records WHERE run_id = {identityRun:UInt64} AND ${inControlGroup('customer_id')}
) AS g
LEFT JOIN spelt AS s ON s.customer_id = g.customer_id`
