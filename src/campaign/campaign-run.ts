import type { App } from '../platform/app.ts'
import { campaignErrors } from './errors.ts'

/** Where a campaign's members lie, for whoever composes them or asks whether they can be composed. */
export async function campaignRun(
  app: Pick<App, 'workflow'>,
  campaign: number,
): Promise<{ turnId: number; campaignRun: number; asOf: string }> {
  const row = await app.workflow.db
    .selectFrom('campaigns')
    .select(['turn_id', 'run_id', 'as_of'])
    .where('id', '=', campaign)
    .executeTakeFirst()
  if (!row) throw campaignErrors['campaign.no-such-campaign']({ campaign })
  return { turnId: row.turn_id, campaignRun: row.run_id, asOf: row.as_of }
}
