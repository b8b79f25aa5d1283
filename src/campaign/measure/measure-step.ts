import type { App, Step } from '../../platform/app.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import { moveTo } from '../state.ts'
import type { Moments } from './difference.ts'
import { momentsSql } from './measure-sql.ts'
import { judge, type Result } from './result.ts'

const DAY = 86_400_000

/**
 * Sets the planned against the control over the period after the date, as far as it is known: for the turn's own campaign and
 * for earlier ones that still run. A campaign whose period is over is done.
 */
export const measureStep: Step = {
  id: 'measure',
  title: { en: 'Measure', zh: '效果衡量' },
  resumes: false,
  writes: [],
  async run({ app, turn, runOf, progress }) {
    const own = runOf('campaign')
    const campaigns = await app.workflow.db
      .selectFrom('campaigns')
      .select(['id', 'run_id', 'as_of', 'horizon_days', 'cost', 'created_at', 'state'])
      .where(eb => eb.or([eb('run_id', '=', own), eb('state', '=', 'running')]))
      .orderBy('id')
      .execute()
    let figures: Record<string, number> = {}
    for (const [i, campaign] of campaigns.entries()) {
      const end = Date.parse(`${campaign.as_of}T00:00:00Z`) + campaign.horizon_days * DAY
      const result = await measure(app, campaign, end, runOf('identity'))
      await app.workflow.transaction(async tx => {
        await tx
          .updateTable('campaigns')
          .set({ result: asJson(result) })
          .where('id', '=', campaign.id)
          .execute()
        const waits = await tx
          .selectFrom('waves')
          .select('wave')
          .where('campaign_id', '=', campaign.id)
          .where('state', '=', 'waiting')
          .where('date', '>', turn.asOf)
          .executeTakeFirst()
        // A campaign is not over while a wave of it is still to come.
        if (end <= Date.now() && campaign.state === 'running' && !waits)
          await moveTo(tx, campaign.id, 'done', { userId: null, name: `turn ${turn.id}` })
      })
      if (campaign.run_id === own) figures = figuresOf(result)
      progress(i + 1, campaigns.length)
    }
    return figures
  },
}

async function measure(
  app: App,
  campaign: { run_id: number; as_of: string; horizon_days: number; cost: number; created_at: Date },
  end: number,
  identityRun: number,
): Promise<Result> {
  const rows = await app.facts.query<Moments & { arm: string }>(momentsSql, {
    membersRun: campaign.run_id,
    identityRun,
    asOf: campaign.as_of,
    days: campaign.horizon_days,
  })
  const arm = (name: string): Moments => rows.find(r => r.arm === name) ?? { customers: 0, sum: 0, squares: 0 }
  return judge({
    planned: arm('planned'),
    control: arm('control'),
    cost: campaign.cost,
    horizonDays: campaign.horizon_days,
    past: end <= campaign.created_at.getTime(),
  })
}

const figuresOf = (r: Result): Record<string, number> => ({
  difference: r.difference,
  standardError: r.standardError,
  low: r.low,
  high: r.high,
  withinError: r.withinError ? 1 : 0,
  isAA: r.isAA ? 1 : 0,
})
