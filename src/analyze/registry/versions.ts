import { asJson, type Workflow, type WorkflowTransaction } from '../../platform/stores/workflow/index.ts'
import type { ModelId, ModelRecord } from '../models/model-record.ts'
import { codeOf } from './code-of.ts'

/** Versions whose definition is kept: what can still be put back into use. */
const KEPT = 20

/** Trained between turns. */
export const NO_RUN = 0

export interface TrainedIn {
  runId: number
  asOf: string
}

/**
 * Keeps what a turn trained. What the turn used is champion and its forerunner retires; the rest are challengers. A run that is repeated
 * replaces its own. Returns the version in use.
 */
export async function keepVersions(
  tx: WorkflowTransaction,
  { runId, asOf }: TrainedIn,
  record: ModelRecord,
  about: unknown,
  approver: string,
): Promise<number | null> {
  const { model, candidates = [] } = record
  let own = tx.deleteFrom('model_versions').where('run_id', '=', runId).where('model', '=', model)
  // Without a run of its own: what was trained before and never used makes room, what was approved stays.
  if (runId === NO_RUN) own = own.where('role', '=', 'challenger')
  await own.execute()
  let inUse = record.versionId ?? null
  for (const one of candidates) {
    if (one.used)
      await tx
        .updateTable('model_versions')
        .set({ role: 'retired', decided_at: new Date(), decided_by: null, decided_name: approver })
        .where('model', '=', model)
        .where('role', '=', 'champion')
        .execute()
    const { id } = await tx
      .insertInto('model_versions')
      .values({
        ...{ model, learner: one.learner, role: one.used ? 'champion' : 'challenger', run_id: runId },
        ...{ as_of: record.trainedAsOf ?? asOf, known_until: asOf, code: codeOf(model), trained_on: one.trainedOn },
        about: asJson(about),
        inputs: asJson(Object.keys(one.reference.features)),
        metrics: asJson(one.metrics),
        deciles: asJson(one.deciles),
        definition: asJson<unknown>(one.definition),
        reference: asJson(one.reference),
        why: asJson(one.why),
        ...{ decided_by: null, decided_name: approver, decided_at: new Date() },
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    if (one.used) inUse = id
  }
  await forgetOld(tx, model)
  return inUse
}

async function forgetOld(tx: WorkflowTransaction, model: ModelId): Promise<void> {
  const kept = await tx
    .selectFrom('model_versions')
    .select('id')
    .where('model', '=', model)
    .where('definition', 'is not', null)
    .orderBy('id', 'desc')
    .offset(KEPT)
    .execute()
  const old = kept.map(row => row.id)
  if (old.length > 0)
    await tx
      .updateTable('model_versions')
      .set({ definition: null, reference: null })
      .where('id', 'in', old)
      .where('role', '!=', 'champion')
      .execute()
}

/** The version in use for turns as of a date: what it learned from had all happened by then. */
export const championOf = (workflow: Workflow, model: ModelId, asOf: string) =>
  workflow.db
    .selectFrom('model_versions')
    .selectAll()
    .where('model', '=', model)
    .where('role', '=', 'champion')
    .where('known_until', '<=', asOf)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
