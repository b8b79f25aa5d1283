import type { App } from '../../platform/app.ts'
import { optimizeErrors } from '../errors.ts'
import type { PlanView, StoredPlan } from './plan-view.ts'

/** The plan of a committed run; the newest when none is named. */
export async function readPlan(app: App, runId?: number): Promise<PlanView> {
  const run = runId ?? (await app.runs.latest('plan'))
  const row =
    run === null
      ? undefined
      : await app.workflow.db.selectFrom('plans').selectAll().where('run_id', '=', run).executeTakeFirst()
  if (!row) throw optimizeErrors['optimize.no-plan']()
  return { planId: row.id, runId: row.run_id, asOf: row.as_of, ...(row.view as StoredPlan) }
}

/** Plans of finished turns, newest first. */
export async function listPlans(app: App, offset: number, limit: number): Promise<PlanView[]> {
  const rows = await app.workflow.db
    .selectFrom('plans')
    .innerJoin('runs', 'runs.id', 'plans.run_id')
    .selectAll('plans')
    .where('runs.state', '=', 'committed')
    .orderBy('plans.id', 'desc')
    .offset(offset)
    .limit(limit)
    .execute()
  return rows.map(row => ({ planId: row.id, runId: row.run_id, asOf: row.as_of, ...(row.view as StoredPlan) }))
}

/** A plan by its own number, that of a turn or a scenario kept as a plan. */
export async function readPlanById(app: App, planId: number): Promise<PlanView> {
  const row = await app.workflow.db.selectFrom('plans').selectAll().where('id', '=', planId).executeTakeFirst()
  if (!row) throw optimizeErrors['optimize.no-such-plan']({ plan: planId })
  return { planId: row.id, runId: row.run_id, asOf: row.as_of, ...(row.view as StoredPlan) }
}
