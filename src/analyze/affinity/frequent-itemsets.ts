import { type Baskets, basketCount } from './baskets.ts'

/**
 * All sets of items that stand in at least so many baskets, as a prefix tree: node 0 is the empty set, and a node's set is its path. Ranks
 * number the frequent items from the rarest, and rise along every path; the children of a node stand together, by rank.
 */
export interface ItemsetTree {
  baskets: number
  /** Item of each rank. */
  items: Uint32Array
  rank: Uint32Array
  count: Uint32Array
  childFrom: Uint32Array
  childTo: Uint32Array
}

export interface ItemsetOptions {
  minCount: number
  /** Sets have at most so many items. */
  maxLength: number
  /** Gives up, returning undefined, when there are more sets than this: 16 bytes each. */
  mostSets: number
}

/** Baskets without what cannot be frequent any more; items are numbered anew, `label` says which rank each is. */
interface Projection {
  label: Uint32Array
  start: Uint32Array
  items: Uint32Array
  count: Uint32Array
}

/**
 * By depth first, each set extended by the items that stand after it in the baskets that hold it ("occurrence deliver", LCM: Uno, Kiyomi
 * & Arimura 2004), each projection kept as plain arrays of what is left of its baskets. Unlike bitsets by item it needs no more
 * memory than the baskets themselves: 5,000 items over 3 M baskets would be 1.9 GB of bits, of which one in 500 is set.
 */
export function frequentItemsets(baskets: Baskets, options: ItemsetOptions): ItemsetTree | undefined {
  const { minCount, maxLength, mostSets } = options
  const frequency = new Uint32Array(baskets.itemCount)
  for (const item of baskets.items) frequency[item] = frequency[item]! + 1
  const items = Uint32Array.from(frequency.keys().filter(item => frequency[item]! >= minCount)).sort(
    (a, b) => frequency[a]! - frequency[b]! || a - b,
  )
  const tree = new Nodes()
  tree.add(0, basketCount(baskets))

  const extend = (node: number, { label, start, items, count }: Projection, depth: number): boolean => {
    const m = label.length
    const first = tree.length
    for (let i = 0; i < m; i++) tree.add(label[i]!, count[i]!)
    tree.childFrom[node] = first
    tree.childTo[node] = tree.length
    if (tree.length > mostSets) return false
    if (depth === maxLength) return true
    const index = occurrences(start, items, count)
    const seen = new Uint32Array(m)
    const place = new Int32Array(m)
    for (let i = 0; i < m; i++) {
      const projected = project({ label, start, items, count }, index, i, minCount, seen, place)
      if (projected && !extend(first + i, projected, depth + 1)) return false
    }
    return true
  }
  if (items.length > 0 && !extend(0, whole(baskets, items, frequency), 1)) return undefined
  return { baskets: basketCount(baskets), items, ...tree.done() }
}

/** All baskets, with ranks for items, by rank. */
function whole(baskets: Baskets, ranked: Uint32Array, frequency: Uint32Array): Projection {
  const rankOf = new Int32Array(baskets.itemCount).fill(-1)
  for (const [rank, item] of ranked.entries()) rankOf[item] = rank
  const start = new Uint32Array(basketCount(baskets) + 1)
  const items = new Uint32Array(baskets.items.length)
  let at = 0
  for (let b = 0; b + 1 < start.length; b++) {
    for (let k = baskets.start[b]!; k < baskets.start[b + 1]!; k++) {
      const rank = rankOf[baskets.items[k]!]!
      if (rank >= 0) items[at++] = rank
    }
    sortFew(items, start[b]!, at)
    start[b + 1] = at
  }
  return {
    label: Uint32Array.from(ranked.keys()),
    start,
    items: items.subarray(0, at),
    count: Uint32Array.from(ranked, item => frequency[item]!),
  }
}

/** Where each item stands: its places in `items` at `place[start[i] … start[i + 1])`, each with the end of its basket. */
function occurrences(rows: Uint32Array, items: Uint32Array, count: Uint32Array) {
  const start = new Uint32Array(count.length + 1)
  for (let i = 0; i < count.length; i++) start[i + 1] = start[i]! + count[i]!
  const next = start.slice(0, count.length)
  const place = new Uint32Array(items.length)
  const end = new Uint32Array(items.length)
  for (let row = 0; row + 1 < rows.length; row++) {
    const stop = rows[row + 1]!
    for (let k = rows[row]!; k < stop; k++) {
      const to = next[items[k]!]!
      place[to] = k
      end[to] = stop
      next[items[k]!] = to + 1
    }
  }
  return { start, place, end }
}

/** What follows item i in the baskets that hold it, as far as it is frequent there; undefined when nothing is. */
function project(
  { label, items }: Projection,
  index: ReturnType<typeof occurrences>,
  i: number,
  minCount: number,
  seen: Uint32Array,
  place: Int32Array,
): Projection | undefined {
  const [from, to] = [index.start[i]!, index.start[i + 1]!]
  seen.fill(0, i + 1)
  for (let o = from; o < to; o++)
    for (let k = index.place[o]! + 1; k < index.end[o]!; k++) seen[items[k]!] = seen[items[k]!]! + 1
  let m = 0
  let size = 0
  for (let j = i + 1; j < seen.length; j++) {
    place[j] = seen[j]! >= minCount ? m++ : -1
    if (place[j]! >= 0) size += seen[j]!
  }
  if (m === 0) return undefined
  const labels = new Uint32Array(m)
  const count = new Uint32Array(m)
  for (let j = i + 1; j < seen.length; j++)
    if (place[j]! >= 0) {
      labels[place[j]!] = label[j]!
      count[place[j]!] = seen[j]!
    }
  const left = new Uint32Array(size)
  const start = new Uint32Array(to - from + 1)
  let [rows, at] = [0, 0]
  for (let o = from; o < to; o++) {
    for (let k = index.place[o]! + 1; k < index.end[o]!; k++) {
      const local = place[items[k]!]!
      if (local >= 0) left[at++] = local
    }
    if (at > start[rows]!) start[++rows] = at
  }
  return { label: labels, start: start.subarray(0, rows + 1), items: left, count }
}

/** Baskets are short: insertion beats the library's sort below some forty items. */
function sortFew(values: Uint32Array, from: number, to: number): void {
  if (to - from > 40) {
    values.subarray(from, to).sort()
    return
  }
  for (let i = from + 1; i < to; i++) {
    const value = values[i]!
    let k = i - 1
    for (; k >= from && values[k]! > value; k--) values[k + 1] = values[k]!
    values[k + 1] = value
  }
}

class Nodes {
  rank: Uint32Array = new Uint32Array(1 << 12)
  count: Uint32Array = new Uint32Array(1 << 12)
  childFrom: Uint32Array = new Uint32Array(1 << 12)
  childTo: Uint32Array = new Uint32Array(1 << 12)
  length = 0

  add(rank: number, count: number): void {
    if (this.length === this.rank.length) {
      this.rank = twice(this.rank)
      this.count = twice(this.count)
      this.childFrom = twice(this.childFrom)
      this.childTo = twice(this.childTo)
    }
    this.rank[this.length] = rank
    this.count[this.length++] = count
  }

  done() {
    const cut = (values: Uint32Array) => values.subarray(0, this.length)
    return {
      rank: cut(this.rank),
      count: cut(this.count),
      childFrom: cut(this.childFrom),
      childTo: cut(this.childTo),
    }
  }
}

const twice = (values: Uint32Array): Uint32Array => {
  const larger = new Uint32Array(values.length * 2)
  larger.set(values)
  return larger
}
