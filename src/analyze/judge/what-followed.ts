/**
 * What was said of each buyer on the date, what the simple rules would have said, and what then happened. Parameters: modelsRun,
 * featuresRun, identityRun, asOf. The year's margin is discounted as the models discount it.
 */
export const whatFollowed = `
WITH
  followed AS (
    SELECT
      customer_id,
      uniqExactIf(toDate(sold_at), is_return = 0 AND amount_minor > 0) AS purchases,
      uniqExactIf(toDate(sold_at), is_return = 0 AND amount_minor > 0 AND sold_at < toDateTime({asOf:Date} + {churnDays:UInt32}, 'UTC')) AS soon,
      sum(margin_minor / pow(1 + {discountRate:Float64}, (toDate(sold_at) - {asOf:Date}) / 365)) AS margin
    FROM purchases
    WHERE run_id = {identityRun:UInt64} AND is_service = 0
      AND sold_at >= toDateTime({asOf:Date}, 'UTC') AND sold_at < toDateTime({asOf:Date} + 365, 'UTC')
    GROUP BY customer_id
  )
SELECT
  toFloat64(s.expected_purchases) AS expected_purchases,
  toFloat64(s.value_minor) AS expected_margin,
  toFloat64(s.churn_probability) AS churn,
  toFloat64(f.recency_days) AS recency,
  toFloat64(f.purchase_days_365) AS last_purchases,
  toFloat64(f.margin_365_minor) AS last_margin,
  toFloat64(followed.purchases) AS purchases,
  toFloat64(followed.margin) AS margin,
  toUInt8(followed.soon = 0) AS gone
FROM scores AS s
INNER JOIN features AS f ON f.customer_id = s.customer_id
LEFT JOIN followed ON followed.customer_id = s.customer_id
WHERE s.run_id = {modelsRun:UInt64} AND f.run_id = {featuresRun:UInt64} AND f.purchase_days > 0
ORDER BY s.customer_id`

/** How far the purchases reach: a model is judged only when its horizon has passed. */
export const lastPurchase = `
SELECT toString(toDate(max(sold_at))) AS day FROM purchases WHERE run_id = {identityRun:UInt64}`
