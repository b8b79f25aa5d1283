/** One row per product sold before the date. Parameters: runId, identityRun, asOf. */
export const fillProductFigures = `
INSERT INTO product_figures (run_id, product_code, category, buyers, buyers_ever, repeat_buyers, orders, quantity, gross_minor,
  returned_minor, margin_minor, gross_before_minor, first_sold, last_sold)
WITH
  by_customer AS (
    SELECT
      product_code,
      customer_id,
      any(category) AS category,
      uniqExactIf(toDate(sold_at), is_return = 0 AND amount_minor > 0 AND sold_at >= toDateTime({asOf:Date} - 365, 'UTC')) AS days,
      uniqExactIf(invoice, is_return = 0 AND amount_minor > 0 AND sold_at >= toDateTime({asOf:Date} - 365, 'UTC')) AS orders,
      countIf(is_return = 0 AND amount_minor > 0) AS bought_ever,
      sumIf(quantity, is_return = 0 AND amount_minor > 0 AND sold_at >= toDateTime({asOf:Date} - 365, 'UTC')) AS quantity,
      sumIf(amount_minor, amount_minor > 0 AND sold_at >= toDateTime({asOf:Date} - 365, 'UTC')) AS gross,
      sumIf(-amount_minor, amount_minor < 0 AND sold_at >= toDateTime({asOf:Date} - 365, 'UTC')) AS returned,
      sumIf(margin_minor, sold_at >= toDateTime({asOf:Date} - 365, 'UTC')) AS margin,
      sumIf(amount_minor, amount_minor > 0 AND sold_at < toDateTime({asOf:Date} - 365, 'UTC')
        AND sold_at >= toDateTime({asOf:Date} - 730, 'UTC')) AS gross_before,
      min(toDate(sold_at)) AS first_sold,
      max(toDate(sold_at)) AS last_sold
    FROM purchases
    WHERE run_id = {identityRun:UInt64} AND is_service = 0 AND sold_at < toDateTime({asOf:Date}, 'UTC')
    GROUP BY product_code, customer_id
  )
SELECT
  {runId:UInt64}, product_code, any(category), countIf(days > 0), countIf(bought_ever > 0), countIf(days > 1), sum(orders),
  sum(quantity), sum(gross), sum(returned), sum(margin), sum(gross_before), min(first_sold), max(last_sold)
FROM by_customer
GROUP BY product_code`
