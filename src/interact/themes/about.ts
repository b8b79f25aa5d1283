/** What each voice is about, beyond what it says itself: the document it answers and the products that it, or the document, names. */
import type { App } from '../../platform/app.ts'
import type { Voice } from './voices.ts'

export interface About {
  kind: string
  /** `bill@3` */
  template: string
  offer: string
  campaignId: number
  product: string
}

const DOCUMENTS = `
SELECT communication_id AS id, toString(kind) AS kind, concat(template, '@', toString(template_version)) AS template,
  toString(offer) AS offer, campaign_id, JSONExtractString(data, 'product', 'code') AS product
FROM communications
WHERE (run_id, customer_id) IN (SELECT run_id, customer_id FROM communication_places WHERE communication_id IN {ids:Array(FixedString(32))})
  AND communication_id IN {ids:Array(FixedString(32))} AND reason != 'erased'
ORDER BY communication_id, state = 'composed' DESC, run_id LIMIT 1 BY communication_id`

/** All parameters of a statement together may be 1 MB. */
const IDS_AT_A_TIME = 8000

export async function documentsOf(app: Pick<App, 'facts'>, voices: readonly Voice[]): Promise<Map<string, About>> {
  const ids = [...new Set(voices.map(voice => voice.communicationId))].filter(id => /^[0-9a-f]{32}$/.test(id))
  const found = new Map<string, About>()
  for (let from = 0; from < ids.length; from += IDS_AT_A_TIME) {
    const rows = await app.facts.query<Omit<About, 'campaignId'> & { id: string; campaign_id: number }>(DOCUMENTS, {
      ids: ids.slice(from, from + IDS_AT_A_TIME),
    })
    for (const { id, campaign_id, ...rest } of rows) found.set(id, { ...rest, campaignId: Number(campaign_id) })
  }
  return found
}

export interface Product {
  code: string
  name: { en: string; zh: string }
  category: string
  categoryName: { en: string; zh: string }
}

const PRODUCTS = `
SELECT product_code AS code, argMax(name_en, import_id) AS en, argMax(name_zh, import_id) AS zh,
  toString(argMax(category, import_id)) AS category, toString(argMax(category_en, import_id)) AS category_en,
  toString(argMax(category_zh, import_id)) AS category_zh
FROM products WHERE product_code IN {codes:Array(String)} AND import_id IN (SELECT import_id FROM import_commits)
GROUP BY product_code`

/** Codes that are in the catalogue; the others are no products. */
export async function productsNamed(app: Pick<App, 'facts'>, codes: readonly string[]): Promise<Map<string, Product>> {
  const found = new Map<string, Product>()
  const known = [...new Set(codes)].filter(code => code !== '')
  for (let from = 0; from < known.length; from += IDS_AT_A_TIME) {
    const rows = await app.facts.query<
      Record<'code' | 'en' | 'zh' | 'category' | 'category_en' | 'category_zh', string>
    >(PRODUCTS, { codes: known.slice(from, from + IDS_AT_A_TIME) })
    for (const row of rows)
      found.set(row.code, {
        code: row.code,
        name: { en: row.en || row.zh || row.code, zh: row.zh || row.en || row.code },
        category: row.category,
        categoryName: {
          en: row.category_en || row.category_zh || row.category,
          zh: row.category_zh || row.category_en || row.category,
        },
      })
  }
  return found
}

/** An article number has a digit and no more than fifteen signs; what is not in the catalogue falls away later. */
const CODE = /(?<![\p{L}\d])(?=[A-Z-]*\d)[A-Z\d][A-Z\d-]{2,14}(?![\p{L}\d])/giu

export const codesIn = (text: string): string[] => [...text.matchAll(CODE)].map(([code]) => code.toUpperCase())
