import type { Columns, Facts } from '../../platform/stores/facts/index.ts'
import type { ChurnDefinition } from '../churn/definition.ts'
import { definitionParams, openContracts } from '../churn/population-sql.ts'

/** What was said of those who had a contract on the date, and whether they have none the definition's days later. */
const sql = `
SELECT
  toFloat64(s.churn_probability) AS churn,
  toFloat64(ifNull(f.recency_days, 100000)) AS recency,
  toUInt8(held.open_after <= 0) AS gone
FROM (${openContracts('{asOf:Date}', '({asOf:Date} + {churnDays:UInt32})', '1')}) AS held
INNER JOIN (SELECT customer_id, churn_probability FROM scores WHERE run_id = {modelsRun:UInt64}) AS s ON s.customer_id = held.customer_id
INNER JOIN (SELECT customer_id, recency_days FROM features WHERE run_id = {featuresRun:UInt64}) AS f ON f.customer_id = held.customer_id
ORDER BY held.customer_id`

export const endedContracts = (
  facts: Facts,
  {
    identityRun,
    featuresRun,
    modelsRun,
    asOf,
    churnDays,
  }: Record<'identityRun' | 'featuresRun' | 'modelsRun' | 'churnDays', number> & {
    asOf: string
  },
  definition: ChurnDefinition,
): Promise<Columns> =>
  facts.columns(sql, { identityRun, featuresRun, modelsRun, asOf, churnDays, ...definitionParams(definition) })
