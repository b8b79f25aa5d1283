import type { App } from '../../platform/app.ts'
import type { Text } from '../../platform/text.ts'

/** Names of categories as the products carry them, and of the rows that are no category. */
export async function categoryNames(app: App): Promise<(category: string) => Text> {
  const rows = await app.facts.query<{ category: string; en: string; zh: string }>(
    `SELECT category, any(category_en) AS en, any(category_zh) AS zh FROM products
     WHERE import_id IN (SELECT import_id FROM import_commits) GROUP BY category`,
  )
  const known = new Map(
    rows.map(({ category, en, zh }) => [category, { en: en || category, zh: zh || en || category }]),
  )
  return category => special[category] ?? known.get(category) ?? { en: category, zh: category }
}

const special: Record<string, Text> = {
  '': { en: 'Not bought so far', zh: '尚未购买的品类' },
  '?': { en: 'Without a category', zh: '未分类' },
}
