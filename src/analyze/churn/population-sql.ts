import type { ParamValue } from '../../platform/stores/facts/index.ts'
import type { ChurnDefinition } from './definition.ts'

export interface SqlPart {
  sql: string
  params: Record<string, ParamValue>
}

/** Parameters of the definition, for the statements below. */
export const definitionParams = (definition: ChurnDefinition): Record<string, ParamValue> =>
  definition.kind === 'contract' ? { contractStarts: definition.starts, contractEnds: definition.ends } : {}

/**
 * Contracts open before two days, per customer, where one has any on the first. Rows of an identity run: numbers given since stand in
 * `customer_redirects`, so an event of a merged customer counts for the one they are now. Parameters: identityRun, and those of
 * the definition; `from` and `until` are expressions of dates.
 */
export const openContracts = (from: string, until: string, scope: string): string => `
    SELECT customer_id,
      countIf(begins AND on_day < ${from}) - countIf(NOT begins AND on_day < ${from}) AS open_before,
      countIf(begins AND on_day < ${until}) - countIf(NOT begins AND on_day < ${until}) AS open_after
    FROM (
      SELECT if(moved.customer_id = 0, happened.customer_id, moved.customer_id) AS customer_id, toDate(happened.at) AS on_day,
        has({contractStarts:Array(String)}, toString(happened.type)) AS begins
      FROM (
        SELECT event_id, customer_id, any(events.type) AS type, max(events.at) AS at FROM events
        WHERE has({contractStarts:Array(String)}, toString(events.type)) OR has({contractEnds:Array(String)}, toString(events.type))
        GROUP BY customer_id, event_id
      ) AS happened
      LEFT JOIN (SELECT old_id, customer_id FROM customer_redirects WHERE run_id = {identityRun:UInt64}) AS moved
        ON moved.old_id = happened.customer_id
    )
    WHERE ${scope}
    GROUP BY customer_id
    HAVING open_before > 0`

/** Who can leave as of the date, where contracts say so, in the order of their numbers. */
export const underContract = `
SELECT customer_id FROM (${openContracts('{asOf:Date}', '{asOf:Date}', '1')}) ORDER BY customer_id`
