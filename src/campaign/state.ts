import type { WorkflowTransaction } from '../platform/stores/workflow/index.ts'
import { campaignErrors } from './errors.ts'
import { stopWaves } from './waves.ts'

/** draft → approved → running → done; stopped from any of the first three. */
export type CampaignState = 'draft' | 'approved' | 'running' | 'done' | 'stopped'

const next: Record<CampaignState, readonly CampaignState[]> = {
  draft: ['approved', 'stopped'],
  approved: ['running', 'stopped'],
  running: ['done', 'stopped'],
  done: [],
  stopped: [],
}

export const mayBecome = (from: CampaignState, to: CampaignState): boolean => next[from].includes(to)

/** Who changes a state: a user, or the turn. */
export interface Actor {
  userId: number | null
  name: string
}

/** Moves a campaign on and writes down who did it; refuses a step that the machine does not have. */
export async function moveTo(
  tx: WorkflowTransaction,
  campaign: number,
  to: CampaignState,
  actor: Actor,
): Promise<void> {
  const row = await tx.selectFrom('campaigns').select('state').where('id', '=', campaign).forUpdate().executeTakeFirst()
  if (!row) throw campaignErrors['campaign.no-such-campaign']({ campaign })
  if (!mayBecome(row.state, to))
    throw campaignErrors['campaign.wrong-state']({ campaign, state: row.state, wanted: to })
  await tx.updateTable('campaigns').set({ state: to }).where('id', '=', campaign).execute()
  if (to === 'stopped') await stopWaves(tx, campaign)
  await tx
    .insertInto('campaign_states')
    .values({ campaign_id: campaign, state: to, user_id: actor.userId, by_name: actor.name, at: new Date() })
    .execute()
}

export const stopCampaign = (tx: WorkflowTransaction, campaign: number, actor: Actor): Promise<void> =>
  moveTo(tx, campaign, 'stopped', actor)
