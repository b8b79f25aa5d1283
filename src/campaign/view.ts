import type { z } from 'zod'
import type { App } from '../platform/app.ts'
import type { CountRow } from '../platform/runs.ts'
import type { campaignView } from './api.ts'
import { campaignErrors } from './errors.ts'

export type CampaignView = z.infer<typeof campaignView>

/** Campaigns of finished turns (and of the one that runs), newest first. */
export async function listCampaigns(app: App, offset: number, limit: number): Promise<CampaignView[]> {
  const rows = await app.workflow.db
    .selectFrom('campaigns')
    .select('id')
    .orderBy('id', 'desc')
    .offset(offset)
    .limit(limit)
    .execute()
  return Promise.all(rows.map(row => readCampaign(app, row.id)))
}

/** The campaign of a turn, or null. */
export async function campaignOf(app: App, turnId: number): Promise<CampaignView | null> {
  const row = await app.workflow.db
    .selectFrom('campaigns')
    .select('id')
    .where('turn_id', '=', turnId)
    .executeTakeFirst()
  return row ? readCampaign(app, row.id) : null
}

export async function readCampaign(app: App, campaign: number): Promise<CampaignView> {
  const { db } = app.workflow
  const row = await db.selectFrom('campaigns').selectAll().where('id', '=', campaign).executeTakeFirst()
  if (!row) throw campaignErrors['campaign.no-such-campaign']({ campaign })
  const [waves, approval, counts] = await Promise.all([
    db
      .selectFrom('waves')
      .select(['wave', 'date', 'planned', 'contacts', 'state', 'done_at'])
      .where('campaign_id', '=', campaign)
      .orderBy('wave')
      .execute(),
    db
      .selectFrom('campaign_states')
      .select(['by_name', 'at'])
      .where('campaign_id', '=', campaign)
      .where('state', '=', 'approved')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst(),
    app.runs.countsOf(row.turn_id),
  ])
  return {
    campaignId: row.id,
    name: row.name,
    objective: row.objective,
    asOf: row.as_of,
    state: row.state,
    planId: row.plan_id,
    approvedBy: approval?.by_name ?? null,
    approvedAt: approval?.at.toISOString() ?? null,
    currency: row.currency,
    target: row.target,
    cost: row.cost,
    expected: row.expected,
    planned: row.planned,
    control: row.control,
    waves: waves.map(({ done_at, ...wave }) => ({ ...wave, doneAt: done_at?.toISOString() ?? null })),
    counts: countsByChannel(counts),
    result: row.result,
  }
}

/** Counts of the stages that compose and deliver, by channel. What is composed and not yet settled either way is waiting. */
export function countsByChannel(rows: readonly CountRow[]): CampaignView['counts'] {
  const channels = new Map<string, Map<string, number>>()
  for (const { scope, name, value } of rows) {
    const counts = channels.get(scope) ?? new Map<string, number>()
    channels.set(scope, counts.set(name, (counts.get(name) ?? 0) + value))
  }
  return [...channels]
    .filter(([, counts]) => counts.has('composed') || counts.has('held'))
    .map(([channel, counts]) => {
      const of = (name: string) => counts.get(name) ?? 0
      const [composed, held, settled, refused, failed] = [
        of('composed'),
        of('held'),
        of('settled'),
        of('refused'),
        of('failed'),
      ]
      const waiting = composed - settled - refused - failed
      return { channel, planned: composed + held, composed, held, settled, refused, failed, waiting }
    })
    .sort((a, b) => (a.channel < b.channel ? -1 : 1))
}
