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

/**
 * Baskets without what cannot be frequent any more: one after the other in `items`, by rising number, each closed by END; those of one item
 * are left out, for nothing follows in them. Items are numbered anew, `label` says which rank each is.
 */
interface Projection {
  label: Uint32Array
  items: Uint32Array
  count: Uint32Array
}

const END = 0xffffffff

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
  const scratch = new Scratch()

  const extend = (node: number, projection: Projection, depth: number): boolean => {
    const { label, count } = projection
    const m = label.length
    const first = tree.length
    for (let i = 0; i < m; i++) tree.add(label[i]!, count[i]!)
    tree.childFrom[node] = first
    tree.childTo[node] = tree.length
    if (tree.length > mostSets) return false
    if (depth === maxLength || m === 1) return true
    const index = occurrences(projection.items, m)
    const seen = new Uint32Array(m)
    // Nothing stands after the last.
    for (let i = 0; i + 1 < m; i++) {
      const projected = project(projection, index, i, minCount, seen, scratch)
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
  const rows = basketCount(baskets)
  const items = new Uint32Array(baskets.items.length + rows)
  let at = 0
  for (let b = 0; b < rows; b++) {
    const from = at
    for (let k = baskets.start[b]!; k < baskets.start[b + 1]!; k++) {
      const rank = rankOf[baskets.items[k]!]!
      if (rank >= 0) items[at++] = rank
    }
    if (at - from < 2) at = from
    else {
      sortFew(items, from, at)
      items[at++] = END
    }
  }
  return {
    label: Uint32Array.from(ranked.keys()),
    items: items.subarray(0, at),
    count: Uint32Array.from(ranked, item => frequency[item]!),
  }
}

/** Where each item stands: its places in `items` at `place[start[i] … start[i + 1])`. */
function occurrences(items: Uint32Array, m: number): { start: Uint32Array; place: Uint32Array } {
  const start = new Uint32Array(m + 1)
  let ends = 0
  for (const item of items) {
    if (item === END) ends++
    else start[item + 1] = start[item + 1]! + 1
  }
  for (let i = 0; i < m; i++) start[i + 1] = start[i + 1]! + start[i]!
  const next = start.slice(0, m)
  const place = new Uint32Array(items.length - ends)
  for (let k = 0; k < items.length; k++) {
    const item = items[k]!
    if (item === END) continue
    const to = next[item]!
    place[to] = k
    next[item] = to + 1
  }
  return { start, place }
}

/** Room for what follows an item, used again and again. */
class Scratch {
  items: Uint32Array = new Uint32Array(1 << 16)
  place: Int32Array = new Int32Array(1 << 10)
  length = 0

  room(more: number, m: number): void {
    if (this.length + more > this.items.length) {
      const larger = new Uint32Array(Math.max(this.items.length * 2, this.length + more))
      larger.set(this.items.subarray(0, this.length))
      this.items = larger
    }
    if (m > this.place.length) this.place = new Int32Array(m)
  }
}

/** Longest stretch copied between two looks at the room there is; a basket may have any number of items. */
const STRETCH = 1 << 12

/**
 * What follows item i in the baskets that hold it, as far as it is frequent there; undefined when nothing is. Baskets lie far apart in
 * memory: they are read once, counted and copied, and sifted from the copy.
 */
function project(
  { label, items }: Projection,
  index: ReturnType<typeof occurrences>,
  i: number,
  minCount: number,
  seen: Uint32Array,
  scratch: Scratch,
): Projection | undefined {
  const [from, to] = [index.start[i]!, index.start[i + 1]!]
  if (to - from < minCount) return undefined
  const all = seen.length
  seen.fill(0, i + 1)
  scratch.length = 0
  scratch.room(STRETCH, all)
  let copy = scratch.items
  let length = 0
  for (let o = from; o < to; o++) {
    let k = index.place[o]! + 1
    let item = items[k]!
    if (item === END) continue
    for (; item !== END; item = items[++k]!) {
      seen[item] = seen[item]! + 1
      copy[length++] = item
      if (length + 1 < copy.length) continue
      scratch.length = length
      scratch.room(STRETCH, all)
      copy = scratch.items
    }
    copy[length++] = END
    if (length + STRETCH > copy.length) {
      scratch.length = length
      scratch.room(STRETCH, all)
      copy = scratch.items
    }
  }
  const { place } = scratch
  let m = 0
  let size = 0
  for (let j = i + 1; j < all; j++) {
    place[j] = seen[j]! >= minCount ? m++ : -1
    if (place[j]! >= 0) size += seen[j]!
  }
  if (m === 0) return undefined
  const labels = new Uint32Array(m)
  const count = new Uint32Array(m)
  for (let j = i + 1; j < all; j++)
    if (place[j]! >= 0) {
      labels[place[j]!] = label[j]!
      count[place[j]!] = seen[j]!
    }
  if (m === 1) return { label: labels, items: labels.subarray(0, 0), count }
  // Baskets of two items or more take an END each: half as many again at most.
  const left = new Uint32Array(size + (size >>> 1) + 2)
  let at = 0
  let row = 0
  for (let k = 0; k < length; k++) {
    const item = copy[k]!
    if (item === END) {
      if (at - row < 2) at = row
      else left[at++] = END
      row = at
      continue
    }
    const local = place[item]!
    if (local >= 0) left[at++] = local
  }
  return { label: labels, items: left.subarray(0, at), count }
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
