/**
 * Who is in the campaign: everyone planned, and of the control group those whom the plan would have chosen, with the offer
 * and channel they would have got. A plan approved earlier may name customers who are gone since (merged, erased): they are left
 * out. Parameters: runId, planRun, campaignId, identityRun.
 */
export const membersSql = `
INSERT INTO campaign_members (run_id, campaign_id, customer_id, arm, wave, offer, channel, product_code, acceptance, value_minor, cost_minor)
SELECT
  {runId:UInt64}, {campaignId:UInt64}, customer_id, arm, wave, offer, channel, product_code, acceptance, value_minor, cost_minor
FROM (
  SELECT 'planned' AS arm, customer_id, wave, offer, channel, product_code, acceptance, value_minor, cost_minor
  FROM plan_assignments
  WHERE run_id = {planRun:UInt64}
  UNION ALL
  SELECT 'control' AS arm, customer_id, wave, offer, channel, product_code, acceptance, value_minor, cost_minor
  FROM control_members
  WHERE run_id = {planRun:UInt64} AND offer != ''
)
WHERE customer_id IN (SELECT customer_id FROM golden_records WHERE run_id = {identityRun:UInt64})`

/** Customers and contacts planned of each wave. Parameter: runId. */
export const wavesSql = `
SELECT wave, uniqExact(customer_id) AS planned, count() AS contacts
FROM campaign_members
WHERE run_id = {runId:UInt64} AND arm = 'planned'
GROUP BY wave`

/** Size, cost and expected value of each arm. Parameter: runId. */
export const armsSql = `
SELECT
  toString(arm) AS arm,
  uniqExact(customer_id) AS customers,
  sum(cost_minor) AS cost,
  sum(value_minor) AS expected
FROM campaign_members
WHERE run_id = {runId:UInt64}
GROUP BY arm`
