import type { Progress } from '../../platform/app.ts'
import type { Columns, Facts } from '../../platform/stores/facts/index.ts'
import { buyerRows, readCustomers } from './buyers.ts'
import { churnOfBuyers } from './churn-of-buyers.ts'
import type { ModelRecord } from './model-record.ts'
import { quintiles } from './quintiles.ts'
import { valueOfBuyers } from './value-of-buyers.ts'

export interface ScoreInput {
  runId: number
  identityRun: number
  featuresRun: number
  asOf: string
}

/** Rows written at a time: 1 M rows of scores are some 60 MB on their way. */
const BATCH = 250_000

/** Fits value and churn and writes one row of scores for every customer; those who never bought get noughts. */
export async function scoreCustomers(facts: Facts, input: ScoreInput, progress: Progress): Promise<ModelRecord[]> {
  progress(0, 4, 'read')
  const columns = await readCustomers(facts, input.featuresRun)
  const rows = buyerRows(columns)
  progress(1, 4, 'value')
  const value = valueOfBuyers(columns, rows)
  progress(2, 4, 'churn')
  const churn = await churnOfBuyers(facts, { ...input, customers: columns.rows }, columns, rows, value.silent)
  progress(3, 4, 'write')

  const place = new Int32Array(columns.rows).fill(-1)
  for (const [k, row] of rows.entries()) place[row] = k
  const rfm = marks(columns, rows)
  const ids = columns.u64('customer_id')
  const nobody: string[] = []
  for (let from = 0; from < columns.rows; from += BATCH) {
    const part = place.subarray(from, from + BATCH)
    const pick = <T>(of: (k: number) => T, otherwise: T): T[] => Array.from(part, k => (k < 0 ? otherwise : of(k)))
    const number = (column: ArrayLike<number>) => Float64Array.from(part, k => (k < 0 ? 0 : column[k]!))
    const minor = (column: ArrayLike<number>) => number(column).map(Math.round)
    await facts.insertColumns('scores', {
      run_id: { type: 'UInt64', values: new Float64Array(part.length).fill(input.runId) },
      customer_id: { type: 'UInt64', values: ids.subarray(from, from + BATCH) },
      r: { type: 'UInt8', values: number(rfm.r) },
      f: { type: 'UInt8', values: number(rfm.f) },
      m: { type: 'UInt8', values: number(rfm.m) },
      p_alive: { type: 'Float32', values: number(value.alive) },
      expected_purchases: { type: 'Float32', values: number(value.purchases) },
      value_minor: { type: 'Int64', values: minor(value.margin) },
      value_low_minor: { type: 'Int64', values: minor(value.low) },
      value_high_minor: { type: 'Int64', values: minor(value.high) },
      churn_probability: { type: 'Float32', values: number(churn.probability) },
      churn_reasons: { type: 'Array(String)', values: pick(k => churn.reasons[k]!, nobody) },
    })
  }
  progress(4, 4)
  return [...value.records, churn.record]
}

/** Recency counts backwards: the fewest days are the best. */
function marks(columns: Columns, rows: Uint32Array) {
  const of = (id: string, sign = 1) => {
    const all = columns.f64(id)
    return quintiles(Float64Array.from(rows, row => sign * all[row]!))
  }
  return { r: of('recency_days', -1), f: of('frequency'), m: of('monetary_minor') }
}
