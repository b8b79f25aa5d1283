import type { Columns } from '../../platform/stores/facts/index.ts'
import type { ModelRecord } from '../models/model-record.ts'
import { predictUplift } from './model.ts'
import type { StoredUplift } from './uplift-version.ts'

/** What being contacted adds to each customer's chance of buying; customers it never saw the like of get what the models say of them. */
export function scoreUplift(
  { versionId, model }: { versionId: number; model: StoredUplift },
  columns: Columns,
): { uplift: Float64Array; record: ModelRecord } {
  const missing = new Float64Array(columns.rows).fill(Number.NaN)
  const known = new Set(columns.names)
  const uplift = predictUplift(model, {
    rows: columns.rows,
    columns: model.columns.map(({ name }) => ({
      kind: 'number',
      name,
      values: known.has(name) ? columns.f64(name) : missing,
    })),
  })
  return {
    uplift,
    record: {
      ...{
        model: 'uplift',
        learner: model.learner,
        trainedOn: model.trials.reduce((n, t) => n + t.treated + t.control, 0),
      },
      ...{ versionId, parameters: { average: model.average }, definition: null, problem: null },
      metrics: { qini: model.curve.qini.value, averageUplift: model.average },
    },
  }
}
