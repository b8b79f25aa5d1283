import { predictionBinSql } from './calibration.ts'
import { logSumsSql } from './odds-grid.ts'

/** Whoever says yes mostly does within a month (as plans count it): a contact is judged when its time is over. */
export const ANSWER_DAYS = 30

const ACCEPTED = "('accepted', 'ordered', 'bought')"
const SAID = 'Tuple(offer String, asOf String, outcome String)'

/**
 * Who was to be contacted and what came of it, a row each: `was_contacted` (a message sent, or somebody reached by telephone), `was_taken`
 * (the offer accepted from then on, before the next contact about it), `was_ripe` (the time to answer is over).
 *
 * `members`: a query of as_of, customer_id, offer, channel, p. The segment is that of the turn of the day. Joined on customer_id, so
 * that each shard answers for its customers. Parameters: days (of the turns, rising), segmentRuns, untils (the next turn's day),
 * today, unheard (`day/channel` that reached nobody: see `isReplay`).
 */
export const outcomesSql = (members: string): string => `
  members AS (
    SELECT as_of, customer_id, toString(offer) AS offer, toString(channel) AS channel, toFloat64(p) AS p,
      indexOf({days:Array(Date)}, as_of) AS nth
    FROM (${members})
    WHERE has({days:Array(Date)}, as_of) AND NOT has({unheard:Array(String)}, concat(toString(as_of), '/', toString(channel)))
  ),
  said AS (
    SELECT customer_id, offer, arraySort(groupArrayIf(day, contact)) AS contacts, arraySort(groupArrayIf(day, yes)) AS answers
    FROM (
      SELECT customer_id, JSONExtract(payload, '${SAID}') AS told, told.offer AS offer, ifNull(toDateOrNull(told.asOf), toDate(at)) AS day,
        (type = 'sent' AND channel != 'call') OR (type = 'called' AND told.outcome NOT IN ('no-answer', 'wrong-number')) AS contact,
        type IN ${ACCEPTED} OR (type = 'called' AND told.outcome = 'accepted') AS yes
      FROM events FINAL
      WHERE type IN ('sent', 'called', 'accepted', 'ordered', 'bought')
    )
    WHERE offer != '' AND day <= {today:Date} AND day >= {days:Array(Date)}[1]
    GROUP BY customer_id, offer
  ),
  placed AS (SELECT run_id, customer_id, toString(segment) AS segment FROM segment_members WHERE run_id IN {segmentRuns:Array(UInt64)}),
  met AS (
    SELECT m.as_of AS as_of, m.nth AS nth, m.customer_id AS customer_id, m.offer AS offer, m.channel AS channel, m.p AS p,
      arrayFirst(day -> day >= m.as_of AND day < {untils:Array(Date)}[m.nth], said.contacts) AS since,
      arrayFirst(day -> day > since, said.contacts) AS again,
      since != toDate(0) AS was_contacted,
      was_contacted AND since + ${ANSWER_DAYS} <= {today:Date} AS was_ripe,
      was_contacted AND arrayExists(day -> day >= since AND day < since + ${ANSWER_DAYS} AND (again = toDate(0) OR day < again), said.answers) AS was_taken
    FROM members AS m
    LEFT JOIN said ON said.customer_id = m.customer_id AND said.offer = m.offer
  ),
  outcomes AS (
    SELECT met.*, placed.segment AS segment
    FROM met
    INNER JOIN placed ON placed.customer_id = met.customer_id
    WHERE placed.run_id = {segmentRuns:Array(UInt64)}[met.nth]
  )`

/** All of them under a run of their own, so that several figures are drawn from one reading. Parameter besides: outcomesRun. */
export const fillOutcomes = (members: string): string => `
INSERT INTO response_outcomes (run_id, customer_id, as_of, segment, offer, channel, p, was_contacted, was_ripe, was_taken)
WITH ${outcomesSql(members)}
SELECT {outcomesRun:UInt64}, customer_id, as_of, segment, offer, channel, p, was_contacted, was_ripe, was_taken
FROM outcomes`

/** What was kept, without the ways of replayed turns that reached nobody. Parameters: outcomesRun, unheard (`day/channel`). */
const kept = `
FROM response_outcomes
WHERE run_id = {outcomesRun:UInt64} AND NOT has({unheard:Array(String)}, concat(toString(as_of), '/', channel))`

/** What each turn said by each channel, and what came back. */
export const responseByTurn = `
SELECT toString(as_of) AS asOf, toString(channel) AS way, count() AS planned, sum(p) AS promised, countIf(was_contacted) AS contacted,
  sumIf(p, was_contacted) AS expected, countIf(was_taken) AS taken, countIf(was_ripe) AS ripe, sumIf(p, was_ripe) AS ripeExpected,
  countIf(was_taken AND was_ripe) AS ripeTaken
${kept}
GROUP BY as_of, channel
ORDER BY as_of, channel`

/** How often each offer was taken in each turn. */
export const takenByOffer = `
SELECT toString(as_of) AS asOf, toString(offer) AS offer, countIf(was_taken) AS taken
${kept}
GROUP BY as_of, offer`

/** The same by any of turn, segment, offer and channel (by none: all together), with all that evidence needs. Parameter besides: factors. */
export const responseCells = (by: readonly ('turn' | 'segment' | 'offer' | 'channel')[]): string => `
SELECT ${by.map(column => (column === 'turn' ? 'toString(as_of) AS turn, ' : `${column}, `)).join('')}count() AS planned,
  countIf(was_contacted) AS contacted, sumIf(p, was_contacted) AS expected, countIf(was_taken) AS taken, ${logSumsSql('p', 'was_contacted')} AS logs,
  countIf(was_ripe) AS ripe, sumIf(p, was_ripe) AS ripeExpected, countIf(was_taken AND was_ripe) AS ripeTaken, ${logSumsSql('p', 'was_ripe')} AS ripeLogs
${kept}
${by.length === 0 ? '' : `GROUP BY ${by.join(', ')} ORDER BY ${by.join(', ')}`}`

/** Predictions of those whose time is over, from the lowest bin up. Parameter besides: factors. */
export const responseBins = `
SELECT ${predictionBinSql('p')} AS bin, count() AS trials, sum(p) AS expected, sum(p * (1 - p)) AS variance, countIf(was_taken) AS taken,
  ${logSumsSql('p')} AS logs
${kept} AND was_ripe
GROUP BY bin
ORDER BY bin`

/** What campaigns said of whom, as their events tell (payload `planned`): what analyze knows of plans. */
export const assignedMembers = `
  SELECT on_day AS as_of, customer_id, one.offer AS offer, one.channel AS channel, one.acceptance AS p
  FROM (
    SELECT customer_id, event_id, argMax(payload, received_at) AS newest, toDate(JSONExtractString(newest, 'asOf')) AS on_day,
      arrayJoin(JSONExtract(newest, 'planned', 'Array(Tuple(offer String, channel String, acceptance Float64))')) AS one
    FROM events
    WHERE type = 'assigned'
    GROUP BY customer_id, event_id
  )`

/** One segment's contacts whose time is over, a row each, with what a rule may ask of the customers on that day. Parameters besides: segment, featureRuns, modelRuns, most. */
export const responseCustomers = (members: string, columns: readonly { id: string; sql: string }[]): string => `
WITH ${outcomesSql(members)}
SELECT o.p AS expected_response, toFloat64(o.was_taken) AS came_response,
  ${columns.map(({ id, sql }) => `toFloat64(ifNull(${sql}, nan)) AS \`${id}\``).join(', ')}
FROM (SELECT * FROM outcomes WHERE was_ripe AND segment = {segment:String}) AS o
INNER JOIN (SELECT * FROM features WHERE run_id IN {featureRuns:Array(UInt64)}) AS f ON f.customer_id = o.customer_id
INNER JOIN (SELECT * FROM scores WHERE run_id IN {modelRuns:Array(UInt64)}) AS s ON s.customer_id = o.customer_id
WHERE f.run_id = {featureRuns:Array(UInt64)}[o.nth] AND s.run_id = {modelRuns:Array(UInt64)}[o.nth]
ORDER BY cityHash64(o.customer_id)
LIMIT {most:UInt32}`

/** The contacts behind a segment's figure, answers that were least expected first. Parameters besides: segment, limit, offset. */
export const outcomeContacts = (members: string): string => `
WITH ${outcomesSql(members)}
SELECT customer_id AS customerId, p AS expected, toFloat64(was_taken) AS observed
FROM outcomes
WHERE was_ripe AND segment = {segment:String}
ORDER BY abs(observed - expected) DESC, customerId
LIMIT {limit:UInt32} OFFSET {offset:UInt32}`
