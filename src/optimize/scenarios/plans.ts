import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import type { StoredPlan } from '../plan/plan-view.ts'
import type { keptPlans } from './api.ts'
import { approvalMode, approvalsOf, planToCarryOut, VALID_DAYS } from './approvals.ts'

export type KeptPlans = z.infer<typeof keptPlans>

/** Every plan kept, newest first, with what it was made from and where its approval stands. */
export async function listKeptPlans(app: App, offset: number, limit: number): Promise<KeptPlans> {
  const all = app.workflow.db
    .selectFrom('plans')
    .leftJoin('runs', 'runs.id', 'plans.run_id')
    .leftJoin('plan_scenarios', 'plan_scenarios.id', 'plans.scenario_id')
    .where(eb => eb.or([eb('runs.state', '=', 'committed'), eb('plans.scenario_id', 'is not', null)]))
  const { total } = await all.select(eb => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await all
    .selectAll('plans')
    .select('plan_scenarios.name as scenario_name')
    .orderBy('plans.id', 'desc')
    .offset(offset)
    .limit(limit)
    .execute()
  const standings = await approvalsOf(
    app,
    rows.map(row => row.id),
  )
  const present = new Set(
    (await app.facts.query<{ run_id: number }>('SELECT DISTINCT run_id FROM plan_options')).map(row => row.run_id),
  )
  const latest = await app.runs.latest('plan')
  const asOf = rows[0]?.as_of
  const next = latest === null || asOf === undefined ? null : await planToCarryOut(app, latest, { id: 0, asOf })
  return {
    total: Number(total),
    approval: await approvalMode(app),
    validDays: VALID_DAYS,
    next: next !== null && standings.get(next)?.approvedBy.some(a => a.person) ? next : null,
    rows: rows.map(row => {
      const view = row.view as StoredPlan
      const { standing, approvedBy, note } = standings.get(row.id)!
      return {
        planId: row.id,
        runId: row.run_id,
        turnId: row.turn_id,
        asOf: row.as_of,
        madeAt: row.made_at.toISOString(),
        currency: view.currency,
        value: view.value,
        bound: view.bound,
        gap: view.gap,
        assigned: view.assigned,
        control: view.control,
        options: view.options,
        cost: view.byOffer.reduce((sum, offer) => sum + offer.cost, 0),
        policyVersion: row.policy_version,
        offersVersion: row.offers_version,
        runs: row.basis.runs,
        scenario: row.scenario_id === null ? null : { id: row.scenario_id, name: row.scenario_name ?? '' },
        basePlan: row.base_plan,
        repeatable: row.inputs !== null && present.has(row.run_id),
        standing,
        approvedBy,
        note,
      }
    }),
  }
}
