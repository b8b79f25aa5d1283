import { asJson, type Workflow, type WorkflowTransaction } from '../../platform/stores/workflow/index.ts'
import { codeOf } from '../registry/code-of.ts'
import { keepVersions } from '../registry/versions.ts'
import type { ChurnPlan } from './churn-plan.ts'
import type { ModelId, ModelRecord } from './model-record.ts'

/** One row per model of a run; a run that is repeated replaces its own. What was trained goes into the registry of versions. */
export async function saveModels(
  workflow: Workflow,
  { runId, asOf, featuresRun, plan }: { runId: number; asOf: string; featuresRun: number; plan: ChurnPlan },
  records: readonly ModelRecord[],
): Promise<void> {
  await workflow.transaction(async tx => {
    await tx.deleteFrom('models').where('run_id', '=', runId).execute()
    for (const record of records) {
      const versionId = await versionOf(tx, { runId, asOf }, record, plan)
      await tx
        .insertInto('models')
        .values({
          ...{
            run_id: runId,
            model: record.model,
            as_of: asOf,
            trained_on: record.trainedOn,
            features_run: featuresRun,
          },
          parameters: asJson(record.parameters),
          metrics: asJson(record.metrics),
          definition: asJson<unknown>(record.definition),
          ...{
            problem: record.problem,
            verdict: 'unjudged',
            learner: record.learner ?? null,
            code: codeOf(record.model),
          },
          trained_as_of: record.trainedAsOf ?? null,
          drift: record.drift ? asJson(record.drift) : null,
          version_id: versionId,
        })
        .execute()
    }
    if (plan.train) await tx.deleteFrom('model_requests').where('model', '=', 'churn').execute()
  })
}

async function versionOf(
  tx: WorkflowTransaction,
  trained: { runId: number; asOf: string },
  record: ModelRecord,
  { settings }: ChurnPlan,
): Promise<number | null> {
  if (record.model !== 'churn') return null
  return keepVersions(tx, trained, record, settings.definition, settings.promotion.mode)
}

export const modelsOf = (workflow: Workflow, runId: number) =>
  workflow.db.selectFrom('models').selectAll().where('run_id', '=', runId).orderBy('id').execute()

export const modelOf = (workflow: Workflow, runId: number, model: ModelId) =>
  workflow.db.selectFrom('models').selectAll().where('run_id', '=', runId).where('model', '=', model).executeTakeFirst()
