import type { Columns, Facts } from '../../platform/stores/facts/index.ts'
import type { BuyersValue } from '../models/value-of-buyers.ts'
import { outlook } from '../value/customer-value.ts'
import { yearlySteps } from '../value/horizons.ts'
import { categoryTotalsSql, fillCategoryValues } from './category-values-sql.ts'
import { countShape } from './count-shape.ts'
import { keepable } from './leaving.ts'
import { horizonMonths } from './tables.ts'
import { valueSlopes } from './value-slopes.ts'

interface Input {
  runId: number
  identityRun: number
  asOf: string
  discountRate: number
  /** Chance of leaving by row of the columns, and the days of silence that count as leaving. */
  churn: Float32Array
  churnDays: number
}

/** Rows written at a time. */
const BATCH = 200_000
/** Customers whose categories are valued at a time: memory stays flat. */
const SLICE_CUSTOMERS = 250_000
/** What everybody buys is known well enough from so many. */
const MOST_FOR_TOTALS = 200_000

/** Writes customer_values, and category_values from it inside the engine. */
export async function writeCustomerValues(
  facts: Facts,
  input: Input,
  columns: Columns,
  value: BuyersValue,
): Promise<void> {
  const { rows, horizons, basis } = value
  const ids = columns.u64('customer_id')
  const purchaseDays = columns.f64('purchase_days')
  const n = rows.length
  const steps = basis && yearlySteps(horizonMonths.length, input.discountRate, basis.clock)
  const slopes =
    basis &&
    steps &&
    valueSlopes(basis.choice.chosen!.model, basis.fit, basis.histories, steps, basis.clock(input.churnDays))
  const shapes = basis && steps && countShapes(basis, steps)
  const rowOf = (i: number) => basis!.histories.rowOf[i]!
  const leaves = Float32Array.from(rows, (row, i) =>
    value.contracts.has(i) ? value.contracts.get(i)!.leaves : keepable(input.churn[row]!, value.alive[i]!),
  )
  const lost = (i: number, h: number): number => {
    const contract = value.contracts.get(i)
    if (contract) return contract.lost[h]!
    return slopes ? leaves[i]! * slopes.gain[h]![rowOf(i)]! * value.perPurchase[i]! : 0
  }
  for (let from = 0; from < n; from += BATCH) {
    const to = Math.min(n, from + BATCH)
    const part = <A extends Float32Array | Float64Array>(values: A) => values.subarray(from, to)
    const narrow = (of: (i: number) => number) => ({
      type: 'Float32',
      values: Float32Array.from({ length: to - from }, (_, k) => of(from + k)),
    })
    const written: Record<string, { type: string; values: ArrayLike<unknown> }> = {
      run_id: { type: 'UInt64', values: new Float64Array(to - from).fill(input.runId) },
      customer_id: {
        type: 'UInt64',
        values: BigUint64Array.from({ length: to - from }, (_, k) => ids[rows[from + k]!]!),
      },
      method: {
        type: 'LowCardinality(String)',
        values: Array.from({ length: to - from }, (_, k) =>
          value.contracts.has(from + k) ? 'contract' : value.method,
        ),
      },
      alive: { type: 'Float32', values: part(value.alive) },
      leaves: { type: 'Float32', values: part(leaves) },
      purchase_days: {
        type: 'UInt32',
        values: Float64Array.from({ length: to - from }, (_, k) => purchaseDays[rows[from + k]!] || 0),
      },
      per_purchase_minor: { type: 'Float32', values: part(value.perPurchase) },
    }
    for (const [h, months] of horizonMonths.entries()) {
      const own = horizons[h]!
      written[`value_${months}_minor`] = { type: 'Int64', values: part(own.margin).map(Math.round) }
      written[`low_${months}_minor`] = { type: 'Int64', values: part(own.low).map(Math.round) }
      written[`high_${months}_minor`] = { type: 'Int64', values: part(own.high).map(Math.round) }
      written[`deviation_${months}`] = { type: 'Float32', values: part(own.deviation) }
      written[`own_${months}`] = { type: 'Float32', values: part(own.own) }
      written[`purchases_${months}`] = { type: 'Float32', values: part(own.purchases) }
      written[`count_shape_${months}`] = narrow(i => (shapes && !value.contracts.has(i) ? shapes[h]![rowOf(i)]! : 1e6))
      written[`lost_${months}_minor`] = narrow(i => lost(i, h))
    }
    for (const [h, months] of [
      [0, 12],
      [2, 36],
    ] as const)
      for (let k = 0; k < 4; k++) {
        const slope = (what: 'value' | 'kept', i: number) =>
          slopes && !value.contracts.has(i) ? (slopes[what][h]![k]?.[rowOf(i)] ?? 0) * value.perPurchase[i]! : 0
        written[`slope_value_${months}_${k + 1}`] = narrow(i => slope('value', i))
        written[`slope_lost_${months}_${k + 1}`] = narrow(i => leaves[i]! * slope('kept', i))
      }
    await facts.insertColumns('customer_values', written)
  }
  await writeCategories(facts, input, n)
}

/** By distinct history. */
function countShapes(basis: NonNullable<BuyersValue['basis']>, steps: ReturnType<typeof yearlySteps>): Float32Array[] {
  const { moments, pairOf } = outlook(basis.choice.chosen!.model, basis.fit.parameters, basis.histories, steps)
  return horizonMonths.map((_, h) => {
    const byPair = moments.map(pair => countShape(pair[h]!))
    return Float32Array.from(pairOf, pair => byPair[pair]!)
  })
}

interface Total {
  category: string
  margin: number
  rate: number
  days: number
}

async function writeCategories(facts: Facts, { runId, identityRun, asOf }: Input, customers: number): Promise<void> {
  const sample = { slices: Math.max(1, Math.ceil(customers / MOST_FOR_TOTALS)), slice: 0 }
  const totals = await facts.query<Total>(categoryTotalsSql, { identityRun, asOf, ...sample })
  const { purchases } = await facts.one<{ purchases: number }>(
    `SELECT toFloat64(sum(purchase_days)) AS purchases FROM customer_values
     WHERE run_id = {runId:UInt64} AND customer_id % {slices:UInt32} = {slice:UInt32}`,
    { runId, ...sample },
  )
  const margin = totals.reduce((s, row) => s + row.margin, 0)
  const params = {
    runId,
    identityRun,
    asOf,
    prior: Math.max(1e-6, margin / Math.max(1, purchases)),
    categories: totals.map(row => row.category),
    rates: totals.map(row => row.rate),
    shares: totals.map(row => (margin > 0 ? row.margin / margin : 0)),
    days: totals.map(row => Math.min(1, row.days / Math.max(1, purchases))),
  }
  const slices = Math.max(1, Math.ceil(customers / SLICE_CUSTOMERS))
  for (let slice = 0; slice < slices; slice++)
    await facts.exec(
      fillCategoryValues,
      { ...params, slices, slice },
      { settings: { optimize_aggregation_in_order: 1 } },
    )
}
