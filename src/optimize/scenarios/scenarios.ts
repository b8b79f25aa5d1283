import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { dropRun } from '../../platform/stores/facts/index.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import { optimizeErrors } from '../errors.ts'
import type { scenarioView } from './api.ts'
import { type BasePlan, basePlan } from './base-plan.ts'
import { type PlanChange, planChange } from './change.ts'
import type { Outcome } from './outcome.ts'
import { type Solved, solveAgain } from './solve-again.ts'
import { scenarioChoices } from './tables.ts'
import { withPolicy } from './with-policy.ts'
import { writeScenarioChoices } from './write-choices.ts'

export type ScenarioView = z.infer<typeof scenarioView>

export interface Person {
  userId: number
  name: string
}

/** Numbers of solves stand far above those of runs, whose tables they share. */
const FIRST_SOLVE = 1_000_000_000

/** The newest plan of a turn, or the one named. */
export async function planIdOf(app: App, planId?: number): Promise<number> {
  if (planId !== undefined) return planId
  const run = await app.runs.latest('plan')
  const row =
    run === null
      ? undefined
      : await app.workflow.db.selectFrom('plans').select('id').where('run_id', '=', run).executeTakeFirst()
  if (!row) throw optimizeErrors['optimize.no-plan']()
  return row.id
}

/** Solves a plan as changed, without keeping anything. */
export async function tryChange(
  app: App,
  planId: number,
  change: PlanChange,
  from?: Record<string, number> | null,
  seconds?: number,
): Promise<Solved & { base: BasePlan }> {
  const kept = await basePlan(app, planId)
  const base = change.policy ? await withPolicy(app, kept, change.policy) : kept
  const prices = from === undefined ? {} : { prices: from }
  const solved = await solveAgain(base, change.limits, {
    threads: app.config.threads,
    ...prices,
    ...(seconds === undefined ? {} : { seconds }),
  })
  return { ...solved, base }
}

export async function listScenarios(app: App, planId: number, deleted = false): Promise<ScenarioView[]> {
  const rows = await app.workflow.db
    .selectFrom('plan_scenarios')
    .selectAll()
    .where('plan_id', '=', planId)
    .where('deleted_at', deleted ? 'is not' : 'is', null)
    .orderBy('id')
    .execute()
  return rows.map(view)
}

export async function readScenario(app: App, id: number): Promise<ScenarioView> {
  return view(await rowOf(app, id))
}

async function rowOf(app: App, id: number) {
  const row = await app.workflow.db.selectFrom('plan_scenarios').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw optimizeErrors['optimize.no-such-scenario']({ scenario: id })
  return row
}

const view = (row: Awaited<ReturnType<typeof rowOf>>): ScenarioView => ({
  id: row.id,
  name: row.name,
  note: row.note,
  planId: row.plan_id,
  change: planChange.parse(row.change),
  outcome: row.outcome,
  by: row.by_name,
  changedAt: row.changed_at.toISOString(),
  deleted: row.deleted_at !== null,
})

interface Draft {
  name: string
  note: string
  change: PlanChange
}

/** Solved first, kept then: a change that cannot be solved for a fault of its own is refused before anything is written. */
export async function addScenario(app: App, planId: number, draft: Draft, who: Person): Promise<ScenarioView> {
  const solved = await tryChange(app, planId, draft.change)
  const { id } = await app.workflow.db
    .insertInto('plan_scenarios')
    .values({
      ...draft,
      change: asJson(draft.change),
      plan_id: planId,
      outcome: null,
      prices: null,
      choices_run: null,
      by_user: who.userId,
      by_name: who.name,
      changed_at: new Date(),
      deleted_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return keep(app, id, solved)
}

export async function changeScenario(app: App, id: number, draft: Partial<Draft>, who: Person): Promise<ScenarioView> {
  const row = await rowOf(app, id)
  if (row.deleted_at) throw optimizeErrors['optimize.no-such-scenario']({ scenario: id })
  const solved = draft.change ? await tryChange(app, row.plan_id, draft.change, row.prices ?? undefined) : undefined
  await app.workflow.db
    .updateTable('plan_scenarios')
    .set({
      ...(draft.name === undefined ? {} : { name: draft.name }),
      ...(draft.note === undefined ? {} : { note: draft.note }),
      ...(draft.change ? { change: asJson(draft.change) } : {}),
      by_user: who.userId,
      by_name: who.name,
      changed_at: new Date(),
    })
    .where('id', '=', id)
    .execute()
  return solved ? keep(app, id, solved) : readScenario(app, id)
}

/** A scenario taken away keeps its rows, so that it can be brought back. */
export async function removeScenario(app: App, id: number, removed: boolean): Promise<ScenarioView> {
  await rowOf(app, id)
  await app.workflow.db
    .updateTable('plan_scenarios')
    .set({ deleted_at: removed ? new Date() : null })
    .where('id', '=', id)
    .execute()
  return readScenario(app, id)
}

async function keep(app: App, id: number, { outcome, prices, chosen, base }: Solved & { base: BasePlan }) {
  const before = await rowOf(app, id)
  const run = outcome.feasible ? FIRST_SOLVE + (await app.runs.nextId('plan-solve')) : null
  if (run !== null) await writeScenarioChoices(app.facts, run, base, chosen, prices)
  await app.workflow.db
    .updateTable('plan_scenarios')
    .set({ outcome: asJson<Outcome>(outcome), prices: asJson(prices), choices_run: run })
    .where('id', '=', id)
    .execute()
  if (before.choices_run !== null) await dropRun(app.facts, scenarioChoices, String(before.choices_run))
  return readScenario(app, id)
}
