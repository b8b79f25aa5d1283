import { STANDINGS } from '../kinds/decide-ways.ts'
import { standingSql } from '../kinds/standing-sql.ts'

/**
 * Every communication the turn plans, with the way it goes: the month's bill of each customer with an invoice
 * in it (with the offer of whoever was planned by `bill`), and the offer messages by other channels. A bill already composed
 * for that month by an earlier turn is not planned again, nor is a legal notice that was composed before. `reason` says what can
 * be known to be impossible at once.
 *
 * A wave of a campaign that is composed later by itself (`only` above 0) has neither bills nor notices; a turn leaves the waves
 * in `later` to their day. An offer on a bill goes with the bill.
 *
 * Offer messages go as the plan chose; what is in `routed` goes as its kind and the customer's standing say: `decided` has for every
 * kind and standing (kinds/decide-ways.ts) the number of a decision, whose channels and reasons are `channels` and `whys`.
 *
 * Parameters: runId, identityRun, campaignRun, planRun (0: no notices), composedRuns (committed compose runs of the same month),
 * monthStart, monthEnd, only, later; routed, decided, channels, whys.
 */
export const planSql = (lists: boolean): string => `
INSERT INTO communication_plan (run_id, kind, channel, copy, customer_id, offer, campaign_id, wave, product_code, reason, why)
WITH
  members AS (
    SELECT customer_id, campaign_id, wave, offer, channel, product_code
    FROM campaign_members
    WHERE run_id = {campaignRun:UInt64} AND arm = 'planned'
      AND if({only:UInt16} > 0, wave = {only:UInt16} AND channel != 'bill', channel = 'bill' OR NOT has({later:Array(UInt16)}, wave))
  ),
  invoiced AS (
    SELECT customer_id
    FROM purchases
    WHERE {only:UInt16} = 0 AND run_id = {identityRun:UInt64}
      AND is_return = 0 AND sold_at >= {monthStart:DateTime('UTC')} AND sold_at < {monthEnd:DateTime('UTC')}
    GROUP BY customer_id
  ),
  billed AS (
    SELECT DISTINCT customer_id
    FROM communications
    WHERE run_id IN {composedRuns:Array(UInt64)} AND kind = 'bill' AND state = 'composed'
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
  ),
  notices AS (
    SELECT customer_id, toUInt64(0) AS campaign_id, toUInt16(1) AS wave, 'notice' AS kind, notice AS offer, '' AS product_code, '' AS reason
    FROM plan_notices
    WHERE {only:UInt16} = 0 AND run_id = {planRun:UInt64}
      AND (customer_id, notice) NOT IN (
        SELECT customer_id, offer FROM communications
        WHERE kind = 'notice' AND state = 'composed' AND run_id != {runId:UInt64}
      )
  ),
  communications_planned AS (
    SELECT * FROM bills UNION ALL SELECT * FROM without_bill UNION ALL SELECT * FROM messages UNION ALL SELECT * FROM notices
  ),
  standing AS (${standingSql('identityRun', '{only:UInt16} = 0', lists)}),
  decisions AS (
    SELECT
      planned.customer_id AS customer_id, campaign_id, wave, toString(planned.kind) AS kind, toString(offer) AS offer,
      toString(product_code) AS product_code, reason,
      indexOf({routed:Array(String)}, kind) AS nth,
      {decided:Array(UInt16)}[(nth - 1) * ${STANDINGS} + standing.mask + 1] AS decision,
      if(nth = 0, transform(kind, ['letter', 'script'], ['print', 'call'], kind), {channels:Array(String)}[decision]) AS ways,
      -- What cannot be made is held once, and has no copy.
      arraySlice(splitByChar(' ', ways), 1, if(reason = '', 9, 1)) AS goes,
      if(nth = 0, concat(ways, ':planned'), {whys:Array(String)}[decision]) AS why
    FROM communications_planned AS planned
    LEFT JOIN standing ON standing.customer_id = planned.customer_id
  )
SELECT {runId:UInt64}, kind, channel, nth_way - 1, customer_id, offer, campaign_id, wave, product_code, reason, why
FROM decisions
ARRAY JOIN goes AS channel, arrayEnumerate(goes) AS nth_way`
