import type { App } from '../../../platform/app.ts'
import type { Text } from '../../../platform/text.ts'
import { runsOfTurn } from '../../runs-of-turn.ts'
import type { FeatureValue } from '../../segments/domain.ts'
import { plainValue } from '../catalogue.ts'
import { featureErrors } from '../errors.ts'
import { unitNames } from '../feature.ts'
import { pipelineOf } from '../pipeline.ts'
import { QUANTILES } from '../profile.ts'
import type { OwnPreview } from '../view/api.ts'
import type { OwnBody, OwnDefinition } from './definition.ts'
import { ownFeature } from './own-feature.ts'

/** A trial answers at once: of more customers than this a part is tried. */
const MOST_CUSTOMERS = 100_000

/** Computes a declaration for the newest turn without keeping anything. */
export async function previewOwn(app: App, body: OwnBody): Promise<OwnPreview> {
  const runs = await runsOfTurn(app)
  await refuseUnknownCodes(app, runs.identity, body.definition)
  const feature = ownFeature({ id: 'tried', version: 0, ...body })
  const { customers } = await app.facts.one<{ customers: number }>(
    'SELECT count() AS customers FROM golden_records WHERE run_id = {run:UInt64}',
    { run: runs.identity },
  )
  const { sql, params } = pipelineOf([feature], feature.params)
  const asked = {
    ...params,
    identityRun: runs.identity,
    asOf: runs.asOf,
    slices: Math.max(1, Math.ceil(customers / MOST_CUSTOMERS)),
    slice: 0,
  }
  const list = feature.domain.kind === 'list'
  const number = feature.domain.kind === 'number'
  const known = list ? 'notEmpty(tried)' : 'isNotNull(tried)'
  const [counts, top, highest] = await Promise.all([
    app.facts.one<{ rows: number; known: number; different: number; quantiles: number[] }>(
      `SELECT count() AS rows, countIf(${known}) AS known, uniqExactIf(tried, ${known}) AS different,
         ${number ? `quantiles(${QUANTILES.join(', ')})(toFloat64(tried))` : '[]::Array(Float64)'} AS quantiles FROM (${sql})`,
      asked,
    ),
    app.facts.query<{ value: FeatureValue; customers: number }>(
      `SELECT ${list ? 'arrayJoin(tried)' : 'tried'} AS value, count() AS customers FROM (${sql}) WHERE ${known}
       GROUP BY value ORDER BY customers DESC, value LIMIT 8`,
      asked,
    ),
    app.facts.query<{ customerId: number; value: FeatureValue }>(
      `SELECT customer_id AS customerId, tried AS value FROM (${sql}) WHERE ${known}
       ORDER BY ${list ? 'length(tried)' : 'tried'} DESC, customer_id LIMIT 5`,
      asked,
    ),
  ])
  const show = (value: FeatureValue): string => plainValue(feature.unit, value)
  return {
    meaning: feature.meaning,
    unit: unitNames[feature.unit],
    formula: feature.sql,
    rows: counts.rows,
    known: counts.known,
    different: counts.different,
    quantiles: number ? counts.quantiles.map((value, k) => ({ at: QUANTILES[k]!, value: show(value) })) : [],
    top: top.map(({ value, customers: count }) => ({ value: show(value), customers: count })),
    highest: highest.map(row => ({ customerId: row.customerId, value: show(row.value) })),
    warnings: warningsOf(counts),
  }
}

function warningsOf({ rows, known, different }: { rows: number; known: number; different: number }): Text[] {
  const warnings: Text[] = []
  if (known === 0)
    warnings.push({
      en: 'Nobody has a value: nothing meets these conditions.',
      zh: '没有客户有值：没有数据满足这些条件。',
    })
  else if (different === 1)
    warnings.push({
      en: 'Everybody has the same value: it tells no customers apart.',
      zh: '所有客户取值相同，无法区分客户。',
    })
  if (known > 0 && known < rows * 0.05)
    warnings.push({
      en: `Known of ${known} of ${rows} customers only: rules that rest on it speak of few.`,
      zh: `${rows} 位客户中仅 ${known} 位有值：依据它的规则只涉及少数客户。`,
    })
  return warnings
}

/** A code that no purchase was ever of is a slip of the pen. */
export async function refuseUnknownCodes(app: App, identityRun: number, own: OwnDefinition): Promise<void> {
  if (own.over !== 'purchases') return
  for (const [column, codes, field] of [
    ['category', own.categories, { en: 'category', zh: '品类' }],
    ['product_code', own.products, { en: 'product', zh: '产品' }],
  ] as const) {
    if (!codes) continue
    const rows = await app.facts.query<{ code: string }>(
      `SELECT DISTINCT ${column} AS code FROM purchases WHERE run_id = {identityRun:UInt64} AND ${column} IN {codes:Array(String)}`,
      { identityRun, codes },
    )
    const stranger = codes.find(code => !rows.some(row => row.code === code))
    if (stranger !== undefined) throw featureErrors['analyze.feature-unknown-code']({ field, code: stranger })
  }
}
