import type { App } from '../../platform/app.ts'
import { parsedConsents, parsedPeople } from './people.ts'

export interface Stored {
  stored: number
  duplicates: number
}

/**
 * Rows of the import with their raw row and its hash; of rows that say the same under the same key only the first is new,
 * and only if the newest committed version of that key says something else.
 */
const NEW_ROWS = (people: string, staging: string, rawRow: string): string => `
WITH
  parsed AS (
    SELECT people.*, raws.raw_row AS raw_row, raws.hash AS hash
    FROM ${people} AS people
    INNER JOIN (SELECT row_no, ${rawRow} AS raw_row, cityHash64(raw_row) AS hash FROM ${staging}) AS raws USING (row_no)
  ),
  known AS (
    SELECT row_key, argMax(content_hash, (import_id, row_no)) AS hash
    FROM source_records
    WHERE source = {source:String} AND import_id IN (SELECT import_id FROM import_commits)
    GROUP BY row_key
  ),
  first_of_kind AS (
    SELECT * FROM parsed ORDER BY row_no LIMIT 1 BY row_key, hash
  )
SELECT new.* FROM first_of_kind AS new
LEFT ANTI JOIN known ON known.row_key = new.row_key AND known.hash = new.hash`

const COLUMNS = [
  'kind', 'full_name', 'family_name', 'given_name', 'gender', 'birth_date', 'id_number', 'org_code', 'contact_person', 'mobile',
  'mobile2', 'landline', 'email', 'country', 'province', 'city', 'district', 'street', 'postcode', 'address2', 'account_no',
  'language', 'name_pinyin', 'name_initials', 'updated_at', 'created_at',
]

/** Moves parsed rows and their consents into place, still invisible. */
export async function storePeople(app: App, importId: number, source: string, staging: string, headers: string[]): Promise<Stored> {
  const people = parsedPeople(importId)
  // JSON lines bring their own raw row; for columns it is made from headers and cells.
  const cells = headers.map((_, c) => `c${c}`).join(', ')
  const rawRow = `if(raw != '', raw, toJSONString(CAST(({headers:Array(String)}, [${cells}]), 'Map(String, String)')))`
  const params = { source, import_id: importId, headers }
  await app.facts.exec(
    `INSERT INTO source_records (source, row_key, import_id, row_no, content_hash, ${COLUMNS.join(', ')}, raw)
     SELECT {source:String}, row_key, {import_id:UInt64}, row_no, hash, ${COLUMNS.join(', ')}, raw_row
     FROM (${NEW_ROWS(people, staging, rawRow)})`,
    params,
  )
  await app.facts.exec(
    `INSERT INTO consents (source, row_key, customer_id, channel, granted, at, wording, evidence, import_id)
     SELECT {source:String}, row_key, 0, channel, granted, at, wording, concat({source:String}, ':', row_key), {import_id:UInt64}
     FROM ${parsedConsents(importId)}
     WHERE row_no IN (SELECT row_no FROM source_records WHERE source = {source:String} AND import_id = {import_id:UInt64})`,
    { source, import_id: importId },
  )
  const { parsed, stored } = await app.facts.one<{ parsed: number; stored: number }>(
    `SELECT (SELECT count() FROM ${people}) AS parsed,
            (SELECT count() FROM source_records WHERE source = {source:String} AND import_id = {import_id:UInt64}) AS stored`,
    { source, import_id: importId },
  )
  return { stored, duplicates: parsed - stored }
}
