import type { Owner } from './each-customer.ts'
import { type ItemWeights, weightOf } from './item-weights.ts'

/** What a customer may want and does not have: scores of items, and which own items speak for one. */
export interface Explorer {
  /** Items some own item speaks for, and their scores by item; good until the next call. */
  score(owner: Owner): { found: readonly number[]; scores: Float64Array }
  /** The own items that speak for an item most strongly, each with its share of all that speaks for it. */
  reasons(owner: Owner, item: number, most: number): { item: number; share: number }[]
}

export function explorer(weights: ItemWeights, itemCount: number): Explorer {
  const scores = new Float64Array(itemCount)
  const seen = new Uint8Array(itemCount)
  let found: number[] = []
  return {
    score({ items, count, days }) {
      for (const item of found) {
        scores[item] = 0
        seen[item] = 0
      }
      found = []
      for (let k = 0; k < count; k++) {
        const own = items[k]!
        const end = weights.start[own + 1]!
        for (let at = weights.start[own]!; at < end; at++) {
          const item = weights.item[at]!
          if (days[item] !== 0) continue
          if (seen[item] === 0) {
            seen[item] = 1
            found.push(item)
          }
          scores[item] = scores[item]! + weights.weight[at]!
        }
      }
      return { found, scores }
    },
    reasons({ items, count }, item, most) {
      const parts: { item: number; share: number }[] = []
      let all = 0
      for (let k = 0; k < count; k++) {
        const share = weightOf(weights, items[k]!, item)
        if (share <= 0) continue
        parts.push({ item: items[k]!, share })
        all += share
      }
      const top = parts.sort((x, y) => y.share - x.share || x.item - y.item).slice(0, most)
      return top.map(own => ({ item: own.item, share: own.share / all }))
    },
  }
}

/** The few best of many, without sorting all. */
export function best(items: Iterable<number>, score: (item: number) => number, most: number): number[] {
  const top: number[] = []
  for (const item of items) {
    const s = score(item)
    if (top.length === most && s < score(top[most - 1]!)) continue
    let at = top.length
    while (at > 0 && (score(top[at - 1]!) < s || (score(top[at - 1]!) === s && top[at - 1]! > item))) at--
    if (at < most) {
      top.splice(at, 0, item)
      if (top.length > most) top.pop()
    }
  }
  return top
}
