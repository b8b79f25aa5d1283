import { asJson, type Workflow } from '../../platform/stores/workflow/index.ts'
import type { ModelId, ModelRecord } from './model-record.ts'

/** One row per model of a run; a run that is repeated replaces its own. */
export async function saveModels(
  workflow: Workflow,
  { runId, asOf, featuresRun }: { runId: number; asOf: string; featuresRun: number },
  records: readonly ModelRecord[],
): Promise<void> {
  await workflow.transaction(async tx => {
    await tx.deleteFrom('models').where('run_id', '=', runId).execute()
    await tx
      .insertInto('models')
      .values(
        records.map(record => ({
          run_id: runId,
          model: record.model,
          as_of: asOf,
          trained_on: record.trainedOn,
          features_run: featuresRun,
          parameters: asJson(record.parameters),
          metrics: asJson(record.metrics),
          definition: asJson<unknown>(record.definition),
          problem: record.problem,
          verdict: 'unjudged' as const,
        })),
      )
      .execute()
  })
}

export const modelsOf = (workflow: Workflow, runId: number) =>
  workflow.db.selectFrom('models').selectAll().where('run_id', '=', runId).orderBy('id').execute()

export const modelOf = (workflow: Workflow, runId: number, model: ModelId) =>
  workflow.db.selectFrom('models').selectAll().where('run_id', '=', runId).where('model', '=', model).executeTakeFirst()
