import type { Facts } from '../../platform/stores/facts/index.ts'
import { type ItemWeights, itemWeights, type Weighted } from './item-weights.ts'

/** The weights a turn learned, over items in the order of `codes`; products not among them are left out. */
export async function readWeights(facts: Facts, modelsRun: number, codes: readonly string[]): Promise<ItemWeights> {
  const stored = await facts.columns(
    'SELECT product_code, wanted_code, weight FROM item_weights WHERE run_id = {modelsRun:UInt64}',
    { modelsRun },
  )
  const number = new Map(codes.map((code, k) => [code, k]))
  const [from, to, weight] = [stored.str('product_code'), stored.str('wanted_code'), stored.f64('weight')]
  const rows: Weighted[][] = codes.map(() => [])
  for (let k = 0; k < stored.rows; k++) {
    const [own, item] = [number.get(from[k]!), number.get(to[k]!)]
    if (own !== undefined && item !== undefined) rows[own]!.push({ item, weight: weight[k]! })
  }
  return itemWeights(rows, codes.length)
}
