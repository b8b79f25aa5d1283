import type { App } from '../platform/app.ts'
import type { Text } from '../platform/text.ts'

/** Names of products by code, from the newest committed catalogue; a code without a name is its own. */
export async function productNames(app: App, codes: readonly string[]): Promise<Map<string, Text>> {
  const names = new Map(codes.map((code): [string, Text] => [code, { en: code, zh: code }]))
  if (codes.length === 0) return names
  const rows = await app.facts.query<{ code: string; en: string; zh: string }>(
    `SELECT product_code AS code, argMax(name_en, import_id) AS en, argMax(name_zh, import_id) AS zh
     FROM products
     WHERE product_code IN {codes:Array(String)} AND import_id IN (SELECT import_id FROM import_commits)
     GROUP BY product_code`,
    { codes },
  )
  for (const { code, en, zh } of rows) names.set(code, { en: en || zh || code, zh: zh || en || code })
  return names
}
