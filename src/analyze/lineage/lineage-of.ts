import type { App } from '../../platform/app.ts'
import { errors } from '../errors.ts'
import { featureById, plainValue, scoreFeatures } from '../features/catalogue.ts'
import { featureErrors } from '../features/errors.ts'
import { type Feature, sourceNames, unitNames } from '../features/feature.ts'
import { ownFeature } from '../features/own/own-feature.ts'
import { declaredFeatures } from '../features/own/store.ts'
import type { OwnFeature } from '../features/pipeline.ts'
import { ruleFeaturesOf } from '../features/stored-values.ts'
import { predictors } from '../models/buyers.ts'
import { modelOf } from '../models/registry.ts'
import { runsOfTurn, type TurnRuns } from '../runs-of-turn.ts'
import type { FeatureValue } from '../segments/domain.ts'
import type { Lineage } from './api.ts'
import { type CountedRows, countedAnswers, countedEvents, countedPurchases } from './counted-rows.ts'
import { goldenFields } from './golden-fields.ts'

type Reader = { roles: readonly string[] }
type Page = { offset: number; limit: number }

const counted = {
  purchases: countedPurchases,
  events: countedEvents,
  customer_attributes: countedAnswers,
} as const

/** A value of one customer down to the rows it was counted from and the files they stood in. */
export async function lineageOf(
  app: App,
  { customerId, feature: id }: { customerId: number; feature: string },
  page: Page,
  reader: Reader,
): Promise<Lineage> {
  const runs = await runsOfTurn(app)
  const feature: Feature | OwnFeature | undefined = featureById.get(id) ?? (await ownOf(app, id))
  const score = scoreFeatures.find(candidate => candidate.id === id)
  if (!feature && !score) throw featureErrors['analyze.no-such-feature']({ feature: id })
  const values = await valuesOf(app, runs, customerId)
  const known = await ruleFeaturesOf(app)
  const inputs = (ids: readonly string[]): Lineage['inputs'] =>
    ids.flatMap(other => {
      const about = known.get(other)
      return about
        ? [{ id: other, name: about.name, value: plainValue(about.unit, values(other)), unit: unitNames[about.unit] }]
        : []
    })
  const common = { customerId, asOf: runs.asOf, value: plainValue((feature ?? score!).unit, values(id)) }
  if (!feature) {
    const model = score!.model ? await modelOf(app.workflow, runs.models, score!.model) : undefined
    return {
      ...common,
      feature: { id, name: score!.name, meaning: score!.name, unit: unitNames[score!.unit] },
      from: 'model',
      fromName: { en: 'a model', zh: '模型' },
      formula: score!.column,
      counts: null,
      inputs: inputs(model?.model === 'churn' ? predictors.map(predictor => predictor.id) : purchaseInputs),
      model: model ? { id: model.model, verdict: model.verdict, trainedOn: Number(model.trained_on) } : null,
      total: 0,
      rows: [],
    }
  }
  const { total, rows } = await rowsOf(app, feature, runs, customerId, page, reader)
  return {
    ...common,
    feature: { id, name: feature.name, meaning: feature.meaning, unit: unitNames[feature.unit] },
    from: feature.source,
    fromName: sourceNames[feature.source],
    formula: feature.sql,
    counts: feature.counts ?? null,
    inputs: inputs(feature.from ?? []),
    model: null,
    total,
    rows,
  }
}

/** What the models of purchases and value are told of a customer. */
const purchaseInputs = [
  'purchase_days',
  'recency_days',
  'tenure_days',
  'gross_minor',
  'margin_minor',
  'frequency',
  'monetary_minor',
]

const ownOf = async (app: App, id: string): Promise<OwnFeature | undefined> => {
  const declared = (await declaredFeatures(app)).find(own => own.id === id)
  return declared && ownFeature(declared)
}

async function rowsOf(
  app: App,
  feature: Feature | OwnFeature,
  runs: TurnRuns,
  customerId: number,
  page: Page,
  reader: Reader,
): Promise<CountedRows> {
  const { identity: identityRun, asOf } = runs
  if (feature.source === 'derived') return { total: 0, rows: [] }
  if (feature.source === 'golden_records') {
    const rows = await goldenFields(app, { identityRun, customerId, fields: feature.fields ?? [] }, reader)
    return { total: rows.length, rows }
  }
  const params = 'params' in feature ? feature.params : {}
  return counted[feature.source](app, { customerId, identityRun, asOf, counts: feature.counts ?? '1', params, ...page })
}

type Stored = Record<string, FeatureValue | Record<string, FeatureValue>>

/** Every value and score of the customer, by id. */
export async function valuesOf(app: App, runs: TurnRuns, customerId: number): Promise<(id: string) => FeatureValue> {
  const rowOf = (table: string, run: number) =>
    app.facts.query<Stored>(
      `SELECT * FROM ${table} WHERE run_id = {run:UInt64} AND customer_id = {customerId:UInt64}`,
      { run, customerId },
    )
  const [[features], [scores]] = await Promise.all([rowOf('features', runs.features), rowOf('scores', runs.models)])
  if (!features) throw errors['analyze.no-such-customer']({ customer: customerId, asOf: runs.asOf })
  return id => {
    const column = scoreFeatures.find(score => score.id === id)?.column
    if (column !== undefined) return (scores?.[column] ?? null) as FeatureValue
    if (id in features) return features[id] as FeatureValue
    for (const map of ['own_numbers', 'own_texts', 'own_lists']) {
      const value = (features[map] as Record<string, FeatureValue> | undefined)?.[id]
      if (value !== undefined) return value
    }
    return null
  }
}
