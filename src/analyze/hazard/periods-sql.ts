import type { ChurnDefinition } from '../churn/definition.ts'
import { openContracts } from '../churn/population-sql.ts'

/** A month of the curve. */
export const MONTH_DAYS = 30
export const MONTHS = 12

const month = MONTH_DAYS

/**
 * In which month after `base` each customer left, 1 the first; 0: not within {months}. Silence: the first month at whose beginning
 * the definition's days without a purchase began, so that leaving in month 1 is the churn label itself. Contract: the month in which none
 * was left. Parameters: identityRun, base, asOf, months, slices, slice, and those of the definition.
 */
export const leftIn = (definition: ChurnDefinition): string =>
  definition.kind === 'silence'
    ? `
    SELECT customer_id, groupUniqArray(toInt32(toDate(sold_at) - {base:Date})) AS bought_on,
      arrayFirst(m -> NOT arrayExists(d -> d >= ${month} * (m - 1) AND d < ${month} * (m - 1) + ${definition.days}, bought_on),
        range(1, {months:UInt8} + 1)) AS left_in
    FROM purchases
    WHERE run_id = {identityRun:UInt64} AND customer_id % {slices:UInt32} = {slice:UInt32}
      AND sold_at >= toDateTime({base:Date}, 'UTC') AND sold_at < toDateTime({asOf:Date}, 'UTC')
      AND is_service = 0 AND is_return = 0 AND amount_minor > 0
    GROUP BY customer_id`
    : `
    SELECT customer_id, min(nth) AS left_in
    FROM (
      ${Array.from(
        { length: MONTHS },
        (_, k) =>
          `SELECT customer_id, toUInt8(${k + 1}) AS nth, open_after FROM (${openContracts(
            '{base:Date}',
            `({base:Date} + ${month * (k + 1)})`,
            'customer_id % {slices:UInt32} = {slice:UInt32}',
          )})`,
      ).join('\n      UNION ALL ')}
    )
    WHERE open_after <= 0 AND nth <= {months:UInt8}
    GROUP BY customer_id`

/** Those who could leave on the base date, as they were known then, with the month they left in. */
export function whoLeftWhen(features: string, predictors: readonly string[], definition: ChurnDefinition): string {
  const silence = definition.kind === 'silence'
  return `
WITH
  known AS (${features}),
  gone AS (${leftIn(definition)})${
    silence
      ? ''
      : `,
  held AS (${openContracts('{base:Date}', '{base:Date}', 'customer_id % {slices:UInt32} = {slice:UInt32}')})`
  }
SELECT
  ${predictors.map(id => `toFloat64(known.${id}) AS ${id}`).join(',\n  ')},
  toUInt8(${silence ? 'if(gone.customer_id = 0, 1, gone.left_in)' : 'gone.left_in'}) AS left_in
FROM known
LEFT JOIN gone ON gone.customer_id = known.customer_id
${silence ? 'WHERE known.frequency > 0' : 'INNER JOIN held ON held.customer_id = known.customer_id'}
ORDER BY known.customer_id`
}

/** The first day of which anything is known. */
export const firstDay = (definition: ChurnDefinition): string =>
  definition.kind === 'silence'
    ? "SELECT toString(toDate(min(sold_at))) AS day FROM purchases WHERE run_id = {identityRun:UInt64} AND sold_at < toDateTime({asOf:Date}, 'UTC')"
    : 'SELECT toString(toDate(min(at))) AS day FROM events WHERE has({contractStarts:Array(String)}, toString(type))'
