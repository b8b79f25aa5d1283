/**
 * The marketing consent that holds per customer and channel, as SQL for plans: what the identity run resolved, and what was
 * said since. `run` names the parameter of the identity run; `condition` chooses the customers by `customer_id`.
 */
export const standingConsentsSql = (run: string, condition: string): string => `
SELECT customer_id, channel, argMax(granted, (at, 1 - granted)) AS granted
FROM (
  SELECT customer_id, toString(channel) AS channel, granted, toDateTime64(at, 3, 'UTC') AS at
  FROM customer_consents WHERE run_id = {${run}:UInt64} AND ${condition}
  UNION ALL
  SELECT customer_id, channel, granted, at
  FROM (
    SELECT if(moved.customer_id = 0, said.customer_id, moved.customer_id) AS customer_id, toString(channel) AS channel, granted, at
    FROM (SELECT * FROM consent_statements WHERE kind = 'consent' AND purpose = 'marketing') AS said
    LEFT JOIN (SELECT old_id, customer_id FROM customer_redirects WHERE run_id = {${run}:UInt64}) AS moved
      ON moved.old_id = said.customer_id
  )
  WHERE ${condition}
)
GROUP BY customer_id, channel`
