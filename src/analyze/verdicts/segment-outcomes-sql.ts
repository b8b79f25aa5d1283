import { logSumsSql } from './odds-grid.ts'

/**
 * What was said of the buyers of each segment on a date, and what followed: whether they left (bought nothing for so many days) and the
 * margin of the year. Parameters: identityRun, featuresRun, modelsRun, segmentsRun, asOf, churnDays, discountRate, factors.
 */
const followed = `
  members AS (SELECT customer_id, toString(segment) AS segment FROM segment_members WHERE run_id = {segmentsRun:UInt64}),
  buyers AS (SELECT customer_id FROM features WHERE run_id = {featuresRun:UInt64} AND purchase_days > 0),
  bought AS (
    SELECT customer_id,
      countIf(is_return = 0 AND amount_minor > 0 AND sold_at < toDateTime({asOf:Date} + {churnDays:UInt32}, 'UTC')) AS soon,
      sum(margin_minor / pow(1 + {discountRate:Float64}, (toDate(sold_at) - {asOf:Date}) / 365)) AS margin
    FROM purchases
    WHERE run_id = {identityRun:UInt64} AND is_service = 0
      AND sold_at >= toDateTime({asOf:Date}, 'UTC') AND sold_at < toDateTime({asOf:Date} + 365, 'UTC')
    GROUP BY customer_id
  ),
  said AS (
    SELECT s.customer_id AS customer_id, toFloat64(s.churn_probability) AS leaves, toFloat64(s.value_minor) AS worth
    FROM (SELECT customer_id, churn_probability, value_minor FROM scores WHERE run_id = {modelsRun:UInt64}) AS s
    INNER JOIN buyers ON buyers.customer_id = s.customer_id
  ),
  outcomes AS (
    SELECT said.customer_id AS customer_id, members.segment AS segment, said.leaves AS leaves, said.worth AS worth, bought.soon = 0 AS has_left,
      toFloat64(bought.margin) AS earned
    FROM said
    INNER JOIN members ON members.customer_id = said.customer_id
    LEFT JOIN bought ON bought.customer_id = said.customer_id
  )`

export const segmentOutcomes = `
WITH ${followed}
SELECT segment, count() AS customers, sum(leaves) AS leavesExpected, sum(leaves * (1 - leaves)) AS information, countIf(has_left) AS gone,
  ${logSumsSql('leaves')} AS logs, sum(worth) AS worthExpected, sum(earned) AS margin, sum(pow(earned - worth, 2)) AS squares,
  sum(pow(worth, 2)) AS worthSquares
FROM outcomes
GROUP BY segment
ORDER BY segment`

/** One segment's buyers, a row each, with whatever a rule may ask of them: where in it does what was said not hold? Parameter: segment. */
export const segmentCustomers = (columns: readonly { id: string; sql: string }[]): string => `
WITH ${followed}
SELECT o.leaves AS expected_leaves, toFloat64(o.has_left) AS came_leaves, o.worth AS expected_worth, o.earned AS came_worth,
  ${columns.map(({ id, sql }) => `toFloat64(ifNull(${sql}, nan)) AS \`${id}\``).join(', ')}
FROM (SELECT * FROM outcomes WHERE segment = {segment:String}) AS o
INNER JOIN (SELECT * FROM features WHERE run_id = {featuresRun:UInt64}) AS f ON f.customer_id = o.customer_id
INNER JOIN (SELECT * FROM scores WHERE run_id = {modelsRun:UInt64}) AS s ON s.customer_id = o.customer_id
ORDER BY cityHash64(o.customer_id)
LIMIT {most:UInt32}`

/** The customers behind one figure, those furthest from what was said first. Parameters besides: segment, limit, offset. */
export const outcomeCustomers = (kind: 'leaving' | 'value'): string => `
WITH ${followed}
SELECT customer_id AS customerId, ${kind === 'leaving' ? 'leaves' : 'worth'} AS expected, ${kind === 'leaving' ? 'toFloat64(has_left)' : 'earned'} AS observed
FROM outcomes
WHERE segment = {segment:String}
ORDER BY abs(observed - expected) DESC, customerId
LIMIT {limit:UInt32} OFFSET {offset:UInt32}`
