import type { App } from '../../platform/app.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import type { Text } from '../../platform/text.ts'
import { codeOf } from '../registry/code-of.ts'
import { championOf } from '../registry/versions.ts'
import { runInWorker } from '../run-in-worker.ts'
import { runsOfTurn } from '../runs-of-turn.ts'
import type { LearnedUplift } from './learn-from-trials.ts'
import type { UpliftModel } from './model.ts'

export type StoredUplift = UpliftModel & Pick<LearnedUplift, 'curve' | 'deciles' | 'trials'> & { average: number }

/** Learns from the trials known to the newest turn. It is used where the held-out half says that its order beats chance. */
export async function learnUplift(app: App): Promise<number | null> {
  const runs = await runsOfTurn(app)
  const learned = await runInWorker(
    'learn-uplift',
    app.facts,
    { identityRun: runs.identity, asOf: runs.asOf },
    () => undefined,
  )
  if (!learned) return null
  const { model, curve, deciles, average, trials, rows } = learned
  const works = curve.qini.low > 0
  const definition: StoredUplift = { ...model, curve, deciles, trials, average: average.uplift }
  return app.workflow.transaction(async tx => {
    if (works)
      await tx
        .updateTable('model_versions')
        .set({ role: 'retired', decided_at: new Date(), decided_by: null, decided_name: 'rule' })
        .where('model', '=', 'uplift')
        .where('role', '=', 'champion')
        .execute()
    const { id } = await tx
      .insertInto('model_versions')
      .values({
        ...{ model: 'uplift', learner: model.learner, role: works ? 'champion' : 'challenger', run_id: 0 },
        ...{ as_of: trials[0]!.day, known_until: runs.asOf, code: codeOf('uplift'), trained_on: rows },
        about: asJson<unknown>({ trials }),
        inputs: asJson(model.columns.map(column => column.name)),
        metrics: asJson({
          ...{ qini: curve.qini.value, qiniLow: curve.qini.low, qiniHigh: curve.qini.high, auuc: curve.auuc.value },
          ...{ averageUplift: average.uplift, averageError: average.error, topUplift: deciles[0]!.uplift },
          ...{ topError: deciles[0]!.error, trials: trials.length },
        }),
        deciles: asJson(
          deciles.map(d => ({ customers: d.treated + d.control, expected: d.predicted, actual: d.uplift })),
        ),
        definition: asJson<unknown>(definition),
        reference: null,
        why: asJson(why(learned, works)),
        ...{ decided_by: null, decided_name: 'rule', decided_at: new Date() },
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    return id
  })
}

function why({ curve, trials }: LearnedUplift, works: boolean): Text {
  const [low, high] = [curve.qini.low, curve.qini.high].map(v => v.toFixed(4)) as [string, string]
  const of = trials.length
  return works
    ? {
        en: `From ${of} trials; on the half it had not seen its order beats chance (Qini ${low} to ${high}).`,
        zh: `来自 ${of} 次试验；在未见过的一半上，其排序优于随机（Qini ${low} 至 ${high}）。`,
      }
    : {
        en: `From ${of} trials; on the half it had not seen its order cannot be told from chance (Qini ${low} to ${high}): not used.`,
        zh: `来自 ${of} 次试验；在未见过的一半上，其排序与随机无法区分（Qini ${low} 至 ${high}）：不使用。`,
      }
}

/** What turns as of a date score customers with; null: nothing has been learned, or nothing that works. */
export async function upliftInUse(
  app: Pick<App, 'workflow'>,
  asOf: string,
): Promise<{ versionId: number; model: StoredUplift } | null> {
  const row = await championOf(app.workflow, 'uplift', asOf)
  return row?.definition ? { versionId: row.id, model: row.definition as StoredUplift } : null
}
