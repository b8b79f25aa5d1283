import { type PairCounts, pairAt } from './count-pairs.ts'
import { type ItemWeights, itemWeights, type Weighted } from './item-weights.ts'

/** Customers added to the mean of both items' owners, so that two items of three owners are not called alike. */
const SHRINK = 10
const NEIGHBOURS = 200

/** Shrunk cosine of who owns what: n(a, b) / (√(n(a)·n(b)) + 10). The rule that EASE must beat to be used. */
export function itemNeighbours(owned: PairCounts, itemCount: number, most: number): ItemWeights {
  const all = owned.items.length
  const n = Math.min(most, all)
  const rows: Weighted[][] = Array.from({ length: itemCount }, () => [])
  for (let i = 0; i < n; i++)
    for (let j = i + 1; j < n; j++) {
      const both = owned.pair[pairAt(i, j, all)]!
      if (both === 0) continue
      const weight = both / (Math.sqrt(owned.single[i]! * owned.single[j]!) + SHRINK)
      rows[owned.items[i]!]!.push({ item: owned.items[j]!, weight })
      rows[owned.items[j]!]!.push({ item: owned.items[i]!, weight })
    }
  return itemWeights(rows, NEIGHBOURS)
}
