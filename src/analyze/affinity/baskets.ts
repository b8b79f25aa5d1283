/**
 * Baskets as rows of a compressed matrix: the items of basket b stand in `items[start[b] … start[b + 1])`, each once. Items are
 * numbers, 0 … `itemCount` − 1.
 */
export interface Baskets {
  start: Uint32Array
  items: Uint32Array
  itemCount: number
}

/** From lines in the order of their baskets; an item that stands twice in a basket counts once. */
export function basketsFromLines(basket: ArrayLike<number>, item: ArrayLike<number>, itemCount: number): Baskets {
  const n = basket.length
  const start = new Uint32Array(n + 1)
  const items = new Uint32Array(n)
  let [baskets, kept] = [0, 0]
  for (let from = 0; from < n; ) {
    let to = from
    while (to < n && basket[to] === basket[from]) items[kept + to - from] = item[to++]!
    const own = items.subarray(kept, kept + to - from).sort()
    let last = -1
    for (const value of own) {
      if (value !== last) items[kept++] = value
      last = value
    }
    start[++baskets] = kept
    from = to
  }
  return { start: start.slice(0, baskets + 1), items: items.slice(0, kept), itemCount }
}

export const basketCount = (baskets: Baskets): number => baskets.start.length - 1
