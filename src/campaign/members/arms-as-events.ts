/**
 * Who was chosen and who was held out, as events: what a campaign does is learned from by stages that know no campaign. One row a
 * customer; `held-out` is the random control of those the plan would have chosen; `planned` says what each was, or would have been,
 * offered, and how likely they were said to take it. Parameters: runId, campaignId, asOf, horizonDays.
 */
export const armsAsEvents = `
SELECT
  concat('arm:', toString({campaignId:UInt64}), ':', toString(customer_id)) AS event_id,
  customer_id,
  if(held, 'held-out', 'assigned') AS type,
  if(by = 'bill', 'letter', by) AS channel,
  toDateTime64({asOf:Date}, 3, 'UTC') AS at,
  concat('{"asOf":"', toString({asOf:Date}), '","campaign":', toString({campaignId:UInt64}), ',"horizonDays":', toString({horizonDays:UInt32}),
    ',"offer":', toJSONString(what), ',"planned":[', said, ']}') AS payload
FROM (
  SELECT customer_id, max(arm = 'control') AS held, toString(any(campaign_members.channel)) AS by, toString(any(campaign_members.offer)) AS what,
    arrayStringConcat(groupArray(concat('{"offer":', toJSONString(toString(campaign_members.offer)), ',"channel":"',
      toString(campaign_members.channel), '","acceptance":', toString(campaign_members.acceptance), '}')), ',') AS said
  FROM campaign_members
  WHERE run_id = {runId:UInt64}
  GROUP BY customer_id
)`
