/**
 * Golden records of a few customers: what `goldenOfSaid` says (refresh.test.ts holds one against the other), written for the reading and
 * not for the work. To plan a ranking for each of eleven units takes 70 ms of processor time whatever it finds; here one ranking serves
 * them all and the whole statement takes a fifth of it. Of a million customers it would be slower.
 */
import { GOLDEN_NAMES, GOLDEN_REST, goldenLanguage, PROVENANCE_TYPE, TOLD } from './golden-sql.ts'
import { BELIEF, BUSINESS_TRUST, GOLDEN_UNITS, worseIn } from './survivorship.ts'

/** What a record says of each unit it knows: (unit, values, validity and tier, belief, at, source, row_key). */
const CANDIDATES = GOLDEN_UNITS.map(
  ({ unit, fields, valid, bonus }) =>
    `('${unit}', [${fields.join(', ')}], toUInt8(2 * toUInt8(${valid}) + (trust >= ${BUSINESS_TRUST})), belief + toFloat64(${bonus ?? '0'}), at, source, row_key)`,
).join(',\n      ')

const UNITS = `[${GOLDEN_UNITS.map(({ unit }) => `'${unit}'`).join(', ')}]`

/** Of one unit, best first, without its name; a tenth more for every other source that says the same. */
const RANKED = `arrayReverseSort(c -> (c.2, c.3, c.4, c.5, c.6), arrayMap(
      c -> (c.2, c.3, c.4 + 0.1 * (length(arrayDistinct(arrayMap(o -> o.6, arrayFilter(o -> o.1 = unit AND o.2[1] = c.2[1], candidates)))) - 1), c.5, c.6, c.7),
      arrayFilter(c -> c.1 = unit, candidates)))`

function survivor(field: string): string {
  const at = GOLDEN_UNITS.findIndex(({ fields }) => fields.includes(field))
  return `ranked[${at + 1}][1].1[${GOLDEN_UNITS[at]!.fields.indexOf(field) + 1}]`
}

const PROVENANCE = `arrayMap((unit, its) -> (unit, (its[1].5, its[1].6, formatDateTime(its[1].4, '%Y-%m-%dT%H:%i:%SZ', 'UTC'),
    arrayMap(c -> (if(unit = 'address', arrayStringConcat(arrayFilter(v -> v != '', c.1), ', '), c.1[1]), c.5, c.6, ${worseIn('c', 'its[1]')}),
      arraySlice(arrayFilter(c -> c.1[1] != its[1].1[1], its), 1, 10)))), ${UNITS}, ranked)`

/** GOLDEN_COLUMNS of the customers in `said`, a SELECT of SAID_COLUMNS. Parameter `now`: beliefs are of that instant. */
export const goldenOfFew = (said: string): string => `
WITH
  customers AS (
    SELECT customer_id, anyIf(kind, kind != '') AS kind, arraySort(groupUniqArrayIf(account_no, account_no != '')) AS accounts,
           countIf(source NOT IN ${TOLD}) AS record_count, min(created_at) AS since, groupArrayArray(known) AS candidates
    FROM (SELECT *, ${BELIEF} AS belief, arrayFilter(c -> c.2[1] != '', [
      ${CANDIDATES}]) AS known FROM (${said}))
    GROUP BY customer_id
    HAVING record_count > 0
  ),
  judged AS (
    SELECT customer_id, kind, accounts, record_count, since, arrayMap(unit -> ${RANKED}, ${UNITS}) AS ranked
    FROM customers
  )
SELECT customer_id, kind, ${GOLDEN_NAMES.map(field => `${survivor(field)} AS golden_${field}`).join(', ')}, toDate32OrNull(${survivor('birth_date')}) AS golden_birth,
       ${GOLDEN_REST.map(field => `${survivor(field)} AS golden_${field}`).join(', ')}, ${goldenLanguage(survivor)} AS golden_language,
       accounts, record_count, since,
       toJSONString(CAST(arrayFilter(p -> p.2.1 != '', ${PROVENANCE}), '${PROVENANCE_TYPE}')) AS golden_provenance
FROM judged`
