import { featuresSelect } from '../features/pipeline.ts'

/**
 * Buyers as they were known on the training date, with what they did in the days after: `gone` is 1 where nothing was bought
 * from `asOf` to `until`. Parameters: those of `featuresSelect`, and until.
 */
export const trainingSet = (predictors: readonly string[]): string => `
WITH
  known AS (${featuresSelect}),
  stayed AS (
    SELECT DISTINCT customer_id
    FROM purchases
    WHERE run_id = {identityRun:UInt64} AND customer_id % {slices:UInt32} = {slice:UInt32}
      AND sold_at >= toDateTime({asOf:Date}, 'UTC') AND sold_at < toDateTime({until:Date}, 'UTC')
      AND is_service = 0 AND is_return = 0 AND amount_minor > 0
  )
SELECT
  ${predictors.map(id => `toFloat64(known.${id}) AS ${id}`).join(',\n  ')},
  toFloat64(known.purchase_days) AS purchase_days,
  toUInt8(stayed.customer_id = 0) AS gone
FROM known
LEFT JOIN stayed ON stayed.customer_id = known.customer_id
WHERE known.frequency > 0
ORDER BY known.customer_id`
