import type { App, Progress } from '../../../platform/app.ts'
import { dropRun } from '../../../platform/stores/facts/index.ts'
import { featuresStep, fillFeatures } from '../../features/step.ts'
import type { ScoreInput } from '../../models/score-customers.ts'
import { modelsStep } from '../../models/step.ts'
import { planTraining } from '../../registry/plan-training.ts'
import { runInWorker } from '../../run-in-worker.ts'
import type { LookRuns } from '../look/from-sql.ts'

/** Runs outside turns are numbered far above them; they share the tables of the runs of turns. */
const FIRST_RUN = 2_000_000_000

export async function runOutsideTurns(app: App): Promise<number> {
  return FIRST_RUN + (await app.runs.nextId('run-outside-turns'))
}

/**
 * Features and scores of everybody as a turn of that date would have had them: computed by the same pipeline, which sees
 * nothing of the date or later, and by models that were in use before it or are fitted on that. Under numbers of their own; the
 * caller drops them. `values`: also what each is worth over several years and by category.
 */
export async function computeAsOf(
  app: App,
  { asOf, identityRun, values = false }: { asOf: string; identityRun: number; values?: boolean },
  progress: Progress,
): Promise<LookRuns> {
  const runId = await runOutsideTurns(app)
  try {
    await fillFeatures(app, { runId, identityRun, asOf }, (done, total) => progress(done / 2, total))
    const churn = await planTraining(app, asOf)
    const input: ScoreInput = { runId, identityRun, featuresRun: runId, asOf, withValues: values, churn }
    await runInWorker('score-customers', app.facts, input, (done, total) => progress(total / 2 + done / 2, total))
    return { features: runId, models: runId }
  } catch (error) {
    await dropOutside(app, runId)
    throw error
  }
}

/** Tables that hold rows under a number outside turns. */
const writtenOutside = new Set([...featuresStep.writes, ...modelsStep.writes])

export async function dropOutside(app: App, runId: number): Promise<void> {
  for (const table of writtenOutside) await dropRun(app.facts, table, runId)
}

/** Computed once per date and identity run, then kept; what rests on an older identity run is dropped. */
export async function historyAt(
  app: App,
  at: { asOf: string; identityRun: number },
  progress: Progress,
): Promise<LookRuns> {
  const { db } = app.workflow
  const old = await db.selectFrom('segment_history').selectAll().where('identity_run', '!=', at.identityRun).execute()
  for (const row of old) {
    await dropOutside(app, row.features_run)
    await db
      .deleteFrom('segment_history')
      .where('identity_run', '=', row.identity_run)
      .where('as_of', '=', row.as_of)
      .execute()
  }
  const kept = await db
    .selectFrom('segment_history')
    .selectAll()
    .where('identity_run', '=', at.identityRun)
    .where('as_of', '=', at.asOf)
    .executeTakeFirst()
  if (kept) return { features: kept.features_run, models: kept.scores_run }
  const runs = await computeAsOf(app, at, progress)
  await db
    .insertInto('segment_history')
    .values({
      identity_run: at.identityRun,
      as_of: at.asOf,
      features_run: runs.features,
      scores_run: runs.models,
      made_at: new Date(),
    })
    .execute()
  return runs
}

/** Customers were changed since (merged, split, told us something): what was computed of them no longer holds. */
export async function forgetHistory(app: App): Promise<void> {
  const rows = await app.workflow.db.selectFrom('segment_history').selectAll().execute()
  for (const row of rows) await dropOutside(app, row.features_run)
  await app.workflow.db.deleteFrom('segment_history').execute()
}

/** The same day so many months earlier; the last of the month where it has no such day. */
export function monthsBefore(date: string, months: number): string {
  const day = Number(date.slice(8))
  const first = new Date(Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1 - months, 1))
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  return new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), Math.min(day, last))).toISOString().slice(0, 10)
}
