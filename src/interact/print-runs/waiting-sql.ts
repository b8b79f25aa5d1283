/**
 * Printed communications of a deliver run that were settled and stand in no print run yet, with what they are arranged by. Parameters:
 * deliverRun, composeRun, identityRun.
 */
export const WAITING_SQL = `
WITH
  settled AS (
    SELECT communication_id
    FROM deliveries
    WHERE run_id = {deliverRun:UInt64} AND channel = 'print' AND state = 'settled'
  ),
  printed AS (SELECT communication_id FROM print_pieces),
  homes AS (
    SELECT customer_id, any(household_id) AS household
    FROM household_members
    WHERE run_id = {identityRun:UInt64}
    GROUP BY customer_id
  ),
  documents AS (
    SELECT
      communication_id, any(customer_id) AS customer, any(pages) AS sides, any(address) AS written,
      any(JSONExtractString(data, 'to', 'postcode')) AS post, any(toString(kind)) AS what, any(toString(class)) AS standing
    FROM communications
    WHERE run_id = {composeRun:UInt64} AND channel = 'print' AND state = 'composed' AND reason != 'erased'
      AND communication_id IN (SELECT communication_id FROM settled)
      AND communication_id NOT IN (SELECT communication_id FROM printed)
    GROUP BY communication_id
  )
SELECT
  communication_id, customer AS customer_id, household, post AS postcode, written AS address, sides AS pages,
  multiIf(what = 'bill', 0, standing = 'legal', 1, 2) AS rank
FROM documents AS d
LEFT JOIN homes AS h ON h.customer_id = d.customer
ORDER BY communication_id`
