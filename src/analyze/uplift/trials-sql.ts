import { featuresFor } from '../churn/training-set.ts'

/**
 * Trials that are over: campaigns that held some customers out at random, as their events tell (`assigned`, `held-out`), and what both
 * did within the campaign's period. Whoever was assigned counts, reached or not: intention to treat. Parameters: identityRun, asOf.
 */
const armsOf = `
    SELECT if(moved.customer_id = 0, e.customer_id, moved.customer_id) AS customer_id, e.on_day AS on_day, max(e.days) AS days,
      max(e.held) AS held
    FROM (
      SELECT customer_id, event_id, any(events.type) = 'held-out' AS held, any(JSONExtractUInt(events.payload, 'horizonDays')) AS days,
        any(ifNull(toDateOrNull(JSONExtractString(events.payload, 'asOf')), toDate(events.at))) AS on_day
      FROM events
      WHERE events.type IN ('assigned', 'held-out')
      GROUP BY customer_id, event_id
    ) AS e
    LEFT JOIN (SELECT old_id, customer_id FROM customer_redirects WHERE run_id = {identityRun:UInt64}) AS moved ON moved.old_id = e.customer_id
    WHERE e.on_day + e.days <= {asOf:Date}
    GROUP BY customer_id, on_day`

export const trialsSql = `
SELECT toString(on_day) AS day, toUInt32(max(days)) AS days, countIf(held = 0) AS treated, countIf(held = 1) AS control
FROM (${armsOf})
GROUP BY on_day
HAVING treated > 0 AND control > 0
ORDER BY on_day`

/** One trial: its customers as they were known on its day, whether they were treated, and whether they bought. Parameters: base and days too. */
export const trialRows = (predictors: readonly string[]): string => `
WITH
  known AS (${featuresFor(predictors, 'base')}),
  arms AS (SELECT customer_id, held FROM (${armsOf}) WHERE on_day = {base:Date}),
  bought AS (
    SELECT DISTINCT customer_id
    FROM purchases
    WHERE run_id = {identityRun:UInt64} AND is_service = 0 AND is_return = 0 AND amount_minor > 0
      AND sold_at >= toDateTime({base:Date}, 'UTC') AND sold_at < toDateTime({base:Date} + {days:UInt32}, 'UTC')
  )
SELECT
  ${predictors.map(id => `toFloat64(known.${id}) AS ${id}`).join(',\n  ')},
  toUInt8(arms.held = 0) AS treated,
  toUInt8(bought.customer_id != 0) AS answered
FROM known
INNER JOIN arms ON arms.customer_id = known.customer_id
LEFT JOIN bought ON bought.customer_id = known.customer_id
ORDER BY known.customer_id`
