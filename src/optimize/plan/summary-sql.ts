/** The plan by offer and channel. Parameter: runId. */
export const byOfferSql = `
SELECT
  toString(offer) AS offer,
  toString(channel) AS channel,
  count() AS customers,
  sum(value_minor) AS value,
  sum(cost_minor) AS cost,
  avg(acceptance) AS acceptance
FROM plan_assignments
WHERE run_id = {runId:UInt64}
GROUP BY offer, channel
ORDER BY value DESC, offer, channel`

/** The plan by segment, those without anyone planned included. Parameters: runId, segmentsRun. */
export const bySegmentSql = `
SELECT
  toString(m.segment) AS segment,
  count() AS customers,
  countIf(p.offer != '') AS planned,
  sum(p.value_minor) AS value
FROM (SELECT customer_id, segment FROM segment_members WHERE run_id = {segmentsRun:UInt64}) AS m
LEFT JOIN (
  SELECT customer_id, any(offer) AS offer, sum(value_minor) AS value_minor
  FROM plan_assignments WHERE run_id = {runId:UInt64} GROUP BY customer_id
) AS p
  ON p.customer_id = m.customer_id
GROUP BY segment
ORDER BY customers DESC, segment`
