/**
 * Every communication the turn plans, in the order of kinds and customers: the month's bill of each customer with an invoice
 * in it (with the offer of whoever was planned by `bill`), and the offer messages by other channels. A bill already composed
 * for that month by an earlier turn is not planned again. `reason` says what can be known to be impossible at once.
 *
 * Parameters: identityRun, campaignRun, composedRuns (committed compose runs of the same month), monthStart, monthEnd; kind,
 * first and last customer narrow it to one part.
 */
export const PLANNED_SQL = `
WITH
  members AS (
    SELECT customer_id, campaign_id, wave, offer, channel, product_code
    FROM campaign_members
    WHERE run_id = {campaignRun:UInt64} AND arm = 'planned'
      AND customer_id BETWEEN {first:UInt64} AND {last:UInt64}
  ),
  invoiced AS (
    SELECT customer_id
    FROM purchases
    WHERE run_id = {identityRun:UInt64} AND customer_id BETWEEN {first:UInt64} AND {last:UInt64}
      AND is_return = 0 AND sold_at >= {monthStart:DateTime('UTC')} AND sold_at < {monthEnd:DateTime('UTC')}
    GROUP BY customer_id
  ),
  billed AS (
    SELECT DISTINCT customer_id
    FROM communications
    WHERE run_id IN {composedRuns:Array(UInt64)} AND kind = 'bill' AND state = 'composed'
      AND customer_id BETWEEN {first:UInt64} AND {last:UInt64}
  ),
  in_bill AS (SELECT * FROM members WHERE channel = 'bill'),
  bills AS (
    SELECT
      customer_id, campaign_id, wave, 'bill' AS kind, offer, product_code, '' AS reason
    FROM invoiced
    LEFT JOIN in_bill USING (customer_id)
    WHERE customer_id NOT IN (SELECT customer_id FROM billed)
  ),
  without_bill AS (
    SELECT customer_id, campaign_id, wave, 'bill' AS kind, offer, product_code, 'no-bill' AS reason
    FROM in_bill
    WHERE customer_id NOT IN (SELECT customer_id FROM invoiced) AND customer_id NOT IN (SELECT customer_id FROM billed)
  ),
  messages AS (
    SELECT
      customer_id, campaign_id, wave, if(channel = 'call', 'script', toString(channel)) AS kind, offer, product_code, '' AS reason
    FROM members
    WHERE channel != 'bill'
  )
SELECT customer_id, campaign_id, wave, toString(kind) AS kind, toString(offer) AS offer, toString(product_code) AS product_code, reason
FROM (SELECT * FROM bills UNION ALL SELECT * FROM without_bill UNION ALL SELECT * FROM messages)
WHERE {kind:String} = '' OR kind = {kind:String}
ORDER BY kind, customer_id, offer`
