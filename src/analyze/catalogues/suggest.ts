import type { Progress } from '../../platform/app.ts'
import type { Facts } from '../../platform/stores/facts/index.ts'
import type { Text } from '../../platform/text.ts'
import { louvain } from './louvain.ts'
import { type NamedProduct, nameCollection, wordCounts } from './name-collection.ts'

export interface SuggestInput {
  modelsRun: number
}

export interface Suggestion {
  name: Text
  about: Text
  products: { code: string; name: Text; category: string }[]
  /** Of the ties its products have, the share among themselves. */
  cohesion: number
}

/** A catalogue of fewer is a leaflet; of more, the ones most tied to the rest are kept. */
const [FEWEST, MOST] = [8, 48]
const SUGGESTIONS = 14
/** Above 1: themes rather than departments. On the sample company 1 gives 6 communities, 2 fifteen. */
const RESOLUTION = 2

/**
 * Themes that customers make themselves: communities of the graph of what owning one product says of wanting another. Weights of the model
 * and not counts of what is bought together, in which everything ties to the best-sellers.
 */
export async function suggestCollections(
  facts: Facts,
  { modelsRun }: SuggestInput,
  progress: Progress,
): Promise<Suggestion[]> {
  progress(0, 2, 'read')
  const weights = await facts.columns(
    'SELECT product_code, wanted_code, weight FROM item_weights WHERE run_id = {modelsRun:UInt64} AND weight > 0',
    { modelsRun },
  )
  const [from, to, weight] = [weights.str('product_code'), weights.str('wanted_code'), weights.f64('weight')]
  const codes = [...new Set(from)]
  const number = new Map(codes.map((code, k) => [code, k]))
  const places = [...from.keys()].filter(k => number.has(to[k]!))
  const graph = {
    nodes: codes.length,
    a: Uint32Array.from(places, k => number.get(from[k]!)!),
    b: Uint32Array.from(places, k => number.get(to[k]!)!),
    weight: Float64Array.from(places, k => weight[k]!),
  }
  const of = louvain(graph, RESOLUTION)
  progress(1, 2, 'name')

  const inside = new Float64Array(codes.length)
  const ties = new Float64Array(codes.length)
  for (let e = 0; e < graph.a.length; e++)
    for (const node of [graph.a[e]!, graph.b[e]!]) {
      ties[node] = ties[node]! + graph.weight[e]!
      if (of[graph.a[e]!] === of[graph.b[e]!]) inside[node] = inside[node]! + graph.weight[e]!
    }
  const groups = [...Map.groupBy(codes.keys(), node => of[node]!).values()]
    .filter(group => group.length >= FEWEST)
    .map(group => group.sort((a, b) => inside[b]! - inside[a]! || a - b).slice(0, MOST))
  const products = new Map((await named(facts)).map(product => [product.code, product]))
  const all = [...products.values()]
  const counts = { en: wordCounts(all, 'en'), zh: wordCounts(all, 'zh') }
  const total = (values: Float64Array, group: readonly number[]) => group.reduce((sum, node) => sum + values[node]!, 0)
  progress(2, 2)
  return groups
    .map(group => {
      const own = group.flatMap(node => products.get(codes[node]!) ?? [])
      return {
        name: nameCollection(own, all.length, counts),
        about,
        products: own.map(({ code, name, category }) => ({ code, name, category })),
        cohesion: total(inside, group) / Math.max(1e-9, total(ties, group)),
      }
    })
    .filter(({ products }) => products.length >= FEWEST)
    .sort((a, b) => b.cohesion - a.cohesion)
    .slice(0, SUGGESTIONS)
}

const about: Text = { en: 'Suggested from what customers own together.', zh: '根据客户共同拥有的商品建议。' }

async function named(facts: Facts): Promise<NamedProduct[]> {
  const rows = await facts.query<{ code: string; en: string; zh: string; category: string; cen: string; czh: string }>(
    `SELECT product_code AS code, argMax(name_en, import_id) AS en, argMax(name_zh, import_id) AS zh,
       argMax(products.category, import_id) AS category, argMax(category_en, import_id) AS cen, argMax(category_zh, import_id) AS czh
     FROM products WHERE import_id IN (SELECT import_id FROM import_commits) GROUP BY code`,
  )
  return rows.map(({ code, en, zh, category, cen, czh }) => ({
    code,
    name: { en: en || zh || code, zh: zh || en || code },
    category,
    categoryName: { en: cen || category, zh: czh || category },
  }))
}
