/** Events whose customer went into another one since are those of the other. */
const MOVED = `LEFT JOIN (SELECT old_id, customer_id FROM customer_redirects WHERE run_id = {identityRun:UInt64}) AS moved ON moved.old_id = e.customer_id`
const OF_CUSTOMER = 'if(moved.customer_id = 0, e.customer_id, moved.customer_id)'

/** Answers that are more than looking. */
const RESPONSES = "('clicked', 'replied', 'answered', 'accepted', 'ordered', 'bought')"

/**
 * Every contact (message sent, call made) with a business day before the date: what was answered to it, and how many contacts the
 * customer had in the 180 days before it. A replayed turn sends years after its date, so the day is the one the event names
 * (\`asOf\`), and answers to such a contact count whenever they came; those to others only before the date.
 */
export const contactsSql = `
INSERT INTO seven_p_contacts (run_id, segment, country, province, month, channel, class, offer, earlier, contacts, opened, responded, costed, cost_minor)
WITH
  told AS (
    SELECT ${OF_CUSTOMER} AS customer_id, e.type AS type, e.channel AS channel, e.at AS at, e.payload AS payload,
      if(e.communication_id = '', e.event_id, e.communication_id) AS contact,
      ifNull(toDateOrNull(JSONExtractString(e.payload, 'asOf')), toDate(e.at)) AS day
    FROM events AS e FINAL
    ${MOVED}
    WHERE ${OF_CUSTOMER} % {slices:UInt32} = {slice:UInt32} AND e.customer_id != 0
      AND (e.type IN ('sent', 'called', 'opened') OR e.type IN ${RESPONSES})
  ),
  contacts AS (
    SELECT customer_id, contact,
      anyIf(day, type IN ('sent', 'called')) AS day,
      anyIf(at, type IN ('sent', 'called')) AS at,
      anyIf(toString(channel), type IN ('sent', 'called')) AS channel,
      anyIf(JSONExtractString(payload, 'class'), type IN ('sent', 'called')) AS class,
      anyIf(JSONExtractString(payload, 'offer'), type IN ('sent', 'called')) AS offer,
      maxIf(JSONExtract(payload, 'costMinor', 'Nullable(Float64)'), type IN ('sent', 'called')) AS cost,
      countIf(type IN ('sent', 'called')) > 0 AS made,
      minIf(told.at, type IN ${RESPONSES} OR (type = 'called' AND JSONExtractString(payload, 'outcome') = 'accepted')) AS responded_at,
      minIf(told.at, type = 'opened' OR type IN ${RESPONSES}) AS opened_at
    FROM told
    GROUP BY customer_id, contact
    HAVING made AND day < {asOf:Date}
  ),
  histories AS (
    SELECT customer_id, groupArray((day, channel, class, offer, cost, responded_at, opened_at, toDate(at) != day)) AS all_contacts,
      arraySort(groupArray(day)) AS days
    FROM contacts
    GROUP BY customer_id
  ),
  seen AS (
    SELECT customer_id, contact.1 AS day, contact.2 AS channel, contact.3 AS class, contact.4 AS offer, contact.5 AS cost,
      contact.6 > toDateTime64(0, 3, 'UTC') AND (contact.8 OR contact.6 < toDateTime64({asOf:Date}, 3, 'UTC')) AS responded,
      contact.7 > toDateTime64(0, 3, 'UTC') AND (contact.8 OR contact.7 < toDateTime64({asOf:Date}, 3, 'UTC')) AS opened,
      least(6, arrayCount(other -> other < contact.1 AND other >= contact.1 - 180, days)) AS earlier
    FROM histories
    ARRAY JOIN all_contacts AS contact
  )
SELECT {runId:UInt64}, c.segment, c.country, c.province, toStartOfMonth(s.day), s.channel, s.class, s.offer, toUInt8(s.earlier),
  count(), countIf(s.opened OR s.responded), countIf(s.responded), countIf(isNotNull(s.cost)), sum(ifNull(s.cost, 0))
FROM seen AS s
INNER JOIN (
    SELECT customer_id, segment, country, province FROM seven_p_customers
    WHERE run_id = {runId:UInt64} AND customer_id % {slices:UInt32} = {slice:UInt32}
  ) AS c ON c.customer_id = s.customer_id
GROUP BY c.segment, c.country, c.province, toStartOfMonth(s.day), s.channel, s.class, s.offer, s.earlier`

/**
 * Campaigns that held customers out at random, as their events tell (\`assigned\`, \`held-out\`): margin of each arm from the campaign's day
 * to the end of its horizon, or to the date where that comes first. Whoever was assigned counts, reached or not: intention to treat.
 */
export const armsSql = `
INSERT INTO seven_p_arms (run_id, segment, country, province, campaign, day, until, held, customers, sum, squares)
WITH
  arms AS (
    SELECT ${OF_CUSTOMER} AS customer_id, JSONExtractUInt(e.payload, 'campaign') AS campaign,
      max(e.type = 'held-out') AS held,
      any(ifNull(toDateOrNull(JSONExtractString(e.payload, 'asOf')), toDate(e.at))) AS day,
      least(day + max(JSONExtractUInt(e.payload, 'horizonDays')), {asOf:Date}) AS until
    FROM events AS e
    ${MOVED}
    WHERE e.type IN ('assigned', 'held-out') AND ${OF_CUSTOMER} % {slices:UInt32} = {slice:UInt32}
    GROUP BY customer_id, campaign
    HAVING day < {asOf:Date}
  ),
  followed AS (
    SELECT a.customer_id AS customer_id, a.campaign AS campaign, toFloat64(sum(p.margin_minor)) AS margin
    FROM arms AS a
    INNER JOIN (
      SELECT customer_id, sold_at, margin_minor FROM purchases
      WHERE run_id = {identityRun:UInt64} AND is_service = 0 AND sold_at < toDateTime({asOf:Date}, 'UTC')
        AND customer_id IN (SELECT customer_id FROM arms)
    ) AS p ON p.customer_id = a.customer_id
    WHERE p.sold_at >= toDateTime(a.day, 'UTC') AND p.sold_at < toDateTime(a.until, 'UTC')
    GROUP BY a.customer_id, a.campaign
  )
SELECT {runId:UInt64}, c.segment, c.country, c.province, a.campaign, a.day, a.until, a.held, count(), sum(f.margin), sum(f.margin * f.margin)
FROM arms AS a
INNER JOIN (
    SELECT customer_id, segment, country, province FROM seven_p_customers
    WHERE run_id = {runId:UInt64} AND customer_id % {slices:UInt32} = {slice:UInt32}
  ) AS c ON c.customer_id = a.customer_id
LEFT JOIN followed AS f ON f.customer_id = a.customer_id AND f.campaign = a.campaign
GROUP BY c.segment, c.country, c.province, a.campaign, a.day, a.until, a.held`
