import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { runsOfTurn } from '../runs-of-turn.ts'
import type { categoryPairs } from './api.ts'
import { knownProducts, nameOf } from './product-list.ts'

/** Which categories go together, in one basket and with one customer. */
export async function pairsOfCategories(app: App): Promise<z.infer<typeof categoryPairs>> {
  const { asOf, models } = await runsOfTurn(app)
  const [rows, names] = await Promise.all([
    app.facts.query<z.infer<typeof categoryPairs>['rows'][number]>(
      `SELECT basis, product_a AS a, product_b AS b, baskets AS count, lift, shrunk_lift AS shrunkLift
       FROM item_pairs WHERE run_id = {models:UInt64} AND level = 'category' AND product_a != '' AND product_b != ''
       ORDER BY basis, shrunkLift DESC`,
      { models },
    ),
    app.facts.query<{ code: string; en: string; zh: string }>(
      `WITH ${knownProducts} SELECT category_code AS code, any(category_en) AS en, any(category_zh) AS zh FROM known GROUP BY code`,
      { models },
    ),
  ])
  const used = new Set(rows.flatMap(row => [row.a, row.b]))
  return {
    asOf,
    categories: names.filter(row => used.has(row.code)).map(row => ({ code: row.code, name: nameOf(row) })),
    rows,
  }
}
