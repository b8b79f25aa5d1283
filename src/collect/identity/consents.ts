/** The consent that holds per customer and channel: the newest statement wins, a refusal wins a tie. */
import type { StepContext } from '../../platform/app.ts'

const CONSENTS = `
INSERT INTO customer_consents (run_id, customer_id, channel, granted, at, source)
WITH
  from_sources AS (
    SELECT links.customer_id AS customer_id, channel, granted, at, source
    FROM (SELECT source, row_key, channel, granted, at FROM consents
          WHERE customer_id = 0 AND purpose = 'marketing' AND import_id IN (SELECT import_id FROM import_commits)) AS said
    INNER JOIN (SELECT source, row_key, customer_id FROM record_links
                WHERE run_id = {run_id:UInt64} AND customer_id % {passes:UInt32} = {pass:UInt32}) AS links USING (source, row_key)
  ),
  from_customers AS (
    SELECT if(redirects.customer_id = 0, events.customer_id, redirects.customer_id) AS customer_id, statement.1 AS channel,
           toUInt8(statement.2) AS granted, toDateTime(at, 'UTC') AS at, 'customer' AS source
    FROM (SELECT * FROM events FINAL WHERE type = 'answer') AS events
    LEFT JOIN (SELECT old_id, customer_id FROM customer_redirects WHERE run_id = {run_id:UInt64}) AS redirects ON redirects.old_id = events.customer_id
    ARRAY JOIN JSONExtract(payload, 'consents', 'Array(Tuple(channel String, granted Bool))') AS statement
  )
SELECT {run_id:UInt64}, customer_id, channel, argMax(granted, (at, 1 - granted)) AS holds, max(at) AS latest, argMax(source, (at, 1 - granted))
FROM (SELECT * FROM from_sources UNION ALL SELECT * FROM from_customers WHERE customer_id % {passes:UInt32} = {pass:UInt32})
GROUP BY customer_id, channel`

/** Records handled at a time: four statements each, of some 200 bytes while they are grouped. */
const RECORDS_A_PASS = 400_000

export async function resolveConsents({ app, runId }: StepContext, records: number): Promise<void> {
  const passes = Math.max(1, Math.ceil(records / RECORDS_A_PASS))
  for (let pass = 0; pass < passes; pass++) await app.facts.exec(CONSENTS, { run_id: runId, passes, pass })
}
