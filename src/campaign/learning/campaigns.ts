import { type PastTurn, pastTurns, type ResponseAsk } from '../../analyze/index.ts'
import type { App } from '../../platform/app.ts'
import { asDate, daysAfter } from './dates.ts'

/** A turn with the campaign that carried out its plan. */
export interface PastCampaign extends PastTurn {
  campaign: number
  run: number
  horizonDays: number
  /** Its effect is measured from its day up to this one, exclusive: who is held out is drawn anew for each campaign, so that their times may overlap. */
  end: string
}

/** Campaigns of finished turns, the earliest first; those that contacted somebody. */
export async function pastCampaigns(app: Pick<App, 'workflow' | 'runs'>): Promise<PastCampaign[]> {
  const [turns, rows] = await Promise.all([
    pastTurns(app),
    app.workflow.db
      .selectFrom('campaigns')
      .select(['id', 'turn_id', 'run_id', 'horizon_days'])
      .where('planned', '>', 0)
      .execute(),
  ])
  return turns.flatMap(turn => {
    const row = rows.find(one => one.turn_id === turn.turn)
    if (!row) return []
    const end = daysAfter(turn.asOf, row.horizon_days)
    return [{ ...turn, campaign: row.id, run: row.run_id, horizonDays: row.horizon_days, end }]
  })
}

const members = `
  SELECT toDate(transform(run_id, {memberRuns:Array(UInt64)}, {memberDays:Array(String)}, '1970-01-01')) AS as_of,
    customer_id, offer, channel, acceptance AS p
  FROM campaign_members
  WHERE run_id IN {memberRuns:Array(UInt64)} AND arm = 'planned'`

/** What the campaigns said of answers, as the response statements ask it. */
export const askOf = (campaigns: readonly PastCampaign[], today = asDate(new Date())): ResponseAsk => ({
  members,
  params: { memberRuns: campaigns.map(one => one.run), memberDays: campaigns.map(one => one.asOf) },
  turns: campaigns,
  today,
})
