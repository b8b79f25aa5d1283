/** The consent that holds per customer and channel: the newest statement wins, a refusal wins a tie. */

import type { App, StepContext } from '../../platform/app.ts'
import { takeUpEventConsents } from '../consent/from-events.ts'
import { mirrorStatements } from '../consent/record-statements.ts'
import { sealImports } from '../consent/seal-imports.ts'

/** `scope`: SQL that holds for the customers concerned. */
const CONSENTS = (scope: string): string => `
INSERT INTO customer_consents (run_id, customer_id, channel, granted, at, source, version)
WITH
  from_sources AS (
    SELECT links.customer_id AS customer_id, channel, granted, at, source
    FROM (SELECT source, row_key, channel, granted, at FROM consents
          WHERE customer_id = 0 AND purpose = 'marketing' AND import_id IN (SELECT import_id FROM import_commits)) AS said
    INNER JOIN (SELECT source, row_key, customer_id FROM record_links
                WHERE run_id = {run_id:UInt64} AND ${scope}) AS links USING (source, row_key)
  ),
  from_customers AS (
    SELECT if(redirects.customer_id = 0, said.customer_id, redirects.customer_id) AS customer_id, channel, granted,
           toDateTime(at, 'UTC') AS at, source
    FROM (SELECT * FROM consent_statements WHERE kind = 'consent' AND purpose = 'marketing') AS said
    LEFT JOIN (SELECT old_id, customer_id FROM customer_redirects WHERE run_id = {run_id:UInt64}) AS redirects ON redirects.old_id = said.customer_id
  )
SELECT {run_id:UInt64}, customer_id, channel, argMax(granted, (at, 1 - granted)) AS holds, max(at) AS latest, argMax(source, (at, 1 - granted)), {version:UInt32}
FROM (SELECT * FROM from_sources UNION ALL SELECT * FROM from_customers WHERE ${scope})
GROUP BY customer_id, channel`

/** Records handled at a time: four statements each, of some 200 bytes while they are grouped. */
const RECORDS_A_PASS = 400_000

export async function resolveConsents({ app, runId }: StepContext, records: number): Promise<void> {
  await takeUpEventConsents(app)
  await mirrorStatements(app)
  await sealImports(app)
  const passes = Math.max(1, Math.ceil(records / RECORDS_A_PASS))
  const sql = CONSENTS('customer_id % {passes:UInt32} = {pass:UInt32}')
  for (let pass = 0; pass < passes; pass++) await app.facts.exec(sql, { run_id: runId, passes, pass, version: 0 })
}

export async function refreshConsents(app: App, runId: number, ids: number[], version: number): Promise<void> {
  await app.facts.exec(CONSENTS('customer_id IN {ids:Array(UInt64)}'), { run_id: runId, ids, version })
}
