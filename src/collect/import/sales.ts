/** Invoice lines: parsed, checked and stored in the engine; 20 M lines never pass through this process. */
import type { App } from '../../platform/app.ts'
import type { Mapping } from '../mapping.ts'
import { type Check, cell, firstProblem, readProblems, wrongCells } from './checked-rows.ts'
import type { Stored } from './commit-people.ts'
import { decimal, instant, int32 } from './parse-sql.ts'
import type { BadRow } from './rules.ts'
import { createStaging, type StageTarget } from './stage-file.ts'

const CHECKS: Check[] = [
  { field: 'invoice', rule: 'missing', wrong: "its_invoice = ''" },
  { field: 'product_code', rule: 'missing', wrong: "its_product_code = ''" },
  { field: 'quantity', rule: 'number', wrong: 'isNull(its_quantity)' },
  { field: 'unit_price', rule: 'number', wrong: 'isNull(its_unit_price)' },
  { field: 'sold_at', rule: 'time', wrong: 'isNull(its_sold_at)' },
  { field: 'line', rule: 'number', wrong: 'isNull(its_line)' },
  { field: 'quantity', rule: 'range', wrong: 'abs(toFloat64(its_quantity) * toFloat64(its_unit_price)) > 9e12' },
]

export const parsedSales = (importId: number): string => `staging_${importId}_sales`

const PARSED = {
  row_no: 'UInt64',
  problem: 'UInt8',
  invoice: 'String',
  line: 'Nullable(UInt32)',
  product_code: 'String',
  quantity: 'Nullable(Int32)',
  unit_price: 'Nullable(Decimal(18, 6))',
  sold_at: "Nullable(DateTime('UTC'))",
  account_no: 'String',
  country: 'LowCardinality(String)',
  currency: 'LowCardinality(String)',
  content_hash: 'UInt64',
  cells: 'Array(String)',
}

/** Lines are parsed while they are loaded: staging them as text first took twice as long for 20 M. */
export async function salesStaging(app: App, importId: number, mapping: Mapping): Promise<StageTarget> {
  const table = parsedSales(importId)
  await createStaging(app, table, PARSED)
  return {
    table,
    columns: Object.keys(PARSED),
    params: { currency: mapping.currency, source: mapping.source },
    select: (rowNo, name) => {
      const of = (field: string) => cell(mapping, field, name)
      const ownLine = of('line')
      const line =
        ownLine === "''"
          ? 'toNullable(toUInt32(its_number))'
          : `if(${ownLine} = '', toNullable(toUInt32(its_number)), toUInt32(${int32(ownLine)}))`
      return `${rowNo} AS its_number,
        ${firstProblem(CHECKS)} AS its_problem,
        ${of('invoice')} AS its_invoice,
        ${line} AS its_line,
        ${of('product_code')} AS its_product_code,
        ${int32(of('quantity'))} AS its_quantity,
        ${decimal(of('unit_price'))} AS its_unit_price,
        ${instant(of('sold_at'), mapping.timeZone)} AS its_sold_at,
        if(endsWith(${of('account_no')}, '.0'), substring(${of('account_no')}, 1, length(${of('account_no')}) - 2), ${of('account_no')}) AS its_account_no,
        ${of('country')} AS its_country,
        if(${of('currency')} = '', {currency:String}, upper(${of('currency')})) AS its_currency,
        cityHash64({source:String}, its_invoice, its_line, its_product_code, its_quantity, its_unit_price, its_sold_at, its_account_no, its_country, its_currency),
        ${wrongCells(mapping, name)}`
    },
  }
}

export const saleProblems = (app: App, importId: number, mapping: Mapping): Promise<BadRow[]> =>
  readProblems(app, parsedSales(importId), mapping, CHECKS)

/** Lines compared against what is stored already in slices of about this many, so that a set of hashes stays small. */
const SLICE = 2_000_000

export async function storeSales(app: App, importId: number, mapping: Mapping): Promise<Stored> {
  const { facts } = app
  const parsed = parsedSales(importId)
  const params = { source: mapping.source, import_id: importId }
  const { good, known } = await facts.one<{ good: number; known: number }>(
    `SELECT (SELECT count() FROM ${parsed} WHERE problem = 0) AS good,
            (SELECT count() FROM sale_lines WHERE source = {source:String} AND import_id IN (SELECT import_id FROM import_commits)) AS known`,
    params,
  )
  const repeated = await repeatedLines(app, parsed, good)
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

/** How many lines say the same as an earlier one of the file; counted in slices of hashes. */
async function repeatedLines(app: App, parsed: string, good: number): Promise<number> {
  const slices = Math.max(1, Math.ceil(good / SLICE))
  let repeated = 0
  for (let slice = 0; slice < slices; slice++) {
    const { more } = await app.facts.one<{ more: number }>(
      `SELECT count() - uniqExact(content_hash) AS more FROM ${parsed} WHERE problem = 0 AND content_hash % ${slices} = ${slice}`,
    )
    repeated += more
  }
  return repeated
}
