/** SQL of golden records: per customer and field the surviving value, with its source and the values it beat. */
import { stewardCandidates } from '../repair/corrected.ts'
import {
  BELIEF,
  GOLDEN_UNITS,
  type GoldenUnit,
  gathered,
  judged,
  RECORD_FIELDS,
  rankedCandidates,
  worseIn,
} from './survivorship.ts'

/** What golden records are made of: a row is what one source, a steward or the customer says of one customer. */
export const SAID_COLUMNS = [
  'customer_id',
  'kind',
  'account_no',
  'created_at',
  'source',
  'row_key',
  'at',
  'trust',
  ...RECORD_FIELDS,
]
export const SAID_TYPES: Record<string, string> = {
  ...Object.fromEntries(SAID_COLUMNS.map(column => [column, 'String'])),
  customer_id: 'UInt64',
  at: "DateTime('UTC')",
  created_at: "Nullable(DateTime('UTC'))",
  trust: 'Float64',
}

/** Not records of a source: they give values, but make no customer by themselves. */
export const TOLD = "('customer', 'steward')"

export const GOLDEN_COLUMNS = `customer_id, kind, name, family_name, given_name, name_pinyin, name_initials, gender, birth_date, id_number,
  org_code, contact_person, mobile, landline, email, country, province, city, district, street, postcode, language, accounts, records, since, provenance`

export const GOLDEN_NAMES = ['full_name', 'family_name', 'given_name', 'name_pinyin', 'name_initials', 'gender']
export const GOLDEN_REST = [
  'id_number',
  'org_code',
  'contact_person',
  'mobile',
  'landline',
  'email',
  'country',
  'province',
  'city',
  'district',
  'street',
  'postcode',
]

export const PROVENANCE_TYPE =
  'Map(String, Tuple(source String, rowKey String, at String, beat Array(Tuple(value String, source String, rowKey String, why String))))'

/** Of the beaten candidates those that say something else, each with the reason. */
const provenance = (unit: string): string => `
  ('${unit}', (${unit}_ranked[1].5, ${unit}_ranked[1].6, formatDateTime(${unit}_ranked[1].4, '%Y-%m-%dT%H:%i:%SZ', 'UTC'),
    arrayMap(c -> (${unit === 'address' ? "arrayStringConcat(arrayFilter(v -> v != '', c.1), ', ')" : 'c.1[1]'}, c.5, c.6,
        ${worseIn('c', `${unit}_ranked[1]`)}),
      arraySlice(arrayFilter(c -> c.1[1] != ${unit}_ranked[1].1[1], ${unit}_ranked), 1, 10))))`

const unitOf = (field: string) => {
  const unit = GOLDEN_UNITS.find(candidate => candidate.fields.includes(field))
  if (!unit) throw new Error(`no unit has ${field}`)
  return unit
}

/** Field of a golden record from its unit's ranked candidates. */
const rankedIn =
  (units: readonly GoldenUnit[]) =>
  (field: string): string => {
    const { unit, fields } = unitOf(field)
    if (!units.some(known => known.unit === unit)) return "''"
    return `if(empty(${unit}_ranked), '', ${unit}_ranked[1].1[${fields.indexOf(field) + 1}])`
  }

/** Field of a golden record where one record is all there is: a unit counts when its leading field is filled. */
function alone(field: string): string {
  const lead = unitOf(field).fields[0]
  return lead === field ? `toString(said.${field})` : `if(said.${lead} != '', toString(said.${field}), '')`
}

export const goldenLanguage = (field: (name: string) => string): string =>
  `multiIf(${field('language')} != '', ${field('language')}, match(${field('full_name')}, '\\\\p{Han}'), 'zh-CN', 'en')`

/**
 * GOLDEN_COLUMNS of the customers in `said`, a SELECT of SAID_COLUMNS. Parameter `now`: beliefs are of that instant.
 * `units`: those that anybody in `said` has; what the others would give is empty.
 */
export const goldenOfSaid = (said: string, units: readonly GoldenUnit[] = GOLDEN_UNITS): string => {
  const ranked = rankedIn(units)
  return `
WITH
  customers AS (
    SELECT customer_id, anyIf(kind, kind != '') AS kind, arraySort(groupUniqArrayIf(account_no, account_no != '')) AS accounts,
           countIf(source NOT IN ${TOLD}) AS record_count, min(created_at) AS since,
           ${gathered(units)}
    FROM (SELECT *, ${BELIEF} AS belief, ${judged(units)} FROM (${said}))
    GROUP BY customer_id
    HAVING record_count > 0
  ),
  ranked AS (
    SELECT customer_id, kind, accounts, record_count, since,
           ${units.map(unit => `${rankedCandidates(unit)} AS ${unit.unit}_ranked`).join(',\n           ')}
    FROM customers
  )
SELECT customer_id, kind, ${GOLDEN_NAMES.map(field => `${ranked(field)} AS golden_${field}`).join(', ')}, toDate32OrNull(${ranked('birth_date')}) AS golden_birth,
       ${GOLDEN_REST.map(field => `${ranked(field)} AS golden_${field}`).join(', ')}, ${goldenLanguage(ranked)} AS golden_language,
       accounts, record_count, since,
       toJSONString(CAST(arrayFilter(p -> p.2.1 != '', [${units.map(unit => provenance(unit.unit)).join(', ')}]), '${PROVENANCE_TYPE}')) AS golden_provenance
FROM ranked`
}

const UNITS = `[${GOLDEN_UNITS.map(({ unit }) => `'${unit}'`).join(', ')}]`
const LEADS = `[${GOLDEN_UNITS.map(({ fields }) => `toString(said.${fields[0]})`).join(', ')}]`

/**
 * The same where `said` has one record of a source per customer and nothing else: what it says is what is known. Three in four customers
 * are such, and they take a fifteenth of the time of the general form, which gives the same (golden.test.ts).
 */
export const goldenOfOne = (said: string): string => `
SELECT customer_id, kind, ${GOLDEN_NAMES.map(field => `${alone(field)} AS golden_${field}`).join(', ')}, toDate32OrNull(said.birth_date) AS golden_birth,
       ${GOLDEN_REST.map(field => `${alone(field)} AS golden_${field}`).join(', ')}, ${goldenLanguage(alone)} AS golden_language,
       if(said.account_no = '', [], [said.account_no]) AS accounts, 1 AS record_count, said.created_at AS since,
       concat('{', arrayStringConcat(arrayMap(unit -> concat('"', unit, '":', found), arrayFilter((unit, lead) -> lead != '', ${UNITS}, ${LEADS})), ','), '}') AS golden_provenance
FROM (SELECT *, concat('{"source":', toJSONString(toString(source)), ',"rowKey":', toJSONString(row_key), ',"at":"',
        formatDateTime(at, '%Y-%m-%dT%H:%i:%SZ', 'UTC'), '","beat":[]}') AS found FROM (${said})) AS said`

/** A condition that holds for some numbers of customers, as a function of the column; none: of everybody. */
export type Of = (column: string) => string

/**
 * What customers said, as rows of SAID_COLUMNS; customers by their numbers in the run. Of some, their events and former numbers are read by
 * key: at 3 M events the engine takes 12 ms of processor time instead of 250.
 */
export const customersSaid = (of?: Of): string => `
SELECT ${SAID_COLUMNS.join(', ')} FROM (
  WITH told AS (
    SELECT if(redirects.customer_id = 0, events.customer_id, redirects.customer_id) AS customer_id, event_id, toDateTime(at, 'UTC') AS at,
           JSONExtract(payload, 'fields', 'Map(String, String)') AS said
    FROM (SELECT * FROM events FINAL WHERE type = 'answer'${of ? ` AND (${of('customer_id')} OR customer_id IN (${FORMER} AND ${of('customer_id')}))` : ''}) AS events
    LEFT JOIN (${REDIRECTS}${of ? ` AND (${of('customer_id')} OR ${of('old_id')})` : ''}) AS redirects ON redirects.old_id = events.customer_id
  )
  SELECT customer_id, '' AS kind, '' AS account_no, CAST(NULL, 'Nullable(DateTime(\\'UTC\\'))') AS created_at, 'customer' AS source,
         event_id AS row_key, at, toFloat64(1) AS trust, ${RECORD_FIELDS.map(field => `said['${field}'] AS ${field}`).join(', ')}
  FROM told${of ? ` WHERE ${of('customer_id')}` : ''}
)`

const REDIRECTS = 'SELECT old_id, customer_id FROM customer_redirects WHERE run_id = {run_id:UInt64}'
const FORMER = 'SELECT old_id FROM customer_redirects WHERE run_id = {run_id:UInt64}'

/** And what stewards set, who correct what a source says. */
export const toldRows = (of?: Of): string => `${customersSaid(of)}
UNION ALL
SELECT ${SAID_COLUMNS.join(', ')} FROM (${stewardCandidates(RECORD_FIELDS, of?.('customer_id'))})`

/** Of everybody. */
export const TOLD_ROWS = toldRows()
