import type { AffinePairs } from './affinity.ts'
import type { PairCounts } from './count-pairs.ts'

/**
 * For each item the items that go with it most, as a compressed matrix over the item numbers of the baskets. `gain` is what
 * having the one adds to the chance of the other in a basket: P(b) · (shrunk lift − 1). It prefers neither the rarest (as lift
 * does) nor the most popular (as confidence does).
 */
export interface Neighbours {
  start: Uint32Array
  item: Uint32Array
  gain: Float32Array
}

export const MOST_NEIGHBOURS = 30

export function neighboursOf(pairs: AffinePairs, counts: PairCounts, itemCount: number): Neighbours {
  const lists: { item: number; gain: number }[][] = Array.from({ length: itemCount }, () => [])
  for (let k = 0; k < pairs.a.length; k++) {
    const [i, j] = [pairs.a[k]!, pairs.b[k]!]
    const [a, b] = [counts.items[i]!, counts.items[j]!]
    const more = pairs.shrunkLift[k]! - 1
    lists[a]!.push({ item: b, gain: Math.min(1, (counts.single[j]! / counts.baskets) * more) })
    lists[b]!.push({ item: a, gain: Math.min(1, (counts.single[i]! / counts.baskets) * more) })
  }
  for (const [k, list] of lists.entries())
    lists[k] = list.sort((x, y) => y.gain - x.gain || x.item - y.item).slice(0, MOST_NEIGHBOURS)
  const start = new Uint32Array(itemCount + 1)
  for (let k = 0; k < itemCount; k++) start[k + 1] = start[k]! + lists[k]!.length
  return {
    start,
    item: Uint32Array.from(lists.flatMap(list => list.map(n => n.item))),
    gain: Float32Array.from(lists.flatMap(list => list.map(n => n.gain))),
  }
}
