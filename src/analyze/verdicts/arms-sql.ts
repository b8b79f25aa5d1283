/**
 * Both arms of several campaigns, a row for each customer in each: the offer that would have brought most, the margin made from the day on
 * until the campaign's time is over, and in the year before. Who is held out is drawn anew for each campaign, so that the times of two may
 * overlap: what another campaign does falls on both arms alike, and the errors of two campaigns stay independent.
 *
 * `members`: a query of run_id, customer_id, arm (planned or control), offer, channel, value_minor, cost_minor, promised (margin that the offer
 * was to bring). Parameters: memberRuns, days, ends (dates, exclusive, in the same order), identityRun, unheard (`day/channel`).
 */
const arms = (members: string): string => `
  arms AS (
    SELECT m.run_id AS run_id, m.customer_id AS customer_id, toString(any(m.arm)) AS arm, toString(argMax(m.offer, m.value_minor)) AS offer,
      toString(argMax(m.channel, m.value_minor)) AS channel, sum(m.cost_minor) AS cost, sum(m.promised) AS promised,
      indexOf({memberRuns:Array(UInt64)}, run_id) AS nth
    FROM (${members}) AS m
    WHERE NOT has({unheard:Array(String)}, concat(toString({days:Array(Date)}[indexOf({memberRuns:Array(UInt64)}, m.run_id)]), '/', toString(m.channel)))
    GROUP BY run_id, customer_id
  ),
  sales AS (
    SELECT customer_id, groupArray((toDate(sold_at), toFloat64(margin_minor), amount_minor > 0 AND is_return = 0)) AS lines
    FROM purchases
    WHERE run_id = {identityRun:UInt64} AND is_service = 0 AND sold_at >= toDateTime(arrayMin({days:Array(Date)}) - 365, 'UTC')
      AND sold_at < toDateTime(arrayMax({ends:Array(Date)}), 'UTC') AND customer_id IN (SELECT customer_id FROM arms)
    GROUP BY customer_id
  ),
  followed AS (
    SELECT a.nth AS nth, a.customer_id AS customer_id, a.arm AS arm, a.offer AS offer, a.channel AS channel, a.cost AS paid, a.promised AS promised,
      {days:Array(Date)}[a.nth] AS day, {ends:Array(Date)}[a.nth] AS until,
      arraySum(l -> if(l.1 >= day AND l.1 < until, l.2, 0), s.lines) AS earned,
      arraySum(l -> if(l.1 < day AND l.1 >= day - 365, l.2, 0), s.lines) AS before,
      arrayExists(l -> l.1 >= day AND l.1 < until AND l.3, s.lines) AS any_bought
    FROM arms AS a
    LEFT JOIN sales AS s ON s.customer_id = a.customer_id
  ),
  placed AS (SELECT run_id, customer_id, toString(segment) AS segment FROM segment_members WHERE run_id IN {segmentRuns:Array(UInt64)}),
  rows AS (
    SELECT f.*, p.segment AS segment
    FROM followed AS f
    INNER JOIN placed AS p ON p.customer_id = f.customer_id
    WHERE p.run_id = {segmentRuns:Array(UInt64)}[f.nth]
  )`

/** One arm of a campaign by offer and segment, as sums: margin y, the year before x. */
export interface ArmRow {
  asOf: string
  offer: string
  segment: string
  arm: 'planned' | 'control'
  n: number
  y: number
  yy: number
  x: number
  xx: number
  xy: number
  cost: number
  promised: number
}

/** Parameter besides: segmentRuns. */
export const armMoments = (members: string): string => `
WITH ${arms(members)}
SELECT toString(day) AS asOf, offer, segment, arm, count() AS n, sum(earned) AS y, sum(earned * earned) AS yy, sum(before) AS x,
  sum(before * before) AS xx, sum(before * earned) AS xy, sum(paid) AS cost, sum(promised) AS promised
FROM rows
GROUP BY asOf, offer, segment, arm
ORDER BY asOf, offer, segment, arm`

/** Who bought anything, and for how much, by segment, offer, channel and arm. Parameter besides: segmentRuns. */
export const armsByCell = (members: string): string => `
WITH ${arms(members)}
SELECT segment, offer, channel, arm, count() AS customers, countIf(any_bought) AS bought, sum(earned) AS sum, sum(earned * earned) AS squares
FROM rows
GROUP BY segment, offer, channel, arm
ORDER BY segment, offer, channel, arm`
