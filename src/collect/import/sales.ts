/** Invoice lines: parsed, checked and stored in the engine; 20 M lines never pass through this process. */
import type { App } from '../../platform/app.ts'
import type { Mapping } from '../mapping.ts'
import { cell, type Check, firstProblem, readProblems } from './checked-rows.ts'
import type { Stored } from './commit-people.ts'
import { decimal, instant, int32 } from './parse-sql.ts'
import type { BadRow } from './rules.ts'
import { createStaging } from './stage-file.ts'

const CHECKS: Check[] = [
  { field: 'invoice', rule: 'missing', wrong: "invoice = ''" },
  { field: 'product_code', rule: 'missing', wrong: "product_code = ''" },
  { field: 'quantity', rule: 'number', wrong: 'isNull(quantity)' },
  { field: 'unit_price', rule: 'number', wrong: 'isNull(unit_price)' },
  { field: 'sold_at', rule: 'time', wrong: 'isNull(sold_at)' },
  { field: 'line', rule: 'number', wrong: 'isNull(line)' },
  { field: 'quantity', rule: 'range', wrong: 'abs(toFloat64(quantity) * toFloat64(unit_price)) > 9e12' },
]

export const parsedSales = (importId: number): string => `staging_${importId}_sales`

/** Parses staging into `staging_<id>_sales`, ordered by the hash of the line so that equal lines lie together. */
export async function parseSales(app: App, importId: number, staging: string, mapping: Mapping): Promise<BadRow[]> {
  const parsed = parsedSales(importId)
  await createStaging(app, parsed, {
    row_no: 'UInt64', problem: 'UInt8', invoice: 'String', line: 'Nullable(UInt32)', product_code: 'String', quantity: 'Nullable(Int32)',
    unit_price: 'Nullable(Decimal(18, 6))', sold_at: "Nullable(DateTime('UTC'))", account_no: 'String', country: 'LowCardinality(String)',
    currency: 'LowCardinality(String)', content_hash: 'UInt64',
  }, 'content_hash')
  const lineCell = cell(mapping, 'line')
  await app.facts.exec(
    `INSERT INTO ${parsed} (row_no, problem, invoice, line, product_code, quantity, unit_price, sold_at, account_no, country, currency, content_hash)
     WITH
       ${cell(mapping, 'invoice')} AS invoice,
       ${lineCell === "''" ? 'toNullable(toUInt32(row_no))' : `if(${lineCell} = '', toNullable(toUInt32(row_no)), toUInt32(${int32(lineCell)}))`} AS line,
       ${cell(mapping, 'product_code')} AS product_code,
       ${int32(cell(mapping, 'quantity'))} AS quantity,
       ${decimal(cell(mapping, 'unit_price'))} AS unit_price,
       ${instant(cell(mapping, 'sold_at'), mapping.timeZone)} AS sold_at,
       replaceRegexpOne(${cell(mapping, 'account_no')}, '\\\\.0$', '') AS account_no,
       ${cell(mapping, 'country')} AS country,
       if(${cell(mapping, 'currency')} = '', {currency:String}, upper(${cell(mapping, 'currency')})) AS currency
     SELECT row_no, ${firstProblem(CHECKS)}, invoice, line, product_code, quantity, unit_price, sold_at, account_no, country, currency,
            cityHash64({source:String}, invoice, line, product_code, quantity, unit_price, sold_at, account_no, country, currency)
     FROM ${staging}`,
    { currency: mapping.currency, source: mapping.source },
  )
  return readProblems(app, parsed, staging, mapping, CHECKS)
}

/** Lines compared against what is stored already in slices of about this many, so that a set of hashes stays small. */
const SLICE = 8_000_000

export async function storeSales(app: App, importId: number, mapping: Mapping): Promise<Stored> {
  const { facts } = app
  const parsed = parsedSales(importId)
  const params = { source: mapping.source, import_id: importId }
  const { good, repeated, known } = await facts.one<{ good: number; repeated: number; known: number }>(
    `SELECT (SELECT count() FROM ${parsed} WHERE problem = 0) AS good,
            (SELECT sum(more) FROM (SELECT count() - 1 AS more FROM ${parsed} WHERE problem = 0 GROUP BY content_hash)) AS repeated,
            (SELECT count() FROM sale_lines WHERE source = {source:String} AND import_id IN (SELECT import_id FROM import_commits)) AS known`,
    params,
    { settings: { optimize_aggregation_in_order: 1 } },
  )
  const slices = known === 0 ? 1 : Math.max(1, Math.ceil(Math.max(good, known) / SLICE))
  for (let slice = 0; slice < slices; slice++) {
    const filters = [
      'problem = 0',
      slices > 1 ? `content_hash % ${slices} = ${slice}` : '',
      known > 0
        ? `content_hash NOT IN (SELECT content_hash FROM sale_lines WHERE source = {source:String}
             AND import_id IN (SELECT import_id FROM import_commits) AND content_hash % ${slices} = ${slice})`
        : '',
    ].filter(Boolean)
    await facts.exec(
      `INSERT INTO sale_lines (source, import_id, account_no, invoice, line, product_code, quantity, unit_price, amount_minor,
                               currency, sold_at, country, content_hash)
       SELECT {source:String}, {import_id:UInt64}, account_no, invoice, assumeNotNull(line), product_code, assumeNotNull(quantity) AS pieces,
              assumeNotNull(unit_price) AS price, toInt64(round(toDecimal128(price, 6) * pieces * 100)), currency,
              assumeNotNull(sold_at), country, content_hash
       FROM ${parsed} WHERE ${filters.join(' AND ')}
       ${repeated > 0 ? 'ORDER BY content_hash LIMIT 1 BY content_hash' : ''}`,
      params,
    )
  }
  const { stored } = await facts.one<{ stored: number }>(
    'SELECT count() AS stored FROM sale_lines WHERE source = {source:String} AND import_id = {import_id:UInt64}',
    params,
  )
  return { stored, duplicates: good - stored }
}
