import { featureCatalogue } from './catalogue.ts'
import { featuresPipeline, type OwnFeature } from './pipeline.ts'
import { mapOf } from './stored-values.ts'

const ids = featureCatalogue.map(({ id }) => id).join(', ')

/** Fills the table for one slice: a column per feature of the product, own ones in the maps. Parameters: those of the pipeline, runId. */
export function insertFeatures(own: readonly OwnFeature[]): string {
  const { sql } = featuresPipeline(own)
  const maps = (['own_numbers', 'own_texts', 'own_lists'] as const).flatMap(map => {
    const of = own.filter(({ domain }) => mapOf(domain) === map)
    return of.length === 0 ? [] : [{ map, sql: map === 'own_lists' ? listMap(of) : valueMap(of, map) }]
  })
  return `
INSERT INTO features (run_id, customer_id, as_of, ${ids}${maps.map(({ map }) => `, ${map}`).join('')})
SELECT {runId:UInt64}, customer_id, {asOf:Date}, ${ids}${maps.map(entry => `,\n  ${entry.sql}`).join('')}
FROM (${sql})`
}

/** Who has no value has no entry. */
function valueMap(of: readonly OwnFeature[], map: 'own_numbers' | 'own_texts'): string {
  const type = map === 'own_numbers' ? 'Float64' : 'String'
  const values = `[${of.map(({ id }) => `CAST(${id}, 'Nullable(${type})')`).join(', ')}]`
  const known = (list: string) => `arrayFilter((entry, value) -> isNotNull(value), ${list}, ${values})`
  return `mapFromArrays(${known(`[${of.map(({ id }) => `'${id}'`).join(', ')}]`)}, arrayMap(value -> assumeNotNull(value), ${known(values)}))`
}

const listMap = (of: readonly OwnFeature[]): string =>
  `mapFilter((key, list) -> notEmpty(list), map(${of.map(({ id }) => `'${id}', ${id}`).join(', ')}))`
