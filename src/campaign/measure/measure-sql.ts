/**
 * Margin of each member over the days after the date, and of each arm the moments that the comparison needs. Members without a
 * purchase count with 0. Parameters: membersRun, identityRun, asOf, days.
 */
export const momentsSql = `
WITH
  members AS (
    SELECT customer_id, toString(any(arm)) AS arm
    FROM campaign_members
    WHERE run_id = {membersRun:UInt64}
    GROUP BY customer_id
  ),
  followed AS (
    SELECT customer_id, toFloat64(sum(margin_minor)) AS margin
    FROM purchases
    WHERE run_id = {identityRun:UInt64}
      AND is_service = 0
      AND sold_at >= toDateTime({asOf:Date}, 'UTC')
      AND sold_at < toDateTime({asOf:Date} + {days:UInt32}, 'UTC')
    GROUP BY customer_id
  )
SELECT
  m.arm AS arm,
  count() AS customers,
  sum(f.margin) AS sum,
  sum(f.margin * f.margin) AS squares
FROM members AS m
LEFT JOIN followed AS f ON f.customer_id = m.customer_id
GROUP BY arm`
