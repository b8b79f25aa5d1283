import type { Text } from '../../platform/text.ts'
import type { ModelId } from '../models/model-record.ts'
import type { Domain, FeatureValue } from '../segments/domain.ts'
import { count, money, share } from './domains.ts'
import { type Feature, type Unit, unitNames } from './feature.ts'
import { goodsAndPrices } from './goods-and-prices.ts'
import { howTheyAnswer, serviceHistory } from './how-they-answer.ts'
import { returns } from './returns.ts'
import { rhythm } from './rhythm.ts'
import { whatTheyBought } from './what-they-bought.ts'
import { whoTheyAre } from './who-they-are.ts'

/** Every feature of the table, in the order of its columns. */
export const featureCatalogue: readonly Feature[] = [
  ...whoTheyAre,
  ...whatTheyBought,
  ...rhythm,
  ...returns,
  ...goodsAndPrices,
  ...howTheyAnswer,
  ...serviceHistory,
]

export const featureById: ReadonlyMap<string, Feature> = new Map(featureCatalogue.map(feature => [feature.id, feature]))

/** What rules may also ask for, though models and not rows say it: columns of the scores. */
export interface ScoreFeature {
  id: string
  name: Text
  unit: Unit
  column: string
  domain: Domain
  /** Whose word it is: a rule about it is as good as that model. */
  model?: ModelId
}

const quintile: Domain = { kind: 'number', whole: true, min: 0, max: 5, nullable: false }

/** Everybody has scores; someone who never bought is alive 0, worth 0, leaves with 0 and has no quintiles (0). */
export const scoreFeatures: readonly ScoreFeature[] = [
  {
    id: 'probability_alive',
    name: { en: 'P(alive)', zh: '存活概率' },
    unit: 'share',
    column: 'p_alive',
    model: 'purchases',
    domain: share,
  },
  {
    id: 'churn_probability',
    name: { en: 'Churn', zh: '流失概率' },
    unit: 'share',
    column: 'churn_probability',
    model: 'churn',
    domain: share,
  },
  {
    id: 'clv_minor',
    name: { en: 'Value of 12 months', zh: '未来 12 个月价值' },
    unit: 'money',
    column: 'value_minor',
    model: 'value',
    domain: money,
  },
  {
    id: 'expected_purchases',
    name: { en: 'Expected purchases', zh: '预期购买次数' },
    unit: 'count',
    column: 'expected_purchases',
    model: 'purchases',
    domain: { ...count, whole: false },
  },
  { id: 'r', name: { en: 'R quintile', zh: 'R 五分位' }, unit: 'none', column: 'r', domain: quintile },
  { id: 'f', name: { en: 'F quintile', zh: 'F 五分位' }, unit: 'none', column: 'f', domain: quintile },
  { id: 'm', name: { en: 'M quintile', zh: 'M 五分位' }, unit: 'none', column: 'm', domain: quintile },
]

/** What a rule can be about, with the expression over `f` (features) and `s` (scores) that gives it. */
export interface RuleFeature {
  id: string
  name: Text
  unit: Unit
  domain: Domain
  sql: string
}

export const ruleFeatures: ReadonlyMap<string, RuleFeature> = new Map(
  [
    ...featureCatalogue.map(({ id, name, unit, domain }) => ({ id, name, unit, domain, sql: `f.${id}` })),
    ...scoreFeatures.map(({ id, name, unit, domain, column }) => ({ id, name, unit, domain, sql: `s.${column}` })),
  ].map(feature => [feature.id, feature]),
)

/** A value without its unit: money in major units, shares in per cent; '' where it is not known. */
export function plainValue(unit: Unit, value: FeatureValue): string {
  if (value === null) return ''
  if (typeof value !== 'number') return typeof value === 'string' ? value : value.join(', ')
  if (unit === 'money') return (value / 100).toFixed(2)
  return String(Math.round((unit === 'share' ? value * 100 : value) * 100) / 100)
}

/** The same with its unit, in a sentence. */
export function writeValue(unit: Unit, value: FeatureValue): Text {
  const plain = plainValue(unit, value)
  if (plain === '') return { en: 'not known', zh: '未知' }
  const { en, zh } = unitNames[unit]
  const singular = plain === '1' && en.endsWith('s') ? en.slice(0, -1) : en
  return { en: [plain, singular].filter(Boolean).join(en === '%' ? '' : ' '), zh: `${plain}${zh}` }
}
