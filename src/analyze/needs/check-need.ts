import type { App } from '../../platform/app.ts'
import { needErrors } from './errors.ts'
import type { NeedBody } from './need.ts'
import { checkNeedRule, needFeatures } from './need-features.ts'

interface Known {
  code: string
  category: string
}

/** Refuses what could never propose anything: rules that cannot be, products and categories that are not in the catalogue. */
export async function checkNeed(app: App, code: string, body: NeedBody): Promise<void> {
  checkNeedRule(code, body.rule, await needFeatures(app))
  const { validFrom, validTo } = body
  if (validFrom !== null && validTo !== null && validTo <= validFrom)
    throw needErrors['needs.bad-dates']({ need: code, from: validFrom, to: validTo })
  const known = await app.facts.query<Known>(
    `SELECT DISTINCT product_code AS code, category FROM products
     WHERE (product_code IN {products:Array(String)} OR category IN {categories:Array(String)})
       AND import_id IN (SELECT import_id FROM import_commits)`,
    {
      products: body.products.flatMap(({ product }) => (product === undefined ? [] : [product])),
      categories: body.products.flatMap(({ category }) => (category === undefined ? [] : [category])),
    },
  )
  for (const [k, { product, category }] of body.products.entries()) {
    if (product !== undefined && !known.some(row => row.code === product))
      throw needErrors['needs.unknown-product']({ need: code, place: k + 1, product })
    if (category !== undefined && !known.some(row => row.category === category))
      throw needErrors['needs.unknown-category']({ need: code, place: k + 1, category })
  }
}
