/** Parameters of all: run_id of the trial. Grouped by customer, so that each shard follows its own. */
const steps = `
  SELECT customer_id, arraySort(groupArray((as_of, toString(segment)))) AS steps
  FROM segment_trial_members
  WHERE run_id = {runId:UInt64}
  GROUP BY customer_id`

/** Who went from which segment to which, from one date to the next. */
export const flowsBetween = `
SELECT pair.1.1 AS since, pair.2.1 AS until, pair.1.2 AS from, pair.2.2 AS to, count() AS customers
FROM (SELECT arrayJoin(arrayZip(arrayPopBack(steps), arrayPopFront(steps))) AS pair FROM (${steps}) WHERE length(steps) > 1)
GROUP BY ALL
ORDER BY since, from, to`

/** The same from the first date to the last. */
export const flowsOverall = `
SELECT steps[1].2 AS from, steps[-1].2 AS to, count() AS customers
FROM (${steps})
WHERE length(steps) > 1
GROUP BY ALL
ORDER BY from, to`

export const sizes = `
SELECT as_of AS asOf, toString(segment) AS code, count() AS customers
FROM segment_trial_members
WHERE run_id = {runId:UInt64}
GROUP BY ALL
ORDER BY asOf, code`

/** From the segments that hold to those on trial, of the newest date. */
export const changeAgainstNow = `
SELECT toString(m.segment) AS from, toString(t.segment) AS to, count() AS customers
FROM (SELECT customer_id, segment FROM segment_members WHERE run_id = {segmentsRun:UInt64}) AS m
INNER JOIN (SELECT customer_id, segment FROM segment_trial_members WHERE run_id = {runId:UInt64} AND as_of = {asOf:Date}) AS t
  ON t.customer_id = m.customer_id
GROUP BY ALL
ORDER BY from, to`

/** What the segments on trial are worth. */
export const worth = `
SELECT toString(t.segment) AS code, avg(s.value_minor) AS valueMinor, sum(s.value_minor) AS valueTotalMinor,
  avg(f.monetary_365_minor) AS revenueMinor, avg(s.churn_probability) AS churn
FROM (SELECT customer_id, segment FROM segment_trial_members WHERE run_id = {runId:UInt64} AND as_of = {asOf:Date}) AS t
INNER JOIN (SELECT customer_id, monetary_365_minor FROM features WHERE run_id = {featuresRun:UInt64}) AS f
  ON f.customer_id = t.customer_id
INNER JOIN (SELECT customer_id, value_minor, churn_probability FROM scores WHERE run_id = {modelsRun:UInt64}) AS s
  ON s.customer_id = t.customer_id
GROUP BY code`
