import type { App } from '../../../platform/app.ts'
import type { Text } from '../../../platform/text.ts'
import { predictors } from '../../models/buyers.ts'
import { needsInForce } from '../../needs/versions.ts'
import { definitions } from '../../segments/definitions.ts'
import { alternatives, type Rule } from '../../segments/rule.ts'
import { featureCatalogue, scoreFeatures } from '../catalogue.ts'

export interface Use {
  kind: 'segment' | 'need' | 'model' | 'feature'
  id: string
  name: Text
}

const churn: Use = { kind: 'model', id: 'churn', name: { en: 'Churn', zh: '流失' } }
/** What the models of purchases and value are fitted on. */
const valueInputs = new Set([
  'purchase_days',
  'recency_days',
  'tenure_days',
  'gross_minor',
  'margin_minor',
  'frequency',
])
const value: Use = { kind: 'model', id: 'value', name: { en: 'Purchases and value', zh: '购买与价值' } }

/** Who asks for each feature: rules of segments and needs that hold now, models, and features calculated from it. */
export async function whereUsed(app: App): Promise<(feature: string) => Use[]> {
  const uses = new Map<string, Use[]>()
  const add = (feature: string, use: Use) => uses.set(feature, [...(uses.get(feature) ?? []), use])
  const asked = (rule: Rule) => new Set(alternatives(rule).flatMap(all => all.map(({ feature }) => feature)))
  const [segments, needs] = await Promise.all([
    definitions(app),
    needsInForce(app, new Date().toISOString().slice(0, 10)),
  ])
  for (const { code, name, rule } of segments)
    for (const feature of asked(rule)) add(feature, { kind: 'segment', id: code, name })
  for (const { code, name, rule } of needs)
    for (const feature of asked(rule)) add(feature, { kind: 'need', id: code, name })
  for (const { id } of predictors) add(id, churn)
  for (const id of valueInputs) add(id, value)
  for (const { id, name, from } of featureCatalogue)
    for (const other of from ?? []) add(other, { kind: 'feature', id, name })
  for (const { id, name, column } of scoreFeatures)
    if (['r', 'f', 'm'].includes(column))
      add({ r: 'recency_days', f: 'frequency', m: 'monetary_minor' }[column]!, { kind: 'feature', id, name })
  return feature => uses.get(feature) ?? []
}
