import type { AffinePairs } from './affinity.ts'
import type { PairCounts } from './count-pairs.ts'
import { type ItemWeights, itemWeights, type Weighted } from './item-weights.ts'

export const MOST_NEIGHBOURS = 30

/**
 * For each item the items that go with it in a basket. The gain is what having the one adds to the chance of the other, P(b) · (shrunk
 * lift − 1): it prefers neither the rarest (as lift does) nor the most popular (as confidence does). The weight is −log(1 − gain), so that
 * sums over what a customer has order proposals as 1 − Π (1 − gain) would.
 */
export function basketNeighbours(pairs: AffinePairs, counts: PairCounts, itemCount: number): ItemWeights {
  const rows: Weighted[][] = Array.from({ length: itemCount }, () => [])
  for (let k = 0; k < pairs.a.length; k++) {
    const [i, j] = [pairs.a[k]!, pairs.b[k]!]
    const [a, b] = [counts.items[i]!, counts.items[j]!]
    const more = pairs.shrunkLift[k]! - 1
    const weight = (place: number) => -Math.log1p(-Math.min(0.99, (counts.single[place]! / counts.baskets) * more))
    rows[a]!.push({ item: b, weight: weight(j) })
    rows[b]!.push({ item: a, weight: weight(i) })
  }
  return itemWeights(rows, MOST_NEIGHBOURS)
}
