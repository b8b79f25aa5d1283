import type { Progress } from '../../platform/app.ts'
import type { Columns, Facts } from '../../platform/stores/facts/index.ts'
import { defaultDefinition } from '../churn/definition.ts'
import { scoreUplift } from '../uplift/score-uplift.ts'
import type { StoredUplift } from '../uplift/uplift-version.ts'
import { writeCustomerValues } from '../worth/write-customer-values.ts'
import { buyerRows, readCustomers } from './buyers.ts'
import { churnOfBuyers } from './churn-of-buyers.ts'
import type { ChurnPlan } from './churn-plan.ts'
import { leavingOfCustomers } from './leaving-of-customers.ts'
import type { ModelRecord } from './model-record.ts'
import { quintiles } from './quintiles.ts'
import { DISCOUNT_RATE, valueOfBuyers } from './value-of-buyers.ts'

export interface ScoreInput {
  runId: number
  identityRun: number
  featuresRun: number
  asOf: string
  /** Also write what each is worth over 12, 24 and 36 months, by category: customer_values and category_values. */
  withValues?: boolean
  /** What to do about churn; absent: train both learners, use the better. */
  churn?: ChurnPlan
  /** Learned from trials; absent: nobody has an uplift. */
  uplift?: { versionId: number; model: StoredUplift } | null
}

/** Rows written at a time: 1 M rows of scores are some 60 MB on their way. */
const BATCH = 250_000

/** Fits value and churn and writes one row of scores for every customer; those who never bought get noughts. */
export async function scoreCustomers(facts: Facts, input: ScoreInput, progress: Progress): Promise<ModelRecord[]> {
  progress(0, 4, 'read')
  const columns = await readCustomers(facts, input.featuresRun)
  const rows = buyerRows(columns)
  progress(1, 4, 'value')
  const value = await valueOfBuyers(facts, input, columns, rows)
  const year = value.horizons[0]!
  progress(2, 4, 'churn')
  const known = { ...input, customers: columns.rows }
  const churn = await churnOfBuyers(facts, known, columns, rows, value.silent, input.churn)
  // Asked about earlier dates, nobody wants to know when.
  const leaving = input.churn ? [await leavingOfCustomers(facts, known, input.churn.settings.definition)] : []
  if (input.withValues) {
    const leaving = { churn: churn.probability, churnDays: churn.record.parameters['days'] ?? defaultDefinition.days }
    await writeCustomerValues(facts, { ...input, ...leaving, discountRate: DISCOUNT_RATE }, columns, value)
  }
  const moved = input.uplift ? scoreUplift(input.uplift, columns) : null
  progress(3, 4, 'write')

  const place = new Int32Array(columns.rows).fill(-1)
  for (const [k, row] of rows.entries()) place[row] = k
  // Those who have a contract and never bought are worth something as well.
  const valued = place.slice()
  for (const [k, row] of value.rows.entries()) valued[row] = k
  const rfm = marks(columns, rows)
  const ids = columns.u64('customer_id')
  const nobody: readonly string[] = []
  for (let from = 0; from < columns.rows; from += BATCH) {
    const part = place.subarray(from, from + BATCH)
    const number = (column: ArrayLike<number>) => Float64Array.from(part, k => (k < 0 ? 0 : column[k]!))
    const worth = (column: ArrayLike<number>) =>
      Float64Array.from(valued.subarray(from, from + BATCH), k => (k < 0 ? 0 : column[k]!))
    const minor = (column: ArrayLike<number>) => worth(column).map(Math.round)
    await facts.insertColumns('scores', {
      run_id: { type: 'UInt64', values: new Float64Array(part.length).fill(input.runId) },
      customer_id: { type: 'UInt64', values: ids.subarray(from, from + BATCH) },
      r: { type: 'UInt8', values: number(rfm.r) },
      f: { type: 'UInt8', values: number(rfm.f) },
      m: { type: 'UInt8', values: number(rfm.m) },
      p_alive: { type: 'Float32', values: worth(value.alive) },
      expected_purchases: { type: 'Float32', values: worth(year.purchases) },
      value_minor: { type: 'Int64', values: minor(year.margin) },
      value_low_minor: { type: 'Int64', values: minor(year.low) },
      value_high_minor: { type: 'Int64', values: minor(year.high) },
      churn_probability: { type: 'Float32', values: churn.probability.subarray(from, from + BATCH) },
      churn_reasons: {
        type: 'Array(String)',
        values: Array.from(part, (_, k) => churn.reasons[from + k] ?? nobody),
      },
      ...(moved ? { uplift: { type: 'Nullable(Float32)', values: moved.uplift.subarray(from, from + BATCH) } } : {}),
    })
  }
  progress(4, 4)
  return [...value.records, churn.record, ...leaving, ...(moved ? [moved.record] : [])]
}

/** Recency counts backwards: the fewest days are the best. */
function marks(columns: Columns, rows: Uint32Array) {
  const of = (id: string, sign = 1) => {
    const all = columns.f64(id)
    return quintiles(Float64Array.from(rows, row => sign * all[row]!))
  }
  return { r: of('recency_days', -1), f: of('frequency'), m: of('monetary_minor') }
}
