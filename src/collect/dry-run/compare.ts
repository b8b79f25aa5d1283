/** Parsed rows against what is stored, by kind: how many are new, changed, the same, repeated. */
import type { App } from '../../platform/app.ts'
import { parsedAttributes } from '../import/attributes.ts'
import { comparedPeople, comparePeople, PEOPLE_COLUMNS } from '../import/commit-people.ts'
import { parsedPeople } from '../import/people.ts'
import { parsedProducts } from '../import/products.ts'
import { parsedSales } from '../import/sales.ts'
import type { Mapping } from '../mapping.ts'
import type { ParsedAhead } from './parsed-ahead.ts'

export interface Compared {
  good: number
  fresh: number
  changed: number
  repeated: number
}

const COMMITTED = 'import_id IN (SELECT import_id FROM import_commits)'

export async function comparePeopleRows(app: App, { id, table }: ParsedAhead, mapping: Mapping): Promise<Compared> {
  await comparePeople(app, id, mapping.source, table)
  const { keys, fresh } = comparedPeople(id)
  const counts = await app.facts.one<{ good: number; kinds: number; new_rows: number; new_keys: number }>(
    `WITH
       stored AS (SELECT DISTINCT row_key FROM source_records WHERE source = {source:String} AND ${COMMITTED}),
       news AS (SELECT row_key FROM ${keys} WHERE row_no IN (SELECT row_no FROM ${fresh}))
     SELECT (SELECT count() FROM ${keys}) AS good,
            (SELECT uniqExact(row_key, hash) FROM ${keys}) AS kinds,
            (SELECT count() FROM news) AS new_rows,
            (SELECT uniqExact(row_key) FROM news WHERE row_key NOT IN (SELECT row_key FROM stored)) AS new_keys`,
    { source: mapping.source },
  )
  return {
    good: counts.good,
    fresh: counts.new_keys,
    changed: counts.new_rows - counts.new_keys,
    repeated: counts.good - counts.kinds,
  }
}

export async function compareSales(app: App, { id }: ParsedAhead, mapping: Mapping): Promise<Compared> {
  const counts = await app.facts.one<{ good: number; kinds: number; fresh: number }>(
    `WITH lines AS (SELECT content_hash FROM ${parsedSales(id)} WHERE problem = 0)
     SELECT (SELECT count() FROM lines) AS good, (SELECT uniqExact(content_hash) FROM lines) AS kinds,
            (SELECT uniqExact(content_hash) FROM lines WHERE content_hash NOT IN (
               SELECT content_hash FROM sale_lines WHERE source = {source:String} AND ${COMMITTED})) AS fresh`,
    { source: mapping.source },
  )
  return { good: counts.good, fresh: counts.fresh, changed: 0, repeated: counts.good - counts.kinds }
}

const PRODUCT_SAYS = 'name_en, name_zh, category, category_en, category_zh, price, cost, currency, is_service'

export async function compareProducts(app: App, { id }: ParsedAhead): Promise<Compared> {
  const counts = await app.facts.one<{ good: number; codes: number; fresh: number; changed: number }>(
    `WITH
       known AS (
         SELECT product_code, argMax(cityHash64(name_en, name_zh, category, category_en, category_zh, list_price_minor, unit_cost_minor, currency, is_service), import_id) AS says
         FROM products WHERE ${COMMITTED} GROUP BY product_code
       ),
       given AS (
         SELECT product_code, toInt64(round(assumeNotNull(list_price) * 100)) AS price, toInt64(round(assumeNotNull(unit_cost) * 100)) AS cost,
                cityHash64(${PRODUCT_SAYS}) AS says
         FROM ${parsedProducts(id)} WHERE problem = 0 ORDER BY row_no DESC LIMIT 1 BY product_code
       ),
       both AS (SELECT given.says AS now, known.says AS was, known.product_code AS code FROM given LEFT JOIN known ON known.product_code = given.product_code)
     SELECT (SELECT count() FROM ${parsedProducts(id)} WHERE problem = 0) AS good, (SELECT count() FROM both) AS codes,
            (SELECT countIf(code = '') FROM both) AS fresh, (SELECT countIf(code != '' AND now != was) FROM both) AS changed`,
  )
  return { good: counts.good, fresh: counts.fresh, changed: counts.changed, repeated: counts.good - counts.codes }
}

/** A row counts as new when it brings at least one answer that is not known, as it does when it is stored. */
export async function compareAttributes(app: App, parsed: ParsedAhead, mapping: Mapping): Promise<Compared> {
  const good = parsed.rows - parsed.bad.length
  const { fresh } = await app.facts.one<{ fresh: number }>(
    `SELECT uniqExact(row_no) AS fresh FROM (
       SELECT row_no, key_kind, key, name, value, at FROM ${parsedAttributes(parsed.id)} AS new
       LEFT ANTI JOIN (SELECT key_kind, key, name, value, at FROM source_attributes WHERE source = {source:String} AND ${COMMITTED}) AS known
         USING (key_kind, key, name, value, at)
       ORDER BY row_no LIMIT 1 BY key_kind, key, name, value, at)`,
    { source: mapping.source },
  )
  return { good, fresh, changed: 0, repeated: 0 }
}

export interface FieldChange {
  field: string
  rows: number
  examples: { rowKey: string; rowNo: number; before: string; after: string }[]
}

/** Changed rows looked into field by field: each holds both versions in memory, half a kilobyte. */
export const MOST_COMPARED = 100_000

const text = (column: string): string => `ifNull(toString(${column}), '')`

/** Row key, number and what differs: (field, before, after), the fields kept as given alone as ''. */
export const changesSql = (id: number): string => {
  const { keys, fresh } = comparedPeople(id)
  const values = (of: string) => PEOPLE_COLUMNS.map(column => text(of ? `${of}.${column}` : column)).join(', ')
  return `
    WITH
      stored AS (SELECT DISTINCT row_key FROM source_records WHERE source = {source:String} AND ${COMMITTED}),
      chosen AS (
        SELECT row_no FROM ${keys} WHERE row_no IN (SELECT row_no FROM ${fresh}) AND row_key IN (SELECT row_key FROM stored)
        ORDER BY row_no LIMIT ${MOST_COMPARED}
      ),
      now AS (SELECT row_key, row_no, [${values('')}] AS says FROM ${parsedPeople(id)} WHERE row_no IN (SELECT row_no FROM chosen)),
      was AS (
        SELECT row_key, argMax([${values('')}], (import_id, row_no)) AS says
        FROM source_records WHERE source = {source:String} AND ${COMMITTED} AND row_key IN (SELECT row_key FROM now) GROUP BY row_key
      ),
      both AS (
        SELECT now.row_key AS row_key, now.row_no AS row_no,
               arrayFilter(c -> c.2 != c.3, arrayZip([${PEOPLE_COLUMNS.map(column => `'${column}'`).join(', ')}], was.says, now.says)) AS differing
        FROM now INNER JOIN was ON was.row_key = now.row_key
      )
    SELECT row_key, row_no, arrayJoin(if(empty(differing), [('', '', '')], differing)) AS change FROM both`
}

export async function changedFields(app: App, id: number, mapping: Mapping): Promise<FieldChange[]> {
  const rows = await app.facts.query<{
    field: string
    rows: number
    examples: [string, number, string, string][]
  }>(
    `SELECT change.1 AS field, count() AS rows,
            groupArraySorted(5)((row_no, row_key, change.2, change.3)) AS found,
            arrayMap(e -> (e.2, e.1, e.3, e.4), found) AS examples
     FROM (${changesSql(id)}) GROUP BY field ORDER BY rows DESC, field`,
    { source: mapping.source },
  )
  return rows.map(({ field, rows: count, examples }) => ({
    field,
    rows: count,
    examples:
      field === ''
        ? []
        : examples.map(([rowKey, rowNo, before, after]) => ({ rowKey, rowNo: Number(rowNo), before, after })),
  }))
}
