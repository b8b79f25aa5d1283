/**
 * How repairs take effect. A repair of the form (letters, spaces, a code, a made-up number taken away) changes the record where it is
 * read, as long as the source still says what was repaired: source, date and trust stay its own. A value that people set comes as a
 * record of a source of its own, "steward", with its own date and trust, beside what it corrects.
 */

import { currentSourceRecords } from '../identity/current.ts'
import { ADDRESS_FIELDS, CONTACT_FIELDS, NAME_FIELDS, NUMBER_FIELDS } from '../person-fields.ts'

/** Fields of a source record that a repair may change. */
export const CORRECTABLE = [
  ...NAME_FIELDS,
  'name_pinyin',
  'name_initials',
  'gender',
  'birth_date',
  ...NUMBER_FIELDS,
  ...CONTACT_FIELDS,
  ...ADDRESS_FIELDS,
  'language',
] as const
export type CorrectableField = (typeof CORRECTABLE)[number]

/** Above every source that is a file, below what customers say of themselves. */
export const STEWARD_TRUST = 0.95

/** Repairs that hold. */
const APPLIED = 'SELECT repair_id FROM repair_marks GROUP BY repair_id HAVING argMax(applied, mark_no) = 1'

/** The newest value that people set, of every field. `among`: of which records, by source and row_key. */
const setValues = (among: string): string => `
SELECT source, row_key, field, after, at FROM corrections
WHERE kind = 'value' AND repair_id IN (${APPLIED})${among && ` AND ${among}`}
ORDER BY source, row_key, field, repair_id DESC
LIMIT 1 BY source, row_key, field`

/** Every correction of the form that holds, oldest first: a later one starts from what an earlier one made. */
const fixesOf = (among: string): string => `
SELECT source, row_key, CAST((groupArray(field), groupArray(chain)), 'Map(String, Array(Tuple(before String, after String)))') AS fixes
FROM (
  SELECT source, row_key, field, arrayMap(step -> (step.2, step.3), arraySort(step -> step.1, groupArray((repair_id, before, after)))) AS chain
  FROM corrections WHERE kind = 'form' AND repair_id IN (${APPLIED})${among && ` AND ${among}`}
  GROUP BY source, row_key, field
)
GROUP BY source, row_key`

const textOf = (field: string): string =>
  field === 'birth_date' ? "ifNull(toString(birth_date), '')" : `CAST(${field}, 'String')`
const folded = (field: string): string =>
  `arrayFold((value, step) -> if(step.1 = value, step.2, value), fixes['${field}'], ${textOf(field)})`
const fixed = (field: string): string => (field === 'birth_date' ? `toDate32OrNull(${folded(field)})` : folded(field))

const asIs = (field: string): string => (field === 'birth_date' ? field : textOf(field))

const REPAIRED = CORRECTABLE.map(
  field => `if(mapContains(fixes, '${field}'), ${fixed(field)}, ${asIs(field)}) AS ${field}`,
).join(',\n    ')

/** As `currentSourceRecords`, with repairs of the form carried out. */
export const correctedSourceRecords = (columns: string, among = ''): string => `
SELECT ${columns} FROM (
  SELECT records.* REPLACE (
    ${REPAIRED})
  FROM (${currentSourceRecords('*', among)}) AS records
  LEFT JOIN (${fixesOf(among)}) AS repairs USING (source, row_key)
)`

/**
 * Values that people set, as records of the source "steward": customer_id, kind, account_no, created_at, source, row_key, at, trust and
 * the fields asked for. Needs the identity run's links under `run_id`. `of`: a condition on `customer_id`; without it, of everybody.
 */
export const stewardCandidates = (fields: readonly string[], of = ''): string => `
SELECT customer_id, '' AS kind, '' AS account_no, CAST(NULL, 'Nullable(DateTime(\\'UTC\\'))') AS created_at, 'steward' AS source,
       concat(about, ':', about_key) AS row_key, last_at AS at, toFloat64(${STEWARD_TRUST}) AS trust,
       ${fields.map(field => `said['${field}'] AS ${field}`).join(', ')}
FROM (
  SELECT links.customer_id AS customer_id, set_values.source AS about, set_values.row_key AS about_key, last_at, said
  FROM (SELECT source, row_key, max(at) AS last_at, CAST((groupArray(field), groupArray(after)), 'Map(String, String)') AS said
        FROM (${setValues(of && `(source, row_key) IN (${linkedRecords(of)})`)}) GROUP BY source, row_key) AS set_values
  INNER JOIN (SELECT source, row_key, customer_id FROM record_links WHERE run_id = {run_id:UInt64}${of && ` AND ${of}`}) AS links USING (source, row_key)
)`

/** The records that a condition on `customer_id` names, in the identity run `run_id`. */
export const linkedRecords = (of: string): string =>
  `SELECT source, row_key FROM record_links WHERE run_id = {run_id:UInt64} AND ${of}`
