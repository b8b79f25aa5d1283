/**
 * Both arms of several campaigns, a row for each customer in each: what the plan would have brought them first, the margin they made from the
 * date on until the campaign's time is over or the next turn begins (so that no purchase is counted for two), and in the year before.
 * Parameters: memberRuns, days, ends (dates, in the same order), identityRun.
 */
const arms = `
  arms AS (
    SELECT run_id, customer_id, toString(any(arm)) AS arm, toString(argMax(offer, value_minor)) AS offer, toString(argMax(channel, value_minor)) AS channel,
      sum(cost_minor) AS cost, indexOf({memberRuns:Array(UInt64)}, run_id) AS nth
    FROM campaign_members
    WHERE run_id IN {memberRuns:Array(UInt64)}
    GROUP BY run_id, customer_id
  ),
  sales AS (
    SELECT customer_id, groupArray((toDate(sold_at), toFloat64(margin_minor), amount_minor > 0 AND is_return = 0)) AS lines
    FROM purchases
    WHERE run_id = {identityRun:UInt64} AND is_service = 0 AND sold_at >= toDateTime({days:Array(Date)}[1] - 365, 'UTC')
      AND sold_at < toDateTime(arrayMax({ends:Array(Date)}), 'UTC') AND customer_id IN (SELECT customer_id FROM arms)
    GROUP BY customer_id
  ),
  followed AS (
    SELECT a.nth AS nth, a.customer_id AS customer_id, a.arm AS arm, a.offer AS offer, a.channel AS channel, a.cost AS paid,
      {days:Array(Date)}[a.nth] AS day, {ends:Array(Date)}[a.nth] AS until,
      arraySum(l -> if(l.1 >= day AND l.1 < until, l.2, 0), s.lines) AS earned,
      arraySum(l -> if(l.1 < day AND l.1 >= day - 365, l.2, 0), s.lines) AS before,
      arrayExists(l -> l.1 >= day AND l.1 < until AND l.3, s.lines) AS any_bought
    FROM arms AS a
    LEFT JOIN sales AS s ON s.customer_id = a.customer_id
  )`

/** Moments of each campaign by offer and arm. */
export const momentsByOffer = `
WITH ${arms}
SELECT toString(day) AS asOf, offer, arm, count() AS n, sum(earned) AS y, sum(earned * earned) AS yy, sum(before) AS x, sum(before * before) AS xx,
  sum(before * earned) AS xy, sum(paid) AS cost
FROM followed
GROUP BY day, offer, arm
ORDER BY day, offer, arm`

/** Who bought anything, and for how much, by segment, offer, channel and arm. Parameter besides: segmentRuns. */
export const armsByCell = `
WITH ${arms},
  placed AS (SELECT run_id, customer_id, toString(segment) AS segment FROM segment_members WHERE run_id IN {segmentRuns:Array(UInt64)})
SELECT p.segment AS segment, f.offer AS offer, f.channel AS channel, f.arm AS arm, count() AS customers, countIf(f.any_bought) AS bought,
  sum(f.earned) AS sum, sum(f.earned * f.earned) AS squares
FROM followed AS f
INNER JOIN placed AS p ON p.customer_id = f.customer_id
WHERE p.run_id = {segmentRuns:Array(UInt64)}[f.nth]
GROUP BY segment, offer, channel, arm
ORDER BY segment, offer, channel, arm`
