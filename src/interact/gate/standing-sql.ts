/**
 * What holds for customers at the moment of sending: consent by channel (the newest statement, whether it stood in a source
 * or was given to us since), offers already sent and blackouts by day, and the country for quiet hours.
 *
 * Parameters: identityRun, ids.
 */
export const CONSENTS_SQL = `
SELECT customer_id, toString(channel) AS channel, argMax(granted, (at, 1 - granted)) AS granted
FROM (
  SELECT customer_id, channel, granted, toDateTime64(at, 3, 'UTC') AS at
  FROM customer_consents
  WHERE run_id = {identityRun:UInt64} AND customer_id IN {ids:Array(UInt64)}
  UNION ALL
  SELECT
    customer_id, JSONExtractString(said, 'channel') AS channel, toUInt8(JSONExtractBool(said, 'granted')) AS granted, at
  FROM events FINAL
  ARRAY JOIN JSONExtractArrayRaw(payload, 'consents') AS said
  WHERE customer_id IN {ids:Array(UInt64)}
)
GROUP BY customer_id, channel`

/** The day of a contact is the business date it was sent for, else the day it happened. */
export const HISTORY_SQL = `
SELECT
  customer_id, toString(type) AS type, toString(channel) AS channel, communication_id,
  JSONExtractString(payload, 'class') AS class,
  toString(ifNull(toDateOrNull(JSONExtractString(payload, 'asOf')), toDate(at))) AS day
FROM events FINAL
WHERE customer_id IN {ids:Array(UInt64)} AND (type = 'sent' OR type IN {blackoutTypes:Array(String)})`

export const COUNTRIES_SQL = `
SELECT customer_id, toString(country) AS country FROM golden_records
WHERE run_id = {identityRun:UInt64} AND customer_id IN {ids:Array(UInt64)}`
