import type { App } from '../../platform/app.ts'
import { plainValue } from '../features/catalogue.ts'
import { featureErrors } from '../features/errors.ts'
import { unitNames } from '../features/feature.ts'
import { ruleFeaturesOf } from '../features/stored-values.ts'
import { runsOfTurn } from '../runs-of-turn.ts'
import type { FeatureValue } from '../segments/domain.ts'
import type { FigureLineage } from './api.ts'

export interface FigureAsk {
  feature: string
  /** Code of a segment; absent: everybody. */
  segment?: string | undefined
  order: 'high' | 'low'
  offset: number
  limit: number
}

/**
 * The customers behind a figure: all of a segment, those with the highest (or lowest) value of the feature first. Sum and mean are
 * those of the figure, so that what a page shows can be set beside what its customers add up to.
 */
export async function customersBy(app: App, ask: FigureAsk): Promise<FigureLineage> {
  const [runs, known] = await Promise.all([runsOfTurn(app), ruleFeaturesOf(app)])
  const feature = known.get(ask.feature)
  if (!feature) throw featureErrors['analyze.no-such-feature']({ feature: ask.feature })
  const { kind } = feature.domain
  const number = kind === 'number' ? `toFloat64(${feature.sql})` : 'NULL'
  const missing =
    kind === 'list'
      ? `empty(${feature.sql})`
      : kind === 'number'
        ? `isNull(${feature.sql})`
        : `ifNull(toString(${feature.sql}), '') = ''`
  const rows = `
    FROM features AS f
    INNER JOIN scores AS s ON s.customer_id = f.customer_id
    INNER JOIN segment_members AS m ON m.customer_id = f.customer_id
    WHERE f.run_id = {features:UInt64} AND s.run_id = {models:UInt64} AND m.run_id = {segments:UInt64}
      ${ask.segment ? 'AND m.segment = {segment:String}' : ''}`
  const params = {
    features: runs.features,
    models: runs.models,
    segments: runs.segments,
    offset: ask.offset,
    limit: ask.limit,
    ...(ask.segment ? { segment: ask.segment } : {}),
  }
  const [sums, customers] = await Promise.all([
    app.facts.one<{ customers: number; known: number; sum: number | null; mean: number | null }>(
      `SELECT count() AS customers, countIf(NOT ${missing}) AS known, sum(${number}) AS sum, avg(${number}) AS mean ${rows}`,
      params,
    ),
    app.facts.query<{ customerId: number; value: FeatureValue; segment: string }>(
      `SELECT f.customer_id AS customerId, ${feature.sql} AS value, m.segment AS segment ${rows} AND NOT ${missing}
       ORDER BY ${kind === 'list' ? `length(${feature.sql})` : feature.sql} ${ask.order === 'high' ? 'DESC' : 'ASC'}, f.customer_id
       LIMIT {limit:UInt32} OFFSET {offset:UInt32}`,
      params,
    ),
  ])
  const people = await app.facts.query<{ customer_id: number; name: string }>(
    'SELECT customer_id, name FROM golden_records WHERE run_id = {identity:UInt64} AND customer_id IN {ids:Array(UInt64)}',
    { identity: runs.identity, ids: customers.map(row => row.customerId) },
  )
  const nameOf = new Map(people.map(person => [person.customer_id, person.name]))
  return {
    asOf: runs.asOf,
    feature: { id: feature.id, name: feature.name, meaning: feature.name, unit: unitNames[feature.unit] },
    ...sums,
    rows: customers.map(row => ({
      customerId: row.customerId,
      name: nameOf.get(row.customerId) ?? '',
      value: plainValue(feature.unit, row.value),
      segment: row.segment,
    })),
  }
}
