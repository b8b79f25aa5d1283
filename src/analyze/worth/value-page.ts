import type { z } from 'zod'
import { mainCurrency } from '../../collect/index.ts'
import type { App } from '../../platform/app.ts'
import type { Text } from '../../platform/text.ts'
import { modelOf } from '../models/registry.ts'
import { DISCOUNT_RATE } from '../models/value-of-buyers.ts'
import { runsOfTurn, type TurnRuns } from '../runs-of-turn.ts'
import type { valuePage as shape } from './api.ts'
import { categoryNames } from './category-names.ts'
import { groupRange, type Sums, sumsSql } from './group-range.ts'
import { modelName, problemText, ruleNames, sourceOf } from './names.ts'
import { horizonMonths } from './tables.ts'
import type { PurchasesDefinition, ValueDefinition } from './worth-record.ts'

type Page = z.infer<typeof shape>

/** Chances of still being a customer, in tenths. */
const ALIVE_BINS = 10

const aliveBinsSql = `
SELECT toUInt8(least(${ALIVE_BINS - 1}, floor(v.alive * ${ALIVE_BINS}))) AS place, count() AS customers, toFloat64(sum(v.value_12_minor)) AS value
FROM customer_values AS v
WHERE v.run_id = {models:UInt64} AND ({segment:String} = '' OR v.customer_id IN (
  SELECT customer_id FROM segment_members WHERE run_id = {segments:UInt64} AND segment = {segment:String}))
GROUP BY place`

/** Values in steps of 1, 2, 5 × powers of ten of the currency's major unit; below the first, one bin. */
const edges = [0, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000].map(v => v * 100)

const valueBinsSql = (months: number): string => `
SELECT toUInt8(arrayCount(e -> v.value_${months}_minor >= e, {edges:Array(Int64)})) AS place, count() AS customers,
  toFloat64(sum(v.value_${months}_minor)) AS value
FROM customer_values AS v
WHERE v.run_id = {models:UInt64} AND ({segment:String} = '' OR v.customer_id IN (
  SELECT customer_id FROM segment_members WHERE run_id = {segments:UInt64} AND segment = {segment:String}))
GROUP BY place`

const categoriesSql = `
SELECT category, count() AS customers,
  ${horizonMonths
    .map(
      m => `toFloat64(sum(value_${m}_minor)) AS value_${m},
  sum(pow((high_${m}_minor - low_${m}_minor) / 3.92, 2)) AS own_${m}`,
    )
    .join(',\n  ')}
FROM category_values
WHERE run_id = {models:UInt64} AND ({segment:String} = '' OR customer_id IN (
  SELECT customer_id FROM segment_members WHERE run_id = {segments:UInt64} AND segment = {segment:String}))
GROUP BY category
ORDER BY value_12 DESC, category`

interface Bin {
  place: number
  customers: number
  value: number
}

type CategoryRow = { category: string; customers: number } & Record<`value_${number}` | `own_${number}`, number>

/** What everybody, or a segment, is worth; which model says so, and how it did beside the others. */
export async function valuePage(app: App, segment: string): Promise<Page> {
  const runs = await runsOfTurn(app)
  const params = { models: runs.models, segments: runs.segments, segment }
  const [[sums], alive, categories, names, model, ...values] = await Promise.all([
    app.facts.query<Sums>(sumsSql('all'), params),
    app.facts.query<Bin>(aliveBinsSql, params),
    app.facts.query<CategoryRow>(categoriesSql, params),
    categoryNames(app),
    modelPart(app, runs),
    ...horizonMonths.map(m => app.facts.query<Bin>(valueBinsSql(m), { ...params, edges })),
  ])
  const totals = horizonMonths.map(months => ({ months, ...groupRange(sums, months, 'value') }))
  return {
    asOf: runs.asOf,
    currency: await mainCurrency(app.facts),
    customers: sums?.customers ?? 0,
    byContract: sums?.by_contract ?? 0,
    alive: sums?.alive ?? 0,
    purchases: sums?.purchases ?? 0,
    discountRate: DISCOUNT_RATE,
    totals,
    model,
    aliveBins: Array.from({ length: ALIVE_BINS }, (_, place) => ({
      from: place / ALIVE_BINS,
      to: (place + 1) / ALIVE_BINS,
      ...binOf(alive, place),
    })),
    valueBins: horizonMonths.map((months, h) => ({
      months,
      bins: [Number.NEGATIVE_INFINITY, ...edges].flatMap((from, place) => {
        const bin = binOf(values[h]!, place)
        if (bin.customers === 0 && place === 0) return []
        return [{ from: Number.isFinite(from) ? from : -1, to: edges[place] ?? null, ...bin }]
      }),
    })),
    categories: categories.map(row => ({
      category: row.category,
      name: names(row.category),
      customers: row.customers,
      values: horizonMonths.map((months, h) => {
        // The model's own error is the same part of every category.
        const shared = totals[h]!.minor !== 0 ? totals[h]!.modelError / totals[h]!.minor : 0
        const value = row[`value_${months}`] ?? 0
        const half = 1.96 * Math.sqrt((row[`own_${months}`] ?? 0) + (shared * value) ** 2)
        return { months, minor: value, lowMinor: value - half, highMinor: value + half }
      }),
    })),
  }
}

const binOf = (bins: readonly Bin[], place: number) => {
  const bin = bins.find(row => row.place === place)
  return { customers: bin?.customers ?? 0, valueMinor: bin?.value ?? 0 }
}

async function modelPart(app: App, runs: TurnRuns): Promise<Page['model']> {
  const [purchases, value] = await Promise.all([
    modelOf(app.workflow, runs.models, 'purchases'),
    modelOf(app.workflow, runs.models, 'value'),
  ])
  const known = purchases?.definition as PurchasesDefinition | undefined
  const money = value?.definition as ValueDefinition | undefined
  const parameters = (values: Record<string, number>, errors: Record<string, number>) =>
    Object.entries(values).map(([name, v]) => ({ name, value: v, error: errors[name] ?? null }))
  const errorsOf = (metrics: Record<string, number>) =>
    Object.fromEntries(Object.entries(metrics).flatMap(([k, v]) => (k.startsWith('se_') ? [[k.slice(3), v]] : [])))
  return {
    chosen: known && !purchases?.problem ? known.model : null,
    problem: problemText(purchases?.problem ?? value?.problem ?? null),
    trainedOn: purchases?.trained_on ?? 0,
    triedOn: known?.triedOn ?? 0,
    season: known?.season ?? { index: [], years: 0, gain: 0, used: false },
    level: known?.level ?? 1,
    ahead: known?.ahead ?? [],
    holdout: known?.holdout ?? null,
    withoutSeason: known?.withoutSeason ?? null,
    rivals: (known?.rivals ?? []).map(rival => ({
      model: rival.model,
      name: modelName(rival.model),
      source: sourceOf(rival.model),
      parameters: parameters(rival.parameters, rival.standardErrors),
      logLikelihood: rival.logLikelihood,
      aic: rival.aic,
      problem: problemText(rival.problem),
      holdout: rival.holdout,
    })),
    rules: (known?.rules ?? []).map(rule => ({ ...rule, name: ruleNames[rule.rule] ?? plain(rule.rule) })),
    verdict: known?.verdict ? known.verdict.text : null,
    ruleIsAsGood: known?.verdict ? known.verdict.ruleIsAsGood : null,
    spend: money ? parameters(money.parameters, errorsOf(value?.metrics ?? {})) : [],
    contracts:
      money && money.contracts.known > 0 ? { ...money.contracts, problem: problemText(money.contracts.problem) } : null,
    judged: purchases?.evidence ?? null,
  }
}

const plain = (text: string): Text => ({ en: text, zh: text })
