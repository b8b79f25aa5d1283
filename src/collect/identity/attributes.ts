/**
 * Research answers and external data joined to customers: by account, e-mail or telephone through any of their records, and
 * by postcode area or region (province, city, district), where the narrowest that is known holds.
 */
import type { App, StepContext } from '../../platform/app.ts'
import { REGION_KEYS } from '../standardise/region.ts'

/** Keys of records by which research names people. */
const KEYS = `[('account_no', account_no), ('email', email), ('phone', mobile), ('phone', mobile2), ('phone', landline),
    ('id_number', id_number), ('org_code', org_code), (concat('row:', source), row_key)]`

/** `asked` and `scope`: SQL that holds for the keys and the customers concerned. */
const NAMED = (asked = '1', scope = '1'): string => `
INSERT INTO customer_attributes (run_id, customer_id, name, value, source, at, version)
WITH
  given AS (
    SELECT source, key_kind, key, name, value, at FROM source_attributes
    WHERE key_kind NOT IN ('postcode', 'region') AND import_id IN (SELECT import_id FROM import_commits) AND ${asked}
  ),
  keys AS (
    SELECT DISTINCT customer_id, entry.1 AS key_kind, entry.2 AS key
    FROM (SELECT * FROM current_records WHERE run_id = {run_id:UInt64}
            AND (account_no IN (SELECT key FROM given) OR email IN (SELECT key FROM given) OR mobile IN (SELECT key FROM given)
                 OR mobile2 IN (SELECT key FROM given) OR landline IN (SELECT key FROM given)
                 OR id_number IN (SELECT key FROM given) OR org_code IN (SELECT key FROM given) OR row_key IN (SELECT key FROM given))) AS records
    INNER JOIN (SELECT source, row_key, customer_id FROM record_links WHERE run_id = {run_id:UInt64}) AS links USING (source, row_key)
    ARRAY JOIN ${KEYS} AS entry
    WHERE entry.2 != ''
  )
SELECT {run_id:UInt64}, customer_id, name, argMax(value, at), argMax(source, at), max(at), {version:UInt32}
FROM given INNER JOIN (SELECT key_kind, key, min(customer_id) AS customer_id FROM keys GROUP BY key_kind, key) AS named USING (key_kind, key)
WHERE ${scope}
GROUP BY customer_id, name`

const BY_AREA = (scope: string): string => `
INSERT INTO customer_attributes (run_id, customer_id, name, value, source, at, version)
WITH
  areas AS (
    SELECT key, name, argMax((value, source, at), at) AS newest FROM source_attributes
    WHERE key_kind IN ('postcode', 'region') AND import_id IN (SELECT import_id FROM import_commits)
    GROUP BY key, name
  ),
  prefixes AS (
    SELECT customer_id, concat(country, ':', prefix) AS key
    FROM (SELECT customer_id, country, replaceAll(postcode, ' ', '') AS code FROM golden_records WHERE run_id = {run_id:UInt64} AND postcode != ''
            AND ${scope})
    -- In Britain the letters of the area alone make a prefix: B is not BS.
    ARRAY JOIN arrayFilter(p -> country != 'GB' OR p = extract(code, '^[A-Z]+') OR match(p, '\\\\d'),
                           arrayMap(n -> substring(code, 1, n), range(1, length(code) + 1))) AS prefix
    UNION ALL
    SELECT customer_id, arrayJoin(${REGION_KEYS}) AS key
    FROM (SELECT customer_id, toString(country) AS country, toString(province) AS province, toString(city) AS city, toString(district) AS district
          FROM golden_records WHERE run_id = {run_id:UInt64} AND (province != '' OR city != '') AND ${scope})
  )
SELECT {run_id:UInt64}, customer_id, name, argMax(newest.1, length(key)), argMax(newest.2, length(key)), argMax(newest.3, length(key)), {version:UInt32}
FROM prefixes INNER JOIN areas USING (key)
GROUP BY customer_id, name`

export async function joinAttributes({ app, runId }: StepContext, customers: number): Promise<void> {
  await app.facts.exec(NAMED(), { run_id: runId, version: 0 })
  const passes = Math.max(1, Math.ceil(customers / 500_000))
  const sql = BY_AREA('customer_id % {passes:UInt32} = {pass:UInt32}')
  for (let pass = 0; pass < passes; pass++) await app.facts.exec(sql, { run_id: runId, passes, pass, version: 0 })
}

const ASKED = `key IN (
  SELECT arrayJoin(${KEYS}).2 FROM (SELECT * FROM current_records WHERE run_id = {run_id:UInt64} AND (source, row_key) IN (
    SELECT source, row_key FROM record_links WHERE run_id = {run_id:UInt64} AND customer_id IN {ids:Array(UInt64)})))`

/** After their golden records, whose postcodes it reads. */
export async function refreshAttributes(app: App, runId: number, ids: number[], version: number): Promise<void> {
  const params = { run_id: runId, ids, version }
  const { some } = await app.facts.one<{ some: number }>(
    'SELECT count() AS some FROM (SELECT 1 FROM source_attributes LIMIT 1)',
  )
  if (some === 0) return
  await app.facts.exec(NAMED(ASKED, 'customer_id IN {ids:Array(UInt64)}'), params)
  await app.facts.exec(BY_AREA('customer_id IN {ids:Array(UInt64)}'), params)
}
