/** What says that somebody took up a contact. Opening is none: letters and calls cannot show it, so it would favour e-mail. */
const ANSWERS = ['clicked', 'replied', 'answered', 'accepted', 'ordered', 'bought']
const quoted = (words: readonly string[]) => words.map(word => `'${word}'`).join(', ')

/**
 * Contacts and answers by customer and channel. A contact's day is the business date it was sent for, since a turn may replay the
 * past; an answer counts when it came no longer after the contact than that day lies before the turn. Numbers given since stand in
 * `customer_redirects`. Parameters: identityRun, segmentsRun, asOf.
 */
export const contactsByChannel = `
  said AS (
    SELECT if(moved.customer_id = 0, e.customer_id, moved.customer_id) AS customer_id, toString(e.type) AS what, toString(e.channel) AS by,
      e.communication_id AS communication, e.at AS moment, JSONExtractString(e.payload, 'outcome') AS outcome,
      ifNull(toDateOrNull(JSONExtractString(e.payload, 'asOf')), toDate(e.at)) AS day
    FROM (
      SELECT customer_id, event_id, any(events.type) AS type, any(events.channel) AS channel, any(events.communication_id) AS communication_id,
        any(events.at) AS at, any(events.payload) AS payload
      FROM events
      WHERE events.type IN ('sent', 'called', ${quoted(ANSWERS)}) AND events.communication_id != ''
      GROUP BY customer_id, event_id
    ) AS e
    LEFT JOIN (SELECT old_id, customer_id FROM customer_redirects WHERE run_id = {identityRun:UInt64}) AS moved ON moved.old_id = e.customer_id
  ),
  contacts AS (
    SELECT customer_id, communication,
      anyIf(if(what = 'called', 'call', by), what IN ('sent', 'called')) AS channel,
      minIf(moment, what IN ('sent', 'called')) AS first,
      minIf(day, what IN ('sent', 'called')) AS on_day,
      countIf(what = 'sent' OR (what = 'called' AND outcome NOT IN ('no-answer', 'wrong-number'))) > 0 AS reached,
      minIf(moment, what IN (${quoted(ANSWERS)}) OR (what = 'called' AND outcome = 'accepted')) AS answer,
      countIf(what IN (${quoted(ANSWERS)}) OR (what = 'called' AND outcome = 'accepted')) > 0 AS answered
    FROM said
    GROUP BY customer_id, communication
    HAVING reached AND on_day < {asOf:Date} AND channel IN ('email', 'sms', 'call', 'letter')
  ),
  counted AS (
    SELECT customer_id, channel, toFloat64(count()) AS n,
      toFloat64(countIf(answered AND dateDiff('second', first, answer) < 86400 * ({asOf:Date} - on_day))) AS r
    FROM contacts
    GROUP BY customer_id, channel
  ),
  placed AS (
    SELECT counted.customer_id AS customer_id, counted.channel AS channel, n, r, toString(m.segment) AS segment
    FROM counted
    LEFT JOIN (SELECT customer_id, segment FROM segment_members WHERE run_id = {segmentsRun:UInt64}) AS m ON m.customer_id = counted.customer_id
  )`

/** Sums that the priors are made of: of each channel over all, and of each channel in each segment. */
export const momentsSql = `
WITH ${contactsByChannel}
SELECT channel, segment, count() AS customers, sum(n) AS contacts, sum(r) AS responses, sum(n * n) AS squares, sum(r * r / n) AS spread
FROM placed
GROUP BY channel, segment
ORDER BY channel, segment`

/**
 * One row per customer contacted and channel in use: the mean of Beta(prior + answers, prior + silences). Parameters beside those above:
 * runId; keys (segment and channel, joined by a line break), their rates, weights and doubts (variances of the rates).
 */
export const insertPreferred = `
INSERT INTO preferred_channels (run_id, customer_id, channel, contacts, responses, rate, low, high, best)
WITH ${contactsByChannel},
  wanted AS (
    SELECT customer_id, any(segment) AS segment, groupArray(channel) AS tried, groupArray(n) AS ns, groupArray(r) AS rs
    FROM placed GROUP BY customer_id
  ),
  each AS (
    SELECT customer_id, segment, arrayJoin({channels:Array(String)}) AS channel,
      indexOf(tried, channel) AS at, if(at = 0, 0, ns[at]) AS n, if(at = 0, 0, rs[at]) AS r,
      indexOf({keys:Array(String)}, concat(segment, '\\n', channel)) AS key,
      {rates:Array(Float64)}[key] AS prior, {weights:Array(Float64)}[key] AS weight,
      (r + weight * prior) / (n + weight) AS mean,
      -- Its own doubt, and the part of the prior's that is left in it.
      mean * (1 - mean) / (n + weight + 1) + pow(weight / (n + weight), 2) * {doubts:Array(Float64)}[key] AS variance
    FROM wanted
  ),
  ordered AS (
    SELECT customer_id, arraySort(x -> -x.1, groupArray((mean, variance, channel, n, r))) AS ranked FROM each GROUP BY customer_id
  )
SELECT {runId:UInt64}, customer_id, one.3, toUInt32(one.4), toUInt32(one.5), one.1,
  greatest(0, one.1 - 1.96 * sqrt(one.2)), least(1, one.1 + 1.96 * sqrt(one.2)),
  length(ranked) > 1 AND one.3 = ranked[1].3 AND ranked[1].1 - ranked[2].1 > sqrt(ranked[1].2 + ranked[2].2)
FROM ordered ARRAY JOIN ranked AS one`
