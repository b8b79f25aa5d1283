import { featureCatalogue } from '../features/catalogue.ts'
import { pipelineOf } from '../features/pipeline.ts'
import type { ChurnDefinition } from './definition.ts'
import { openContracts } from './population-sql.ts'

/** The features named and those their expressions are made of; the rest of the catalogue need not be computed. */
function neededFor(ids: readonly string[]) {
  const wanted = new Set(ids)
  for (let before = -1; before < wanted.size; ) {
    before = wanted.size
    for (const { id, source, sql } of featureCatalogue)
      if (wanted.has(id) && source === 'derived')
        for (const other of featureCatalogue) if (new RegExp(`\\b${other.id}\\b`).test(sql)) wanted.add(other.id)
  }
  return featureCatalogue.filter(({ id }) => wanted.has(id))
}

/** The statement that gives the features as they were known on a day: the parameter of that name. */
export const featuresFor = (predictors: readonly string[], day = 'asOf'): string =>
  pipelineOf(neededFor([...predictors, 'frequency', 'purchase_days'])).sql.replaceAll('{asOf:Date}', `{${day}:Date}`)

/**
 * Those who can leave as they were known on the training date, with what they did in the days after: `gone` is 1 where they left
 * from `asOf` to `until`. Parameters: those of the features' pipeline, until, and those of the definition.
 */
export function trainingSet(predictors: readonly string[], definition: ChurnDefinition): string {
  const features = featuresFor(predictors)
  const silence = definition.kind === 'silence'
  const followed = silence
    ? `
    SELECT DISTINCT customer_id
    FROM purchases
    WHERE run_id = {identityRun:UInt64} AND customer_id % {slices:UInt32} = {slice:UInt32}
      AND sold_at >= toDateTime({asOf:Date}, 'UTC') AND sold_at < toDateTime({until:Date}, 'UTC')
      AND is_service = 0 AND is_return = 0 AND amount_minor > 0`
    : openContracts('{asOf:Date}', '{until:Date}', 'customer_id % {slices:UInt32} = {slice:UInt32}')
  return `
WITH
  known AS (${features}),
  followed AS (${followed}
  )
SELECT
  ${predictors.map(id => `toFloat64(known.${id}) AS ${id}`).join(',\n  ')},
  ${silence ? 'toUInt8(followed.customer_id = 0)' : 'toUInt8(followed.open_after <= 0)'} AS gone
FROM known
${silence ? 'LEFT' : 'INNER'} JOIN followed ON followed.customer_id = known.customer_id
${silence ? 'WHERE known.frequency > 0' : ''}
ORDER BY known.customer_id`
}
