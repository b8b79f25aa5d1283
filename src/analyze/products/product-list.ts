import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import type { Text } from '../../platform/text.ts'
import { runsOfTurn } from '../runs-of-turn.ts'
import type { productList, productQuery, productRow, productSort } from './api.ts'

type Row = z.infer<typeof productRow>

/** The catalogue as its newest committed import has it, and with it what was sold; also what nobody bought yet. */
export const knownProducts = `
  known AS (
    SELECT
      product_code,
      argMax(name_en, import_id) AS en,
      argMax(name_zh, import_id) AS zh,
      argMax(category, import_id) AS category_code,
      argMax(category_en, import_id) AS category_en,
      argMax(category_zh, import_id) AS category_zh,
      argMax(list_price_minor, import_id) AS price_minor
    FROM products
    WHERE import_id IN (SELECT import_id FROM import_commits)
    GROUP BY product_code
    HAVING argMax(is_service, import_id) = 0
  ),
  sold AS (SELECT * FROM product_figures WHERE run_id = {models:UInt64})`

const columns = `
  known.product_code AS code, en, zh, category_code AS category, price_minor, buyers, repeat_buyers, orders, gross_minor, returned_minor,
  margin_minor, gross_before_minor, buyers_ever, toString(last_sold) AS last_sold`

const order: Record<z.infer<typeof productSort>, string> = {
  gross: 'gross_minor DESC',
  buyers: 'buyers DESC',
  // Shares of few mean little: shrunk towards two in ten, as the proposals take them.
  repeat: '(repeat_buyers + 2) / (buyers + 10) DESC',
  returns: 'returned_minor / (gross_minor + 10000) DESC',
  growth: '(gross_minor + 10000) / (gross_before_minor + 10000) DESC',
  margin: 'margin_minor DESC',
  name: 'en ASC',
}

export interface StoredProduct {
  code: string
  en: string
  zh: string
  category: string
  price_minor: number
  buyers: number
  buyers_ever: number
  repeat_buyers: number
  orders: number
  gross_minor: number
  returned_minor: number
  margin_minor: number
  gross_before_minor: number
  last_sold: string
}

export const nameOf = ({ code, en, zh }: { code: string; en: string; zh: string }): Text => ({
  en: en || zh || code,
  zh: zh || en || code,
})

export function rowOf(row: StoredProduct, customers: number): Row {
  const net = row.gross_minor - row.returned_minor
  return {
    code: row.code,
    name: nameOf(row),
    category: row.category,
    priceMinor: row.price_minor,
    buyers: row.buyers,
    penetration: customers > 0 ? row.buyers / customers : 0,
    repeatShare: row.buyers > 0 ? row.repeat_buyers / row.buyers : null,
    orders: row.orders,
    grossMinor: row.gross_minor,
    growth: row.gross_before_minor > 0 ? row.gross_minor / row.gross_before_minor - 1 : null,
    returnShare: row.gross_minor > 0 ? Math.min(1, row.returned_minor / row.gross_minor) : null,
    marginRate: net > 0 ? row.margin_minor / net : null,
    lastSold: row.buyers_ever > 0 ? row.last_sold : null,
  }
}

/** Customers who bought anything within the year before the date: what penetration is a share of. */
export const activeCustomers = async (app: App, features: number): Promise<number> =>
  (
    await app.facts.one<{ customers: number }>(
      'SELECT countIf(recency_days <= 365) AS customers FROM features WHERE run_id = {features:UInt64}',
      { features },
    )
  ).customers

export async function listProducts(
  app: App,
  query: z.infer<typeof productQuery>,
): Promise<z.infer<typeof productList>> {
  const { asOf, models, features } = await runsOfTurn(app)
  const params = {
    models,
    words: query.q.trim().toLowerCase(),
    category: query.category,
    unsold: query.unsold,
    offset: query.offset,
    limit: query.limit,
  }
  const from = `
FROM known
LEFT JOIN sold ON sold.product_code = known.product_code
WHERE ({words:String} = '' OR position(lowerUTF8(concat(known.product_code, ' ', en, ' ', zh)), {words:String}) > 0)
  AND ({category:String} = '' OR category_code = {category:String})
  AND (NOT {unsold:Bool} OR buyers_ever = 0)`
  const [rows, { total }, categories, customers] = await Promise.all([
    app.facts.query<StoredProduct>(
      `WITH ${knownProducts} SELECT ${columns} ${from} ORDER BY ${order[query.sort]}, code LIMIT {limit:UInt32} OFFSET {offset:UInt32}`,
      params,
    ),
    app.facts.one<{ total: number }>(`WITH ${knownProducts} SELECT count() AS total ${from}`, params),
    app.facts.query<{ code: string; en: string; zh: string; products: number }>(
      `WITH ${knownProducts} SELECT category_code AS code, any(category_en) AS en, any(category_zh) AS zh, count() AS products
       FROM known GROUP BY category_code ORDER BY products DESC, code`,
      { models },
    ),
    activeCustomers(app, features),
  ])
  return {
    asOf,
    currency: 'GBP',
    customers,
    total,
    categories: categories.map(row => ({ code: row.code, name: nameOf(row), products: row.products })),
    rows: rows.map(row => rowOf(row, customers)),
  }
}

/** One product; undefined when the catalogue does not hold it. */
export const storedProduct = async (app: App, models: number, code: string): Promise<StoredProduct | undefined> =>
  (
    await app.facts.query<StoredProduct>(
      `WITH ${knownProducts} SELECT ${columns} FROM known LEFT JOIN sold ON sold.product_code = known.product_code
       WHERE known.product_code = {code:String}`,
      { models, code },
    )
  )[0]
