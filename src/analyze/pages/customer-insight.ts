import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import type { customerInsight as shape } from '../api.ts'
import { type ChurnModel, scoreChurn } from '../churn/candidates.ts'
import { errors } from '../errors.ts'
import { featureById, featureCatalogue, plainValue } from '../features/catalogue.ts'
import { unitNames } from '../features/feature.ts'
import { releasedFeatures } from '../features/own/store.ts'
import { mapOf } from '../features/stored-values.ts'
import { predictors } from '../models/buyers.ts'
import { modelOf } from '../models/registry.ts'
import { productNames } from '../product-names.ts'
import { runsOfTurn } from '../runs-of-turn.ts'
import type { Domain, FeatureValue } from '../segments/domain.ts'

type Insight = z.infer<typeof shape>

const scoresSql = `
SELECT s.*, m.segment AS segment
FROM scores AS s
INNER JOIN segment_members AS m ON m.customer_id = s.customer_id
WHERE s.run_id = {models:UInt64} AND s.customer_id = {customerId:UInt64}
  AND m.run_id = {segments:UInt64} AND m.customer_id = {customerId:UInt64}`

interface ScoreRow {
  r: number
  f: number
  m: number
  p_alive: number
  expected_purchases: number
  value_minor: number
  value_low_minor: number
  value_high_minor: number
  churn_probability: number
  segment: string
}

/** Everything this stage knows of one customer. */
export async function customerInsight(app: App, customerId: number): Promise<Insight> {
  const { asOf, features, models, segments } = await runsOfTurn(app)
  const [[known], [score], next, segmentRun, churnModel] = await Promise.all([
    app.facts.query<Record<string, FeatureValue>>(
      'SELECT * FROM features WHERE run_id = {features:UInt64} AND customer_id = {customerId:UInt64}',
      { features, customerId },
    ),
    app.facts.query<ScoreRow>(scoresSql, { models, segments, customerId }),
    app.facts.query<{ product_code: string; kind: 'repeat' | 'explore' | 'need'; score: number; because: string }>(
      `SELECT product_code, kind, score, because FROM next_products
       WHERE run_id = {models:UInt64} AND customer_id = {customerId:UInt64} ORDER BY rank`,
      { models, customerId },
    ),
    app.workflow.db.selectFrom('segment_runs').select('segments').where('run_id', '=', segments).executeTakeFirst(),
    modelOf(app.workflow, models, 'churn'),
  ])
  if (!known || !score) throw errors['analyze.no-such-customer']({ customer: customerId, asOf })
  const bought = score.r > 0
  const segment = segmentRun?.segments.find(s => s.code === score.segment)
  const names = await productNames(app, [...new Set(next.flatMap(row => [row.product_code, row.because]))])
  return {
    asOf,
    segment: segment ? { id: segment.code, name: segment.name, strategy: segment.strategy } : null,
    rfm: bought ? { r: score.r, f: score.f, m: score.m } : null,
    pAlive: bought ? score.p_alive : null,
    expectedPurchases: bought ? score.expected_purchases : null,
    value: bought
      ? {
          minor: score.value_minor,
          lowMinor: score.value_low_minor,
          highMinor: score.value_high_minor,
          currency: 'GBP',
        }
      : null,
    churn: bought
      ? {
          probability: score.churn_probability,
          reasons: churnModel && !churnModel.problem ? reasons(churnModel.definition as ChurnModel, known) : [],
        }
      : null,
    nextProducts: next.map(row => ({
      code: row.product_code,
      name: names.get(row.product_code)!,
      kind: row.kind,
      score: row.score,
      because: row.kind === 'explore' ? names.get(row.because)! : null,
    })),
    features: [...featureCatalogue, ...(await releasedFeatures(app))].map(({ id, name, unit, meaning, domain }) => ({
      id,
      name,
      unit: unitNames[unit],
      meaning,
      value: plainValue(unit, known[id] ?? ownValue(known, id, domain)),
    })),
  }
}

/** What the company declared lies in maps of the row. */
const ownValue = (known: Record<string, unknown>, id: string, domain: Domain): FeatureValue =>
  (known[mapOf(domain)] as Record<string, FeatureValue> | undefined)?.[id] ?? null

/** The same model on the same values gives the same reasons as the turn, now with the direction of each. */
function reasons(model: ChurnModel, known: Record<string, FeatureValue>): NonNullable<Insight['churn']>['reasons'] {
  const scores = scoreChurn(model, {
    rows: 1,
    features: predictors,
    columns: predictors.map(({ id }) => Float64Array.of(typeof known[id] === 'number' ? known[id] : Number.NaN)),
  })
  return [...scores.reasons].flatMap((place, k) => {
    const feature = featureById.get(predictors[place]?.id ?? '')
    if (!feature) return []
    const value = plainValue(feature.unit, known[feature.id] ?? null)
    const direction = scores.raises[k] ? ('raises' as const) : ('lowers' as const)
    return [{ feature: feature.id, name: feature.name, value, direction }]
  })
}
