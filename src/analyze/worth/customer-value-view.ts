import type { z } from 'zod'
import { mainCurrency } from '../../collect/index.ts'
import type { App } from '../../platform/app.ts'
import { modelOf } from '../models/registry.ts'
import { runsOfTurn } from '../runs-of-turn.ts'
import { repeatModels } from '../value/repeat-models.ts'
import type { customerValue as shape } from './api.ts'
import { categoryNames } from './category-names.ts'
import { worthErrors } from './errors.ts'
import { modelName } from './names.ts'
import { dayOf, noSeason, SeasonClock } from './season-clock.ts'
import { horizonMonths } from './tables.ts'
import type { PurchasesDefinition } from './worth-record.ts'

type View = z.infer<typeof shape>
type Row = Record<string, number> & { method: View['method']; category: string }

/** What one customer is worth, by category, and how the chance that they are still one falls with silence. */
export async function customerValueView(app: App, customerId: number): Promise<View> {
  const { asOf, features, models } = await runsOfTurn(app)
  const params = { models, features, customerId }
  const [[own], categories, [known], model, names, currency] = await Promise.all([
    app.facts.query<Row>(
      'SELECT * FROM customer_values WHERE run_id = {models:UInt64} AND customer_id = {customerId:UInt64}',
      params,
    ),
    app.facts.query<Row>(
      `SELECT * FROM category_values WHERE run_id = {models:UInt64} AND customer_id = {customerId:UInt64}
       ORDER BY value_12_minor DESC, category`,
      params,
    ),
    app.facts.query<{ days: number; recency: number | null; tenure: number | null }>(
      `SELECT purchase_days AS days, recency_days AS recency, tenure_days AS tenure FROM features
       WHERE run_id = {features:UInt64} AND customer_id = {customerId:UInt64}`,
      params,
    ),
    modelOf(app.workflow, models, 'purchases'),
    categoryNames(app),
    mainCurrency(app.facts),
  ])
  if (!own) throw worthErrors['analyze.no-value']({ customer: customerId })
  const values = (row: Row) =>
    horizonMonths.map(months => ({
      months,
      minor: row[`value_${months}_minor`]!,
      lowMinor: row[`low_${months}_minor`]!,
      highMinor: row[`high_${months}_minor`]!,
    }))
  const curve =
    own.method === 'purchases' && model && !model.problem && known && known.recency !== null && known.tenure !== null
      ? aliveCurve(model.definition as PurchasesDefinition, dayOf(asOf), {
          repeats: known.days - 1,
          recency: known.recency,
          tenure: known.tenure,
        })
      : null
  return {
    asOf,
    currency,
    method: own.method,
    alive: own['alive']!,
    leaves: own['leaves']!,
    values: values(own).map(value => ({
      ...value,
      purchases: own[`purchases_${value.months}`]!,
      lostMinor: own[`lost_${value.months}_minor`]!,
    })),
    categories: categories.map(row => ({
      category: row.category,
      name: names(row.category),
      share: row['share']!,
      values: values(row),
    })),
    curve,
  }
}

/** Shown at least so far after the last purchase, and as long again as the silence so far. */
const LEAST_DAYS = 365
const POINTS = 60

/** P(alive) had nobody asked until so many days after the last purchase: the same history, watched for longer. */
export function aliveCurve(
  { model: id, parameters, season }: PurchasesDefinition,
  asOf: number,
  { repeats, recency, tenure }: { repeats: number; recency: number; tenure: number },
): View['curve'] {
  const model = repeatModels.find(one => one.id === id)
  if (!model) return null
  const p = Float64Array.from(model.parameters, name => parameters[name]!)
  const first = asOf - tenure
  const last = asOf - recency
  const reach = Math.max(LEAST_DAYS, 2 * recency)
  const clock = new SeasonClock(season.used ? season.index : noSeason, first, last + reach + 1)
  const tx = clock.between(first, last)
  const days = new Set(Array.from({ length: POINTS + 1 }, (_, k) => Math.round((reach * k) / POINTS)))
  days.add(recency)
  return {
    model: modelName(id),
    silentDays: recency,
    points: [...days]
      .toSorted((a, b) => a - b)
      .map(silent => ({ days: silent, alive: model.alive(p, repeats, tx, clock.between(first, last + silent)) })),
  }
}
