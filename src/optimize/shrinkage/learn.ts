import { pastTurns, withOutcomes } from '../../analyze/index.ts'
import type { App } from '../../platform/app.ts'
import { type Calibration, calibrate, type PastCell } from './calibration.ts'

/** Older answers than a year and a month tell little of today (as of the believed acceptance). */
const OLD_DAYS = 395

/** Assignments of the plans that campaigns carried out. Parameters: planRuns, planDays. */
const members = `
  SELECT toDate(transform(run_id, {planRuns:Array(UInt64)}, {planDays:Array(String)}, '1970-01-01')) AS as_of,
    customer_id, offer, channel, acceptance AS p
  FROM plan_assignments
  WHERE run_id IN {planRuns:Array(UInt64)}`

/** What plans before a day promised by segment, offer and channel, and what came of those whose time to answer was over by then. */
export async function pastCells(
  app: Pick<App, 'facts' | 'workflow' | 'runs'>,
  asOf: string,
): Promise<{ cells: PastCell[]; turns: string[] }> {
  const oldest = new Date(Date.parse(`${asOf}T00:00:00Z`) - OLD_DAYS * 86_400_000).toISOString().slice(0, 10)
  const turns = (await pastTurns(app)).filter(turn => turn.asOf < asOf && turn.asOf >= oldest)
  const plans =
    turns.length === 0
      ? []
      : await app.workflow.db
          .selectFrom('plan_approvals')
          .innerJoin('plans', 'plans.id', 'plan_approvals.plan_id')
          .select(['plans.run_id as run', 'plan_approvals.by_name as by'])
          .where('plan_approvals.state', '=', 'used')
          .execute()
  // A plan is carried out by the turn whose name stands at its approval; that turn's day is the campaign's.
  const carried = turns.flatMap(turn => {
    const plan = plans.findLast(one => one.by === `turn ${turn.turn}`)
    return plan ? [{ ...turn, plan: plan.run }] : []
  })
  const ask = {
    members,
    params: { planRuns: carried.map(turn => turn.plan), planDays: carried.map(turn => turn.asOf) },
    turns: carried,
    today: asOf,
  }
  const { heard, cells } = await withOutcomes(app, ask, async outcomes => ({
    heard: outcomes.heard,
    cells: await outcomes.cells(['segment', 'offer', 'channel']),
  }))
  return {
    turns: heard.turns.filter(turn => turn.ripe > 0).map(turn => turn.asOf),
    cells: cells
      .filter(({ ripe }) => ripe.trials > 0)
      .map(({ segment, offer, channel, ripe }) => ({
        ...{ segment, offer, channel, contacts: ripe.trials, expected: ripe.expected, taken: ripe.taken },
      })),
  }
}

export async function learnCalibration(
  app: Pick<App, 'facts' | 'workflow' | 'runs'>,
  asOf: string,
): Promise<Calibration | null> {
  const { cells, turns } = await pastCells(app, asOf)
  return calibrate(cells, turns)
}

/** Plans take what they learned into account unless people say otherwise. */
export async function usesCalibration(app: Pick<App, 'workflow'>): Promise<boolean> {
  const row = await app.workflow.db.selectFrom('plan_settings').select('calibration').executeTakeFirst()
  return row?.calibration ?? true
}

export async function setCalibration(app: Pick<App, 'workflow'>, calibration: boolean): Promise<void> {
  await app.workflow.db
    .insertInto('plan_settings')
    .values({ id: 1, approval: 'automatic', calibration })
    .onConflict(conflict => conflict.column('id').doUpdateSet({ calibration }))
    .execute()
}
