import type { Columns, Facts } from '../../platform/stores/facts/index.ts'
import type { FeatureMatrix, MatrixFeature } from '../churn/feature-matrix.ts'
import { featureCatalogue } from '../features/catalogue.ts'

/** The features the churn model sees. */
export const predictors: readonly MatrixFeature[] = featureCatalogue.flatMap(({ id, predictor }) =>
  predictor ? [{ id, scale: predictor }] : [],
)

const forValue = [
  'purchase_days',
  'purchase_days_365',
  'recency_days',
  'tenure_days',
  'gross_minor',
  'monetary_minor',
  'margin_minor',
  'margin_365_minor',
  'frequency',
] as const

/** Everybody of a features run, in the order of their ids; numbers only, null as NaN. */
export async function readCustomers(facts: Facts, featuresRun: number): Promise<Columns> {
  const numbers = new Set<string>([...forValue, ...predictors.map(p => p.id)])
  const columns = [...numbers].map(id => `toFloat64(${id}) AS ${id}`).join(', ')
  return facts.columns(
    `SELECT customer_id, ${columns} FROM features WHERE run_id = {featuresRun:UInt64} ORDER BY customer_id`,
    { featuresRun },
  )
}

/** The predictors of the rows named. */
export function predictorMatrix(columns: Columns, rows: Uint32Array): FeatureMatrix {
  return {
    rows: rows.length,
    features: predictors,
    columns: predictors.map(({ id }) => {
      const all = columns.f64(id)
      return Float64Array.from(rows, row => all[row]!)
    }),
  }
}

/** Places of the customers who have bought something. */
export function buyerRows(columns: Columns): Uint32Array {
  const days = columns.f64('purchase_days')
  let count = 0
  for (const d of days) if (d > 0) count++
  const rows = new Uint32Array(count)
  let at = 0
  for (let i = 0; i < days.length; i++) if (days[i]! > 0) rows[at++] = i
  return rows
}
