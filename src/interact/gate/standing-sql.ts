/**
 * What holds for customers at the moment of sending: offers already sent and blackouts by day, and the country for quiet hours.
 *
 * Parameters: identityRun, ids.
 */

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
