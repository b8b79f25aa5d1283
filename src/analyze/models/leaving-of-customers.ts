import type { Facts } from '../../platform/stores/facts/index.ts'
import type { ChurnDefinition } from '../churn/definition.ts'
import { definitionParams } from '../churn/population-sql.ts'
import { featuresFor } from '../churn/training-set.ts'
import { firstDay, MONTH_DAYS, MONTHS, whoLeftWhen } from '../hazard/periods-sql.ts'
import { trainHazard } from '../hazard/train-hazard.ts'
import { predictors } from './buyers.ts'
import { daysBefore } from './dates.ts'
import type { ModelRecord } from './model-record.ts'

/** Customers followed month by month: 15 thousand over a year are some 120 thousand rows, fitted in a second. */
const MOST_FOLLOWED = 15_000
/** Before so many days of history nothing tells customers apart. */
const LEAST_HISTORY = 90

/** When customers leave: fitted on those who could on a date far enough back that a year of months has been seen, or as many as there are. */
export async function leavingOfCustomers(
  facts: Facts,
  input: { identityRun: number; asOf: string; customers: number },
  definition: ChurnDefinition,
): Promise<ModelRecord> {
  const { identityRun, asOf } = input
  const own = definitionParams(definition)
  const { day } = await facts.one<{ day: string }>(firstDay(definition), { identityRun, asOf, ...own })
  const record = (rest: Partial<ModelRecord>): ModelRecord => ({
    ...{ model: 'leaving', learner: 'hazard', trainedOn: 0, parameters: { days: definition.days } },
    ...{ metrics: {}, definition: null, problem: null },
    ...rest,
  })
  // The last month that can be judged ends, or begins its silence, where what is known ends.
  const tail = definition.kind === 'silence' ? definition.days - MONTH_DAYS : 0
  const known = Math.floor((Date.parse(asOf) - Date.parse(day)) / 86_400_000) - LEAST_HISTORY - tail
  const months = Math.max(0, Math.min(MONTHS, Math.floor(known / MONTH_DAYS)))
  if (months < 2) return record({ problem: 'too-short' })
  const base = daysBefore(asOf, tail + months * MONTH_DAYS)
  const slices = Math.max(1, Math.ceil(input.customers / MOST_FOLLOWED))
  const rows = await facts.columns(
    whoLeftWhen(
      featuresFor(
        predictors.map(p => p.id),
        'base',
      ),
      predictors.map(p => p.id),
      definition,
    ),
    { identityRun, base, asOf, months, slices, slice: 0, ...own },
    { settings: { optimize_aggregation_in_order: 1 } },
  )
  const trained = trainHazard(
    { rows: rows.rows, features: predictors, columns: predictors.map(({ id }) => rows.f64(id)) },
    Uint8Array.from(rows.f64('left_in')),
    months,
    definition,
  )
  if (!trained) return record({ trainedOn: rows.rows, problem: 'too-few' })
  const { model, customers, periods, leavers, auc, byMonth } = trained
  const sum = (of: 'expected' | 'actual') => byMonth.reduce((total, row) => total + row[of], 0)
  return record({
    trainedOn: customers,
    trainedAsOf: base,
    parameters: { days: definition.days, months, intercept: model.intercept },
    metrics: { auc, leavers, periods, expected: sum('expected'), actual: sum('actual') },
    definition: { ...model, byMonth },
  })
}
