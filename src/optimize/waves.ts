import type { App } from '../platform/app.ts'
import type { WorkflowTransaction } from '../platform/stores/workflow/index.ts'
import { planLimitsOf, wavesOf } from './offers/plan-limits.ts'
import type { Owed } from './options/history-sql.ts'

/** The dated parts of a plan: number, and days after the day it is carried out. */
export async function wavesOfPlan(
  app: Pick<App, 'workflow'>,
  planId: number,
): Promise<{ wave: number; after: number }[]> {
  const { basis } = await app.workflow.db
    .selectFrom('plans')
    .select('basis')
    .where('id', '=', planId)
    .executeTakeFirstOrThrow()
  const limits = basis.limits ?? planLimitsOf(basis.policy)
  return wavesOf(limits).map(({ after }, i) => ({ wave: i + 1, after }))
}

/** Told by whoever carries a plan out: what its later waves owe counts for every plan made meanwhile. */
export async function openWaves(
  tx: WorkflowTransaction,
  planId: number,
  waves: readonly { wave: number; date: string }[],
): Promise<void> {
  await tx.deleteFrom('plan_waves').where('plan_id', '=', planId).execute()
  if (waves.length > 0)
    await tx
      .insertInto('plan_waves')
      .values(waves.map(w => ({ plan_id: planId, ...w, open: true })))
      .execute()
}

/** Sent, or given up: contacts made are in the history from now on. Without numbers: all of them. */
export async function closeWaves(tx: WorkflowTransaction, planId: number, waves?: readonly number[]): Promise<void> {
  let query = tx.updateTable('plan_waves').set({ open: false }).where('plan_id', '=', planId)
  if (waves) query = query.where('wave', 'in', [...waves])
  await query.execute()
}

/** What earlier turns' plans owe; a turn that runs again does not count its own. */
export async function owedWaves(app: Pick<App, 'workflow'>, turnId: number): Promise<Owed[]> {
  const rows = await app.workflow.db
    .selectFrom('plan_waves')
    .innerJoin('plans', 'plans.id', 'plan_waves.plan_id')
    .select(['plans.run_id', 'plan_waves.wave', 'plan_waves.date'])
    .where('plan_waves.open', '=', true)
    .where('plans.turn_id', '!=', turnId)
    .orderBy('plans.run_id')
    .orderBy('plan_waves.wave')
    .execute()
  return rows.map(({ run_id, wave, date }) => ({ runId: run_id, wave, day: date }))
}
