import type { Step } from '../../platform/app.ts'
import { asJson, type Workflow } from '../../platform/stores/workflow/index.ts'
import { type ChurnDefinition, churnDefinitionSchema, defaultDefinition } from '../churn/definition.ts'
import { modelsOf } from '../models/registry.ts'
import { runInWorker } from '../run-in-worker.ts'
import { modelChecks } from '../tables.ts'
import type { JudgeInput } from './judge-models.ts'

/** The time after the date is revealed, and every model judged on it. */
export const judgeStep: Step = {
  id: 'judge',
  title: { en: 'Models judged on what followed', zh: '用后来发生的事评判模型' },
  resumes: false,
  writes: [modelChecks],
  async run({ app, turn, runId, runOf, progress }) {
    const modelsRun = runOf('models')
    const featuresRun = runOf('features')
    const { customers } = await app.facts.one<{ customers: number }>(
      'SELECT count() AS customers FROM features WHERE run_id = {featuresRun:UInt64}',
      { featuresRun },
    )
    const models = await modelsOf(app.workflow, modelsRun)
    const leaving = await meaningOf(app.workflow, models.find(row => row.model === 'churn')?.version_id ?? null)
    const input: JudgeInput = {
      runId,
      identityRun: runOf('identity'),
      featuresRun,
      modelsRun,
      asOf: turn.asOf,
      churnDays: leaving.days,
      leaving,
      customers,
    }
    const standIns = new Set(models.filter(row => row.problem !== null).map(row => row.model))
    const judgements = await runInWorker('judge-models', app.facts, input, progress)
    for (const { model, verdict, evidence, metrics } of judgements) {
      const own = models.find(row => row.model === model)
      // Where the simple rule stood in, there is no model to judge.
      if (!own || standIns.has(model)) continue
      await app.workflow.db
        .updateTable('models')
        .set({
          verdict,
          evidence: asJson(evidence),
          metrics: asJson({ ...own.metrics, ...afterwards(metrics) }),
          judged_by_run: runId,
        })
        .where('id', '=', own.id)
        .execute()
    }
    return Object.fromEntries(
      judgements.map(({ model, verdict }) => [model, standIns.has(model) ? 'not used' : verdict]),
    )
  },
}

/** What leaving meant to the version that scored. */
export async function meaningOf(workflow: Workflow, version: number | null): Promise<ChurnDefinition> {
  if (version === null) return defaultDefinition
  const row = await workflow.db
    .selectFrom('model_versions')
    .select('about')
    .where('id', '=', version)
    .executeTakeFirst()
  return row ? churnDefinitionSchema.parse(row.about) : defaultDefinition
}

/** Figures of the judgement stand beside those of the training, under names of their own; JSON has no NaN. */
const afterwards = (metrics: Record<string, number>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(metrics)
      .filter(([, value]) => Number.isFinite(value))
      .map(([name, value]) => [`after.${name}`, value]),
  )
