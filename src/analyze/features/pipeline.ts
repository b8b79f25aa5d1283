import type { ParamValue } from '../../platform/stores/facts/index.ts'
import { featureCatalogue } from './catalogue.ts'
import type { Feature, FeatureSource } from './feature.ts'

/** A feature that a company declared, or an answer of its research: the values in its SQL travel as parameters. */
export interface OwnFeature extends Feature {
  params: Readonly<Record<string, ParamValue>>
}

/** The step of the pipeline that holds a source's features. */
const steps = {
  golden_records: 'who',
  customer_attributes: 'answered',
  purchases: 'bought',
  events: 'contacted',
} as const
const sources = ['golden_records', 'customer_attributes', 'purchases', 'events'] as const

/** Whatever their date: a name that only occurs later is nobody's yet. */
const categoryNames = `
  (SELECT arraySort(groupUniqArray(category)) FROM purchases WHERE run_id = {identityRun:UInt64}) AS category_names,`

export interface Pipeline {
  sql: string
  /** Of the own features; those of the whole are named below. */
  params: Readonly<Record<string, ParamValue>>
  /** Ids in the order of the columns after `customer_id`. */
  columns: readonly string[]
}

/**
 * The features named, of every customer as of a date, from rows before that date alone. One row per golden record; grouping and
 * joins are on `customer_id`, so every shard answers for its own customers. Every step that reads a dated table
 * bounds it by the date.
 *
 * Parameters: identityRun, asOf, slices and slice (customers whose id leaves the remainder `slice`; 1 and 0 for all). Slices
 * keep the memory flat: a million customers of 20 M lines take four.
 */
export function pipelineOf(features: readonly Feature[], params: Pipeline['params'] = {}): Pipeline {
  const of = (source: FeatureSource) => features.filter(feature => feature.source === source)
  /** Named `its_…` until all are together: the engine would take an alias `kind` for the column `kind` inside expressions. */
  const columns = (source: FeatureSource) =>
    of(source)
      .map(({ id, sql }) => `,\n      ${sql} AS its_${id}`)
      .join('')
  const dated = (source: 'customer_attributes' | 'purchases' | 'events', where: string) =>
    of(source).length === 0
      ? ''
      : `
  ${steps[source]} AS (
    SELECT customer_id${columns(source)}
    FROM ${source}
    WHERE customer_id % {slices:UInt32} = {slice:UInt32} AND ${where}
    GROUP BY customer_id
  ),`
  const present = sources.filter(source => source === 'golden_records' || of(source).length > 0)
  const named = features.some(({ sql }) => sql.includes('category_names'))
  const sql = `
WITH${named ? categoryNames : ''}${dated('purchases', "run_id = {identityRun:UInt64} AND sold_at < toDateTime({asOf:Date}, 'UTC')")}${dated(
    'customer_attributes',
    "run_id = {identityRun:UInt64} AND at < toDateTime({asOf:Date}, 'UTC')",
  )}${dated('events', "at < toDateTime64({asOf:Date}, 3, 'UTC')")}
  who AS (
    SELECT customer_id${columns('golden_records')}
    FROM golden_records
    WHERE run_id = {identityRun:UInt64} AND customer_id % {slices:UInt32} = {slice:UInt32}
  ),
  together AS (
    SELECT
      who.customer_id AS customer_id${present
        .flatMap(source => of(source).map(({ id }) => `,\n      ${steps[source]}.its_${id} AS ${id}`))
        .join('')}
    FROM who${present
      .filter(source => source !== 'golden_records')
      .map(source => `\n    LEFT JOIN ${steps[source]} ON ${steps[source]}.customer_id = who.customer_id`)
      .join('')}
  )
SELECT
  customer_id,
  ${features.map(({ id, source, sql }) => (source === 'derived' ? `${sql} AS ${id}` : id)).join(',\n  ')}
FROM together`
  return { sql, params, columns: features.map(({ id }) => id) }
}

/** Those that come with the product; the same statement every time. */
export const featuresSelect: string = pipelineOf(featureCatalogue).sql

/** With those the company added. */
export const featuresPipeline = (own: readonly OwnFeature[]): Pipeline =>
  pipelineOf([...featureCatalogue, ...own], Object.assign({}, ...own.map(feature => feature.params)))
