import type { PastCampaign } from './campaigns.ts'

/** Both arms of campaigns, as the statements on what followed ask it. Parameter: memberRuns. */
export const armMembers = `
  SELECT run_id, customer_id, arm, offer, channel, value_minor, cost_minor, 0. AS promised
  FROM campaign_members
  WHERE run_id IN {memberRuns:Array(UInt64)}`

export const armParams = (campaigns: readonly PastCampaign[], identityRun: number, unheard: readonly string[]) => ({
  memberRuns: campaigns.map(one => one.run),
  days: campaigns.map(one => one.asOf),
  ends: campaigns.map(one => one.end),
  segmentRuns: campaigns.map(one => one.segments),
  identityRun,
  unheard: [...unheard],
})
