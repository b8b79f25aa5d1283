import { featureCatalogue } from './catalogue.ts'
import type { FeatureSource } from './feature.ts'

const of = (source: FeatureSource) => featureCatalogue.filter(feature => feature.source === source)
/** Named `its_…` until all are together: the engine would take an alias `kind` for the column `kind` inside expressions. */
const columns = (source: FeatureSource, indent: string) =>
  of(source)
    .map(({ id, sql }) => `,\n${indent}${sql} AS its_${id}`)
    .join('')

/** The step of the pipeline that holds a source's features. */
const steps = {
  golden_records: 'who',
  customer_attributes: 'answered',
  purchases: 'bought',
  events: 'contacted',
} as const

/**
 * All features of every customer as of a date, from rows before that date alone. One row per golden record; grouping and
 * joins are on `customer_id`, so every shard answers for its own customers. Every step that reads a dated table
 * bounds it by the date.
 *
 * Parameters: identityRun, asOf, slices and slice (customers whose id leaves the remainder `slice`; 1 and 0 for all). Slices
 * keep the memory flat: a million customers of 20 M lines take four.
 */
export const featuresSelect = `
WITH
  bought AS (
    SELECT customer_id${columns('purchases', '      ')}
    FROM purchases
    WHERE run_id = {identityRun:UInt64} AND customer_id % {slices:UInt32} = {slice:UInt32}
      AND sold_at < toDateTime({asOf:Date}, 'UTC')
    GROUP BY customer_id
  ),
  answered AS (
    SELECT customer_id${columns('customer_attributes', '      ')}
    FROM customer_attributes
    WHERE run_id = {identityRun:UInt64} AND customer_id % {slices:UInt32} = {slice:UInt32}
      AND at < toDateTime({asOf:Date}, 'UTC')
    GROUP BY customer_id
  ),
  contacted AS (
    SELECT customer_id${columns('events', '      ')}
    FROM events
    WHERE customer_id % {slices:UInt32} = {slice:UInt32} AND at < toDateTime64({asOf:Date}, 3, 'UTC')
    GROUP BY customer_id
  ),
  who AS (
    SELECT customer_id${columns('golden_records', '      ')}
    FROM golden_records
    WHERE run_id = {identityRun:UInt64} AND customer_id % {slices:UInt32} = {slice:UInt32}
  ),
  together AS (
    SELECT
      who.customer_id AS customer_id,
      ${(['golden_records', 'customer_attributes', 'purchases', 'events'] as const)
        .flatMap(source => of(source).map(({ id }) => `${steps[source]}.its_${id} AS ${id}`))
        .join(',\n      ')}
    FROM who
    LEFT JOIN bought ON bought.customer_id = who.customer_id
    LEFT JOIN answered ON answered.customer_id = who.customer_id
    LEFT JOIN contacted ON contacted.customer_id = who.customer_id
  )
SELECT
  customer_id,
  ${featureCatalogue.map(({ id, source, sql }) => (source === 'derived' ? `${sql} AS ${id}` : id)).join(',\n  ')}
FROM together`
