import { likenessTraits, traits } from '../traits.ts'
import { CITY, PROVINCE } from './place-sql.ts'

/** Lines of goods bought: as the features count them. */
export const BOUGHT = 'is_service = 0 AND is_return = 0 AND amount_minor > 0'

/**
 * One row per customer. Lines before the date alone make the months; features, scores and segments are of the same turn.
 * Parameters: runs, asOf, slices and slice, deciles (9 upper edges of value, falling), whales (rising edges of margin), the
 * look-alikes' intercept and, for each trait, its values and their weights.
 *
 * Months left: leaving is taken to be as likely in every month, s = (1 − churn)^(1/12); the sum of s^k over the next 60 months.
 */
export const customersSql = `
INSERT INTO seven_p_customers (run_id, segment, country, province, city, customer_id, cohort, months, recency_days, purchase_days,
  categories, sales_minor, sales_365_minor, margin_365_minor, whale_minor, value_minor, value_low_minor, value_high_minor,
  value_decile, p_alive, expected_purchases, churn, left_months, price_index, discounted_share, likeness${traits.map(trait => `, trait_${trait.id}`).join('')})
WITH
  bought AS (
    SELECT customer_id,
      toStartOfMonth(min(sold_at)) AS cohort,
      groupBitOr(if(age < 64, bitShiftLeft(toUInt64(1), age), 0)) AS months
    FROM (
      SELECT customer_id, sold_at, toUInt8(least(255, dateDiff('month', toStartOfMonth(sold_at), toStartOfMonth({asOf:Date})))) AS age
      FROM purchases
      WHERE run_id = {identityRun:UInt64} AND customer_id % {slices:UInt32} = {slice:UInt32}
        AND sold_at < toDateTime({asOf:Date}, 'UTC') AND ${BOUGHT}
    )
    GROUP BY customer_id
  )
SELECT {runId:UInt64}, m.segment, g.country, ${PROVINCE}, ${CITY}, f.customer_id, b.cohort, b.months,
  f.recency_days, f.purchase_days, length(f.bought_categories), f.monetary_minor, f.monetary_365_minor, f.margin_365_minor,
  roundDown(f.margin_365_minor, {whales:Array(Int64)}),
  s.value_minor, s.value_low_minor, s.value_high_minor,
  if(f.purchase_days = 0, 0, toUInt8(1 + arrayCount(edge -> s.value_minor < edge, {deciles:Array(Int64)}))),
  s.p_alive, s.expected_purchases, s.churn_probability,
  if(f.purchase_days = 0, 0, if(s.churn_probability <= 0, 60,
    (1 - pow(1 - s.churn_probability, 5)) / (1 - pow(1 - s.churn_probability, 1 / 12)))),
  f.price_index, f.discounted_share,
  {intercept:Float64}${likenessTraits.map((trait, k) => ` + transform(${trait.sql}, {likeValues${k}:Array(String)}, {likeWeights${k}:Array(Float64)}, 0.)`).join('')}
  ${traits.map(trait => `, ${trait.sql}`).join('')}
FROM features AS f
INNER JOIN scores AS s ON s.customer_id = f.customer_id
INNER JOIN segment_members AS m ON m.customer_id = f.customer_id
INNER JOIN golden_records AS g ON g.customer_id = f.customer_id
LEFT JOIN bought AS b ON b.customer_id = f.customer_id
WHERE f.run_id = {featuresRun:UInt64} AND s.run_id = {modelsRun:UInt64} AND m.run_id = {segmentsRun:UInt64} AND g.run_id = {identityRun:UInt64}
  AND f.customer_id % {slices:UInt32} = {slice:UInt32} AND s.customer_id % {slices:UInt32} = {slice:UInt32}
  AND m.customer_id % {slices:UInt32} = {slice:UInt32} AND g.customer_id % {slices:UInt32} = {slice:UInt32}`

/** Edges of the deciles of value (of buyers) and of the whale curve (of everybody who bought within the year). */
export const edgesSql = `
SELECT
  quantilesExactIf(0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1)(s.value_minor, f.purchase_days > 0) AS deciles,
  arrayDistinct(quantilesExactIf(${Array.from({ length: 501 }, (_, k) => k / 500).join(', ')})(f.margin_365_minor, f.purchase_days_365 > 0)) AS whales
FROM features AS f
INNER JOIN scores AS s ON s.customer_id = f.customer_id
WHERE f.run_id = {featuresRun:UInt64} AND s.run_id = {modelsRun:UInt64}`
