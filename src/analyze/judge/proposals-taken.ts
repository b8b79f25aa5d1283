/**
 * Of the new products proposed to each customer, how many were bought in the year after; and how many of as many best-sellers
 * the customer had not bought either. Parameters: modelsRun, identityRun, asOf, slices, slice.
 */
export const proposalsTaken = `
WITH
  best_sellers AS (
    SELECT groupArray(product_code) AS codes
    FROM (
      SELECT product_code
      FROM purchases
      WHERE run_id = {identityRun:UInt64} AND is_service = 0 AND is_return = 0 AND amount_minor > 0
        AND sold_at >= toDateTime({asOf:Date} - 365, 'UTC') AND sold_at < toDateTime({asOf:Date}, 'UTC')
      GROUP BY product_code
      ORDER BY count() DESC, product_code
      LIMIT 100
    )
  ),
  proposed AS (
    SELECT customer_id, groupArray(product_code) AS codes
    FROM next_products
    WHERE run_id = {modelsRun:UInt64} AND kind = 'explore' AND customer_id % {slices:UInt32} = {slice:UInt32}
    GROUP BY customer_id
  ),
  bought AS (
    SELECT
      customer_id,
      groupUniqArrayIf(product_code, sold_at < toDateTime({asOf:Date}, 'UTC')) AS before,
      groupUniqArrayIf(product_code, sold_at >= toDateTime({asOf:Date}, 'UTC')) AS after
    FROM purchases
    WHERE run_id = {identityRun:UInt64} AND customer_id % {slices:UInt32} = {slice:UInt32}
      AND is_service = 0 AND is_return = 0 AND amount_minor > 0
      AND sold_at >= toDateTime({asOf:Date} - 365, 'UTC') AND sold_at < toDateTime({asOf:Date} + 365, 'UTC')
    GROUP BY customer_id
  )
SELECT
  count() AS customers,
  sum(length(proposed.codes)) AS proposed,
  sum(arrayCount(code -> has(bought.after, code), proposed.codes)) AS taken,
  sum(arrayCount(
    code -> has(bought.after, code),
    arraySlice(arrayFilter(code -> NOT has(bought.before, code), (SELECT codes FROM best_sellers)), 1, length(proposed.codes))
  )) AS taken_of_best_sellers
FROM proposed
INNER JOIN bought ON bought.customer_id = proposed.customer_id`
