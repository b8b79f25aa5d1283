import { BOUGHT } from './customers-sql.ts'

/** Customers of the slice with what pages filter by: the small side of every join here. */
const WHO = `(SELECT customer_id, segment, country, province, cohort, value_minor FROM seven_p_customers
    WHERE run_id = {runId:UInt64} AND customer_id % {slices:UInt32} = {slice:UInt32})`

const LINES = `purchases
    WHERE run_id = {identityRun:UInt64} AND customer_id % {slices:UInt32} = {slice:UInt32} AND is_service = 0`

const SUMS = `sum(quantity) AS units, sumIf(amount_minor, amount_minor > 0) AS gross_minor,
      -sumIf(amount_minor, amount_minor < 0) AS returned_minor, sum(margin_minor) AS margin_minor`
const TOTALS = 'sum(l.units), sum(l.gross_minor), sum(l.returned_minor), sum(l.margin_minor)'

/** All months there are, also after the date: expectation is held against them. */
export const monthsSql = `
INSERT INTO seven_p_months (run_id, segment, country, province, month, buyers, new_buyers, orders, days, known_days, units, gross_minor, returned_minor, margin_minor)
WITH lines AS (
    SELECT customer_id, toStartOfMonth(sold_at) AS month, uniqExactIf(invoice, ${BOUGHT}) AS orders,
      uniqExactIf(toDate(sold_at), ${BOUGHT}) AS days, ${SUMS}
    FROM ${LINES}
    GROUP BY customer_id, month
  )
SELECT {runId:UInt64}, c.segment, c.country, c.province, l.month, countIf(l.orders > 0), countIf(l.month = c.cohort AND l.orders > 0), sum(l.orders),
  sum(l.days), sumIf(l.days, c.cohort > toDate(0)), ${TOTALS}
FROM lines AS l
INNER JOIN ${WHO} AS c ON c.customer_id = l.customer_id
GROUP BY c.segment, c.country, c.province, l.month`

export const categoriesSql = `
INSERT INTO seven_p_categories (run_id, segment, country, province, category, month, units, gross_minor, returned_minor, margin_minor)
WITH lines AS (
    SELECT customer_id, category, toStartOfMonth(sold_at) AS month, ${SUMS}
    FROM ${LINES} AND sold_at < toDateTime({asOf:Date}, 'UTC')
    GROUP BY customer_id, category, month
  )
SELECT {runId:UInt64}, c.segment, c.country, c.province, l.category, l.month, ${TOTALS}
FROM lines AS l
INNER JOIN ${WHO} AS c ON c.customer_id = l.customer_id
GROUP BY c.segment, c.country, c.province, l.category, l.month`

/** Row by row in the order of customers: one of them at a time is grouped. */
export const ownedSql = `
INSERT INTO seven_p_owned (run_id, segment, country, province, category, customer_id, months, value_minor)
WITH lines AS (
    SELECT customer_id, category,
      groupBitOr(if(age < 64, bitShiftLeft(toUInt64(1), age), 0)) AS months
    FROM (
      SELECT customer_id, category, toUInt8(least(255, dateDiff('month', toStartOfMonth(sold_at), toStartOfMonth({asOf:Date})))) AS age
      FROM ${LINES} AND ${BOUGHT} AND category != '' AND sold_at < toDateTime({asOf:Date}, 'UTC')
    )
    GROUP BY customer_id, category
  )
SELECT {runId:UInt64}, c.segment, c.country, c.province, l.category, l.customer_id, l.months, c.value_minor
FROM lines AS l
INNER JOIN ${WHO} AS c ON c.customer_id = l.customer_id`

export const pairsSql = `
INSERT INTO seven_p_pairs (run_id, segment, country, province, category_a, category_b, customers)
WITH baskets AS (
    SELECT segment, country, province, arraySort(groupArray(category)) AS owned
    FROM seven_p_owned
    WHERE run_id = {runId:UInt64} AND customer_id % {slices:UInt32} = {slice:UInt32}
    GROUP BY segment, country, province, customer_id
  )
SELECT {runId:UInt64}, segment, country, province, a AS category_a, b AS category_b, count()
FROM baskets
ARRAY JOIN owned AS a
ARRAY JOIN arrayFilter(other -> other >= a, owned) AS b
GROUP BY segment, country, province, a, b`

export const productsSql = `
INSERT INTO seven_p_products (run_id, category, product_code, segment, country, month, buyers, units, gross_minor, returned_minor, margin_minor)
SELECT {runId:UInt64}, l.category, l.product_code, c.segment, c.country, toStartOfMonth(l.sold_at) AS month, 0, sum(l.quantity),
  sumIf(l.amount_minor, l.amount_minor > 0), -sumIf(l.amount_minor, l.amount_minor < 0), sum(l.margin_minor)
FROM (
    SELECT customer_id, product_code, category, sold_at, quantity, amount_minor, margin_minor
    FROM ${LINES} AND sold_at < toDateTime({asOf:Date}, 'UTC')
  ) AS l
INNER JOIN ${WHO} AS c ON c.customer_id = l.customer_id
GROUP BY l.category, l.product_code, c.segment, c.country, month`

/** How many ever bought a product: cannot be added up over months, so it stands under a month of its own. */
export const productBuyersSql = `
INSERT INTO seven_p_products (run_id, category, product_code, segment, country, month, buyers, units, gross_minor, returned_minor, margin_minor)
SELECT {runId:UInt64}, l.category, l.product_code, c.segment, c.country, toDate(0), count(), 0, 0, 0, 0
FROM (
    SELECT DISTINCT customer_id, product_code, category
    FROM ${LINES} AND ${BOUGHT} AND sold_at < toDateTime({asOf:Date}, 'UTC')
  ) AS l
INNER JOIN ${WHO} AS c ON c.customer_id = l.customer_id
GROUP BY l.category, l.product_code, c.segment, c.country`

/** Months since the first purchase in which those of a cohort bought; month 0 holds all of them. */
export const cohortsSql = `
INSERT INTO seven_p_cohorts (run_id, segment, country, province, cohort, since, customers)
SELECT {runId:UInt64}, segment, country, province, cohort, since, count()
FROM seven_p_customers
ARRAY JOIN range(toUInt8(least(63, dateDiff('month', cohort, toStartOfMonth({asOf:Date}))) + 1)) AS since
WHERE run_id = {runId:UInt64} AND purchase_days > 0 AND customer_id % {slices:UInt32} = {slice:UInt32}
  AND dateDiff('month', cohort, toStartOfMonth({asOf:Date})) < 64
  AND bitTest(months, dateDiff('month', cohort, toStartOfMonth({asOf:Date})) - since)
GROUP BY segment, country, province, cohort, since`
