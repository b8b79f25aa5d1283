import { type Baskets, basketCount } from './baskets.ts'

export interface PairCounts {
  /** Baskets counted. */
  baskets: number
  /** Baskets left out for having more items than `largest`: their pairs say nothing of what goes together. */
  tooLarge: number
  /** Items frequent enough to be paired, by their number in the baskets; the most frequent first. */
  items: Uint32Array
  /** Baskets with the item, in the order of `items`. */
  single: Uint32Array
  /** Baskets with both, upper triangle: pair (i, j), i < j, at `pairAt(i, j)`. */
  pair: Uint32Array
  /** When asked for: how often each item stands in baskets of each class of sizes, for chance within a class. */
  bySize?: {
    /** Baskets of each class. */
    baskets: Uint32Array
    /** Items × classes. */
    single: Float64Array
    /** Pairs in the baskets of each class. */
    pairs: Float64Array
  }
}

export interface CountOptions {
  minBaskets: number
  /** A basket of n items gives n²/2 pairs; an order of 200 lines is a stock list. */
  largest?: number
  /** 8,192 items make 33.5 M pairs, 134 MB of counters: the most frequent are kept. */
  most?: number
  bySize?: boolean
}

export const LARGEST_BASKET = 200
export const MOST_ITEMS = 8192

/** Classes of sizes grow by half: within one, customers own alike much. */
const sizeClass = (size: number): number => (size < 2 ? 0 : Math.round(Math.log(size) / Math.log(1.5)))

/** Place of the pair (i, j), i < j, among n items. */
export const pairAt = (i: number, j: number, n: number): number => i * n - (i * (i + 1)) / 2 + (j - i - 1)

/** Counts all pairs in one pass over the baskets: 100 M increments take about 2.5 s on one core. */
export function countPairs(baskets: Baskets, options: CountOptions): PairCounts {
  const { minBaskets, largest = LARGEST_BASKET, most = MOST_ITEMS } = options
  const { start, items, itemCount } = baskets
  const all = basketCount(baskets)
  const frequency = new Uint32Array(itemCount)
  let tooLarge = 0
  for (let b = 0; b < all; b++) {
    const [from, to] = [start[b]!, start[b + 1]!]
    if (to - from > largest) {
      tooLarge++
      continue
    }
    for (let k = from; k < to; k++) frequency[items[k]!] = frequency[items[k]!]! + 1
  }
  const kept = Uint32Array.from(frequency.keys().filter(i => frequency[i]! >= minBaskets))
    .sort((a, b) => frequency[b]! - frequency[a]! || a - b)
    .slice(0, most)
  const place = new Int32Array(itemCount).fill(-1)
  for (const [k, item] of kept.entries()) place[item] = k
  const n = kept.length
  const row = Float64Array.from({ length: n }, (_, i) => pairAt(i, 0, n))
  const pair = new Uint32Array((n * (n - 1)) / 2)
  const here = new Int32Array(n)
  const classes = options.bySize ? 1 + sizeClass(n) : 0
  const classBaskets = new Uint32Array(classes)
  const classSingle = new Float64Array(n * classes)
  const classPairs = new Float64Array(classes)
  for (let b = 0; b < all; b++) {
    const [from, to] = [start[b]!, start[b + 1]!]
    if (to - from > largest) continue
    let count = 0
    for (let k = from; k < to; k++) {
      const at = place[items[k]!]!
      if (at >= 0) here[count++] = at
    }
    if (classes > 0) {
      const own = sizeClass(count)
      classBaskets[own] = classBaskets[own]! + 1
      classPairs[own] = classPairs[own]! + (count * (count - 1)) / 2
      for (let i = 0; i < count; i++) {
        const at = here[i]! * classes + own
        classSingle[at] = classSingle[at]! + 1
      }
    }
    sortPlaces(here, count)
    for (let i = 0; i < count; i++) {
      const base = row[here[i]!]!
      for (let j = i + 1; j < count; j++) {
        const at = base + here[j]!
        pair[at] = pair[at]! + 1
      }
    }
  }
  return {
    baskets: all - tooLarge,
    tooLarge,
    items: kept,
    single: Uint32Array.from(kept, item => frequency[item]!),
    pair,
    ...(classes > 0 ? { bySize: { baskets: classBaskets, single: classSingle, pairs: classPairs } } : {}),
  }
}

/** Baskets are short: insertion beats the library's sort below some forty items. */
function sortPlaces(values: Int32Array, length: number): void {
  if (length > 40) {
    values.subarray(0, length).sort()
    return
  }
  for (let i = 1; i < length; i++) {
    const value = values[i]!
    let k = i - 1
    for (; k >= 0 && values[k]! > value; k--) values[k + 1] = values[k]!
    values[k + 1] = value
  }
}
