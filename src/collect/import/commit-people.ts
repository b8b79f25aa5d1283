import type { App } from '../../platform/app.ts'
import { ADDRESS_FIELDS, CONTACT_FIELDS, NAME_FIELDS, NUMBER_FIELDS } from '../person-fields.ts'
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
const KEYS = (keys: string, people: string, staging: string): string => `
INSERT INTO ${keys} (row_no, row_key, hash)
SELECT row_no, people.row_key, hash
FROM (SELECT row_no, hash FROM ${staging}) AS raws INNER JOIN (SELECT row_no, row_key FROM ${people}) AS people USING (row_no)`

/**
 * Rows that are new: of those that say the same under the same key the first, and only if the newest committed version of
 * that key says something else and is none that came in after the import `from`, when these rows are mended ones of it.
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
SELECT first, its_hash FROM first_of_kind LEFT ANTI JOIN known ON known.row_key = its_key AND known.hash = its_hash
WHERE its_key NOT IN (
  SELECT row_key FROM source_records
  WHERE source = {source:String} AND import_id > {from:UInt64} AND import_id IN (SELECT import_id FROM import_commits)
)`

/** Rows put together at a time: raw rows of half a kilobyte each are held for the join. */
const SLICE = 200_000

export const PEOPLE_COLUMNS = [
  'kind',
  ...NAME_FIELDS,
  'gender',
  'birth_date',
  ...NUMBER_FIELDS,
  ...CONTACT_FIELDS,
  ...ADDRESS_FIELDS,
  'account_no',
  'language',
  'name_pinyin',
  'name_initials',
  'updated_at',
  'created_at',
]

/** No import is newer than this. */
const NEVER = Number.MAX_SAFE_INTEGER

/** Compares the parsed rows with what is known: fills the tables that `comparedPeople` names. */
export async function comparePeople(
  app: App,
  importId: number,
  source: string,
  staging: string,
  from?: number,
): Promise<void> {
  const params = { source, from: from ?? NEVER }
  const { keys, fresh } = comparedPeople(importId)
  await createStaging(app, keys, { row_no: 'UInt64', row_key: 'String', hash: 'UInt64' }, 'row_no')
  await createStaging(app, fresh, { row_no: 'UInt64', hash: 'UInt64' }, 'row_no')
  await app.facts.exec(KEYS(keys, parsedPeople(importId), staging), params)
  await app.facts.exec(FRESH(fresh, keys), params)
}

/** Moves parsed rows and their consents into place, still invisible. */
export async function storePeople(
  app: App,
  importId: number,
  source: string,
  staging: string,
  from?: number,
): Promise<Stored> {
  const people = parsedPeople(importId)
  const params = { source, import_id: importId }
  const { fresh } = comparedPeople(importId)
  await comparePeople(app, importId, source, staging, from)
  const { last } = await app.facts.one<{ last: number }>(`SELECT max(row_no) AS last FROM ${fresh}`)
  for (let from = 0; from <= last; from += SLICE) {
    const slice = `row_no >= ${from} AND row_no < ${from + SLICE}`
    await app.facts.exec(
      `INSERT INTO source_records (source, row_key, import_id, row_no, content_hash, ${PEOPLE_COLUMNS.join(', ')}, raw)
       SELECT {source:String}, row_key, {import_id:UInt64}, row_no, hash, ${PEOPLE_COLUMNS.join(', ')}, raw
       FROM (SELECT * FROM ${people} WHERE ${slice} AND row_no IN (SELECT row_no FROM ${fresh} WHERE ${slice})) AS people
       INNER JOIN (SELECT row_no, hash, raw FROM ${staging} WHERE ${slice}) AS raws USING (row_no)`,
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
