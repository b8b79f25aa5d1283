/** The catalogue. A code that says the same as before is a duplicate; a changed one becomes the version that holds. */
import type { App } from '../../platform/app.ts'
import type { Mapping } from '../mapping.ts'
import { type Check, cell, firstProblem, readProblems, wrongCells } from './checked-rows.ts'
import type { Stored } from './commit-people.ts'
import { decimal } from './parse-sql.ts'
import type { BadRow } from './rules.ts'
import { createStaging, type StageTarget } from './stage-file.ts'

const CHECKS: Check[] = [
  { field: 'product_code', rule: 'missing', wrong: "its_product_code = ''" },
  { field: 'list_price', rule: 'number', wrong: 'isNull(its_list_price)' },
  { field: 'unit_cost', rule: 'number', wrong: 'isNull(its_unit_cost)' },
]

export const parsedProducts = (importId: number): string => `staging_${importId}_products`

const PARSED = {
  row_no: 'UInt64',
  problem: 'UInt8',
  product_code: 'String',
  name_en: 'String',
  name_zh: 'String',
  category: 'String',
  category_en: 'String',
  category_zh: 'String',
  list_price: 'Nullable(Decimal(18, 6))',
  unit_cost: 'Nullable(Decimal(18, 6))',
  currency: 'String',
  is_service: 'UInt8',
  cells: 'Array(String)',
}

export async function productStaging(app: App, importId: number, mapping: Mapping): Promise<StageTarget> {
  const table = parsedProducts(importId)
  await createStaging(app, table, PARSED)
  return {
    table,
    columns: Object.keys(PARSED),
    params: { currency: mapping.currency },
    select: (rowNo, name) => {
      const of = (field: string) => cell(mapping, field, name)
      const money = (field: string) => `if(${of(field)} = '', toNullable(toDecimal64(0, 6)), ${decimal(of(field))})`
      const texts = ['name_en', 'name_zh', 'category', 'category_en', 'category_zh'].map(of)
      return `${rowNo}, ${firstProblem(CHECKS)} AS its_problem, ${of('product_code')} AS its_product_code, ${texts.join(', ')},
        ${money('list_price')} AS its_list_price, ${money('unit_cost')} AS its_unit_cost,
        if(${of('currency')} = '', {currency:String}, upper(${of('currency')})), ${of('product_kind')} NOT IN ('', 'product'),
        ${wrongCells(mapping, name)}`
    },
  }
}

export const productProblems = (app: App, importId: number, mapping: Mapping): Promise<BadRow[]> =>
  readProblems(app, parsedProducts(importId), mapping, CHECKS)

const SAYS =
  'product_code, name_en, name_zh, category, category_en, category_zh, list_price_minor, unit_cost_minor, currency, is_service'

/** `from`: the import whose mended rows these are; what came in later holds. */
export async function storeProducts(app: App, importId: number, from = Number.MAX_SAFE_INTEGER): Promise<Stored> {
  const parsed = parsedProducts(importId)
  const params = { import_id: importId, from }
  await app.facts.exec(
    `INSERT INTO products (import_id, ${SAYS}, margin_rate)
     WITH known AS (
       SELECT product_code, argMax(cityHash64(${SAYS}), import_id) AS hash
       FROM products WHERE import_id IN (SELECT import_id FROM import_commits) GROUP BY product_code
     ),
     rows AS (
       SELECT row_no, product_code, name_en, name_zh, category, category_en, category_zh,
              toInt64(round(assumeNotNull(list_price) * 100)) AS list_price_minor, toInt64(round(assumeNotNull(unit_cost) * 100)) AS unit_cost_minor,
              currency, is_service, cityHash64(${SAYS}) AS hash
       FROM ${parsed} WHERE problem = 0 ORDER BY row_no DESC LIMIT 1 BY product_code
     )
     SELECT {import_id:UInt64}, ${SAYS},
            if(list_price_minor > 0, (list_price_minor - unit_cost_minor) / list_price_minor, 0)
     FROM rows LEFT ANTI JOIN known ON known.product_code = rows.product_code AND known.hash = rows.hash
     WHERE product_code NOT IN (
       SELECT product_code FROM products WHERE import_id > {from:UInt64} AND import_id IN (SELECT import_id FROM import_commits)
     )`,
    params,
  )
  const { good, stored } = await app.facts.one<{ good: number; stored: number }>(
    `SELECT (SELECT count() FROM ${parsed} WHERE problem = 0) AS good,
            (SELECT count() FROM products WHERE import_id = {import_id:UInt64}) AS stored`,
    params,
  )
  return { stored, duplicates: good - stored }
}
