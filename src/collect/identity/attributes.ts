/**
 * Research answers and external data joined to customers: by account, e-mail or telephone through any of their records, and
 * by postcode area, where the longest prefix that is known holds.
 */
import type { StepContext } from '../../platform/app.ts'

const NAMED = `
INSERT INTO customer_attributes (run_id, customer_id, name, value, source, at)
WITH
  given AS (
    SELECT source, key_kind, key, name, value, at FROM source_attributes
    WHERE key_kind != 'postcode' AND import_id IN (SELECT import_id FROM import_commits)
  ),
  keys AS (
    SELECT DISTINCT customer_id, entry.1 AS key_kind, entry.2 AS key
    FROM (SELECT * FROM current_records WHERE run_id = {run_id:UInt64}
            AND (account_no IN (SELECT key FROM given) OR email IN (SELECT key FROM given) OR mobile IN (SELECT key FROM given)
                 OR mobile2 IN (SELECT key FROM given) OR landline IN (SELECT key FROM given))) AS records
    INNER JOIN (SELECT source, row_key, customer_id FROM record_links WHERE run_id = {run_id:UInt64}) AS links USING (source, row_key)
    ARRAY JOIN [('account_no', account_no), ('email', email), ('phone', mobile), ('phone', mobile2), ('phone', landline)] AS entry
    WHERE entry.2 != ''
  )
SELECT {run_id:UInt64}, customer_id, name, argMax(value, at), argMax(source, at), max(at)
FROM given INNER JOIN (SELECT key_kind, key, min(customer_id) AS customer_id FROM keys GROUP BY key_kind, key) AS named USING (key_kind, key)
GROUP BY customer_id, name`

const BY_AREA = `
INSERT INTO customer_attributes (run_id, customer_id, name, value, source, at)
WITH
  areas AS (
    SELECT key, name, argMax((value, source, at), at) AS newest FROM source_attributes
    WHERE key_kind = 'postcode' AND import_id IN (SELECT import_id FROM import_commits)
    GROUP BY key, name
  ),
  prefixes AS (
    SELECT customer_id, concat(country, ':', prefix) AS key
    FROM (SELECT customer_id, country, replaceAll(postcode, ' ', '') AS code FROM golden_records WHERE run_id = {run_id:UInt64} AND postcode != ''
            AND customer_id % {passes:UInt32} = {pass:UInt32})
    -- In Britain the letters of the area alone make a prefix: B is not BS.
    ARRAY JOIN arrayFilter(p -> country != 'GB' OR p = extract(code, '^[A-Z]+') OR match(p, '\\\\d'),
                           arrayMap(n -> substring(code, 1, n), range(1, length(code) + 1))) AS prefix
  )
SELECT {run_id:UInt64}, customer_id, name, argMax(newest.1, length(key)), argMax(newest.2, length(key)), argMax(newest.3, length(key))
FROM prefixes INNER JOIN areas USING (key)
GROUP BY customer_id, name`

export async function joinAttributes({ app, runId }: StepContext, customers: number): Promise<void> {
  await app.facts.exec(NAMED, { run_id: runId })
  const passes = Math.max(1, Math.ceil(customers / 500_000))
  for (let pass = 0; pass < passes; pass++) await app.facts.exec(BY_AREA, { run_id: runId, passes, pass })
}
