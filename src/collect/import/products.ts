/** The catalogue. A code that says the same as before is a duplicate; a changed one becomes the version that holds. */
import type { App } from '../../platform/app.ts'
import type { Mapping } from '../mapping.ts'
import { cell, type Check, firstProblem, readProblems } from './checked-rows.ts'
import type { Stored } from './commit-people.ts'
import { decimal } from './parse-sql.ts'
import type { BadRow } from './rules.ts'
import { createStaging } from './stage-file.ts'

const CHECKS: Check[] = [
  { field: 'product_code', rule: 'missing', wrong: "product_code = ''" },
  { field: 'list_price', rule: 'number', wrong: 'isNull(list_price)' },
  { field: 'unit_cost', rule: 'number', wrong: 'isNull(unit_cost)' },
]

export const parsedProducts = (importId: number): string => `staging_${importId}_products`

export async function parseProducts(app: App, importId: number, staging: string, mapping: Mapping): Promise<BadRow[]> {
  const parsed = parsedProducts(importId)
  await createStaging(app, parsed, {
    row_no: 'UInt64', problem: 'UInt8', product_code: 'String', name_en: 'String', name_zh: 'String', category: 'String',
    category_en: 'String', category_zh: 'String', list_price: 'Nullable(Decimal(18, 6))', unit_cost: 'Nullable(Decimal(18, 6))',
    currency: 'String', is_service: 'UInt8',
  })
  const money = (field: string) => `if(${cell(mapping, field)} = '', toNullable(toDecimal64(0, 6)), ${decimal(cell(mapping, field))})`
  await app.facts.exec(
    `INSERT INTO ${parsed} (row_no, problem, product_code, name_en, name_zh, category, category_en, category_zh, list_price, unit_cost, currency, is_service)
     WITH
       ${cell(mapping, 'product_code')} AS product_code, ${money('list_price')} AS list_price, ${money('unit_cost')} AS unit_cost,
       if(${cell(mapping, 'currency')} = '', {currency:String}, upper(${cell(mapping, 'currency')})) AS currency
     SELECT row_no, ${firstProblem(CHECKS)}, product_code, ${cell(mapping, 'name_en')}, ${cell(mapping, 'name_zh')}, ${cell(mapping, 'category')},
            ${cell(mapping, 'category_en')}, ${cell(mapping, 'category_zh')}, list_price, unit_cost, currency,
            ${cell(mapping, 'product_kind')} NOT IN ('', 'product')
     FROM ${staging}`,
    { currency: mapping.currency },
  )
  return readProblems(app, parsed, staging, mapping, CHECKS)
}

const SAYS = 'product_code, name_en, name_zh, category, category_en, category_zh, list_price_minor, unit_cost_minor, currency, is_service'

export async function storeProducts(app: App, importId: number): Promise<Stored> {
  const parsed = parsedProducts(importId)
  const params = { import_id: importId }
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
     FROM rows LEFT ANTI JOIN known ON known.product_code = rows.product_code AND known.hash = rows.hash`,
    params,
  )
  const { good, stored } = await app.facts.one<{ good: number; stored: number }>(
    `SELECT (SELECT count() FROM ${parsed} WHERE problem = 0) AS good,
            (SELECT count() FROM products WHERE import_id = {import_id:UInt64}) AS stored`,
    params,
  )
  return { stored, duplicates: good - stored }
}
