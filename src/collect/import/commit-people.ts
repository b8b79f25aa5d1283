import type { App } from '../../platform/app.ts'
import { parsedConsents, parsedPeople } from './people.ts'
import { createStaging } from './stage-file.ts'

export interface Stored {
  stored: number
  duplicates: number
}

export const comparedPeople = (importId: number) => ({
  keys: `staging_${importId}_keys`,
  fresh: `staging_${importId}_fresh`,
})

/** Row numbers, keys and hashes of the parsed rows, narrow enough to compare them all at once. */
const KEYS = (keys: string, people: string, staging: string, rawRow: string): string => `
INSERT INTO ${keys} (row_no, row_key, hash)
SELECT row_no, people.row_key, cityHash64(${rawRow})
FROM ${staging} AS raws INNER JOIN (SELECT row_no, row_key FROM ${people}) AS people USING (row_no)`

/**
 * Rows that are new: of those that say the same under the same key the first, and only if the newest committed version of
 * that key says something else.
 */
const FRESH = (fresh: string, keys: string): string => `
INSERT INTO ${fresh} (row_no, hash)
WITH
  known AS (
    SELECT row_key, argMax(content_hash, (import_id, row_no)) AS hash
    FROM source_records
    WHERE source = {source:String} AND import_id IN (SELECT import_id FROM import_commits)
    GROUP BY row_key
  ),
  first_of_kind AS (SELECT min(row_no) AS first, any(row_key) AS its_key, any(hash) AS its_hash FROM ${keys} GROUP BY cityHash64(row_key, hash))
SELECT first, its_hash FROM first_of_kind LEFT ANTI JOIN known ON known.row_key = its_key AND known.hash = its_hash`

/** Rows put together at a time: raw rows of half a kilobyte each are held for the join. */
const SLICE = 200_000

const COLUMNS = [
  'kind',
  'full_name',
  'family_name',
  'given_name',
  'gender',
  'birth_date',
  'id_number',
  'org_code',
  'contact_person',
  'mobile',
  'mobile2',
  'landline',
  'email',
  'country',
  'province',
  'city',
  'district',
  'street',
  'postcode',
  'address2',
  'account_no',
  'language',
  'name_pinyin',
  'name_initials',
  'updated_at',
  'created_at',
]

/** Moves parsed rows and their consents into place, still invisible. */
export async function storePeople(
  app: App,
  importId: number,
  source: string,
  staging: string,
  headers: string[],
): Promise<Stored> {
  const people = parsedPeople(importId)
  // JSON lines bring their own raw row; for columns it is made from headers and cells.
  const cells = headers.map((_, c) => `c${c}`).join(', ')
  const rawRow = `if(raw != '', raw, toJSONString(CAST(({headers:Array(String)}, [${cells}]), 'Map(String, String)')))`
  const params = { source, import_id: importId, headers }
  const { keys, fresh } = comparedPeople(importId)
  await createStaging(app, keys, { row_no: 'UInt64', row_key: 'String', hash: 'UInt64' }, 'row_no')
  await createStaging(app, fresh, { row_no: 'UInt64', hash: 'UInt64' }, 'row_no')
  await app.facts.exec(KEYS(keys, people, staging, rawRow), params)
  await app.facts.exec(FRESH(fresh, keys), params)
  const { last } = await app.facts.one<{ last: number }>(`SELECT max(row_no) AS last FROM ${fresh}`)
  for (let from = 0; from <= last; from += SLICE) {
    const slice = `row_no >= ${from} AND row_no < ${from + SLICE}`
    await app.facts.exec(
      `INSERT INTO source_records (source, row_key, import_id, row_no, content_hash, ${COLUMNS.join(', ')}, raw)
       SELECT {source:String}, row_key, {import_id:UInt64}, row_no, fresh.hash, ${COLUMNS.join(', ')}, raws.raw_row
       FROM (SELECT * FROM ${people} WHERE ${slice}) AS people
       INNER JOIN (SELECT row_no, hash FROM ${fresh} WHERE ${slice}) AS fresh USING (row_no)
       INNER JOIN (SELECT row_no, ${rawRow} AS raw_row FROM ${staging} WHERE ${slice}) AS raws USING (row_no)`,
      params,
    )
  }
  await app.facts.exec(
    `INSERT INTO consents (source, row_key, customer_id, channel, granted, at, wording, evidence, import_id)
     SELECT {source:String}, row_key, 0, channel, granted, at, wording, concat({source:String}, ':', row_key), {import_id:UInt64}
     FROM ${parsedConsents(importId)}
     WHERE row_no IN (SELECT row_no FROM ${fresh})`,
    { source, import_id: importId },
  )
  const { parsed, stored } = await app.facts.one<{ parsed: number; stored: number }>(
    `SELECT (SELECT count() FROM ${people}) AS parsed,
            (SELECT count() FROM source_records WHERE source = {source:String} AND import_id = {import_id:UInt64}) AS stored`,
    { source, import_id: importId },
  )
  return { stored, duplicates: parsed - stored }
}
