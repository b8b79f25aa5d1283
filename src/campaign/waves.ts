import { closeWaves } from '../optimize/index.ts'
import type { App } from '../platform/app.ts'
import type { WorkflowTransaction } from '../platform/stores/workflow/index.ts'
import { campaignErrors } from './errors.ts'

/** A wave of a running campaign that is still to be sent. */
export interface WaveToSend {
  campaignId: number
  turnId: number
  /** Its members' run. */
  campaignRun: number
  wave: number
  date: string
  /** Turns of the past are played again years later: their waves wait for a later turn, not for the calendar. */
  replayed: boolean
}

/** A campaign made within so many days of its own date goes by the calendar. */
const LIVE_DAYS = 7
const DAY = 86_400_000

const waiting = (app: Pick<App, 'workflow'>) =>
  app.workflow.db
    .selectFrom('waves')
    .innerJoin('campaigns', 'campaigns.id', 'waves.campaign_id')
    .select(['campaigns.id', 'campaigns.turn_id', 'campaigns.run_id', 'as_of', 'created_at', 'wave', 'date'])
    .where('waves.state', '=', 'waiting')
    .where('campaigns.state', '=', 'running')

const asWave = (row: {
  id: number
  turn_id: number
  run_id: number
  as_of: string
  created_at: Date
  wave: number
  date: string
}): WaveToSend => ({
  campaignId: row.id,
  turnId: row.turn_id,
  campaignRun: row.run_id,
  wave: row.wave,
  date: row.date,
  replayed: Math.abs(row.created_at.getTime() - Date.parse(`${row.as_of}T00:00:00Z`)) > LIVE_DAYS * DAY,
})

/** Waves due by a day, oldest first; those of one turn only, or of all but one. */
export async function dueWaves(
  app: Pick<App, 'workflow'>,
  by: string,
  of: { turnId?: number; notTurn?: number } = {},
): Promise<WaveToSend[]> {
  let query = waiting(app).where('date', '<=', by)
  if (of.turnId !== undefined) query = query.where('campaigns.turn_id', '=', of.turnId)
  if (of.notTurn !== undefined) query = query.where('campaigns.turn_id', '!=', of.notTurn)
  return (await query.orderBy('date').orderBy('campaigns.id').orderBy('wave').execute()).map(asWave)
}

/** Whether some wave waits for its day by the calendar. */
export const nextWave = async (app: Pick<App, 'workflow'>): Promise<WaveToSend | undefined> =>
  (await waiting(app).orderBy('date').execute()).map(asWave).find(wave => !wave.replayed)

/** Waves of a turn's own campaign whose day has not come yet. */
export async function laterWaves(app: Pick<App, 'workflow'>, turn: { id: number; asOf: string }): Promise<number[]> {
  const rows = await app.workflow.db
    .selectFrom('waves')
    .innerJoin('campaigns', 'campaigns.id', 'waves.campaign_id')
    .select('wave')
    .where('campaigns.turn_id', '=', turn.id)
    .where('date', '>', turn.asOf)
    .orderBy('wave')
    .execute()
  return rows.map(row => row.wave)
}

export async function waveOf(app: Pick<App, 'workflow'>, campaign: number, wave: number): Promise<WaveToSend> {
  const row = await waiting(app).where('campaigns.id', '=', campaign).where('wave', '=', wave).executeTakeFirst()
  if (!row) throw campaignErrors['campaign.no-such-wave']({ campaign, wave })
  return asWave(row)
}

/** Sent: from now on its contacts are in the history, and nothing is owed. */
export async function markWavesDone(app: Pick<App, 'workflow'>, campaign: number, waves: readonly number[]) {
  if (waves.length === 0) return
  await app.workflow.transaction(async tx => {
    await tx
      .updateTable('waves')
      .set({ state: 'done', done_at: new Date() })
      .where('campaign_id', '=', campaign)
      .where('wave', 'in', [...waves])
      .where('state', '=', 'waiting')
      .execute()
    await closeWaves(tx, await planOf(tx, campaign), waves)
  })
}

/** With its campaign: what was not sent is owed to nobody any more. */
export async function stopWaves(tx: WorkflowTransaction, campaign: number): Promise<void> {
  await tx
    .updateTable('waves')
    .set({ state: 'stopped' })
    .where('campaign_id', '=', campaign)
    .where('state', '=', 'waiting')
    .execute()
  await closeWaves(tx, await planOf(tx, campaign))
}

const planOf = async (tx: WorkflowTransaction, campaign: number): Promise<number> =>
  (await tx.selectFrom('campaigns').select('plan_id').where('id', '=', campaign).executeTakeFirstOrThrow()).plan_id
