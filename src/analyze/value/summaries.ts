/**
 * What a buy-till-you-die model knows of a customer: `x` repeat purchases (days with a purchase after the first), `tx` the time
 * from the first to the last, `T` the time from the first to the end of observation, all in one unit. Columns, one row per
 * distinct triple, with the number of customers who share it: 10 M customers of two years by days are about 1.4 M triples.
 */
export interface Summaries {
  x: Float64Array
  tx: Float64Array
  T: Float64Array
  weight: Float64Array
}

/** Groups equal triples; `rowOf[i]` is the distinct row of input row i. */
export function distinctSummaries(
  x: ArrayLike<number>,
  tx: ArrayLike<number>,
  T: ArrayLike<number>,
  weight?: ArrayLike<number>,
): Summaries & { rowOf: Uint32Array } {
  const times = distinctPairs(dictionary(T).index, dictionary(tx))
  const triples = distinctPairs(times.index, dictionary(x))
  const rows = triples.first.length
  const sums = new Float64Array(rows)
  const rowOf = triples.index
  for (let i = 0; i < rowOf.length; i++) sums[rowOf[i]!] = sums[rowOf[i]!]! + (weight ? weight[i]! : 1)
  const pick = (column: ArrayLike<number>) => Float64Array.from(triples.first, i => column[i]!)
  return { x: pick(x), tx: pick(tx), T: pick(T), weight: sums, rowOf }
}

/**
 * Numbers the distinct pairs of two numberings in the order they come, with the row each is first seen in: an open hash table over
 * one number a pair, below 2^53 because both are below the number of rows. Maps in Maps took five times as long at 10 M rows.
 */
function distinctPairs(a: Uint32Array, b: { values: ArrayLike<number>; index: Uint32Array }) {
  const n = a.length
  const width = b.values.length
  const index = new Uint32Array(n)
  let first = new Uint32Array(1 << 10)
  let keys = new Float64Array(1 << 10)
  let table = new Int32Array(1 << 11).fill(-1)
  let size = 0
  // Fibonacci hashing of the pair's two halves.
  const slotOf = (key: number, mask: number) =>
    ((Math.imul(key | 0, 0x9e3779b1) ^ Math.imul((key / 4294967296) | 0, 0x85ebca6b)) >>> 7) & mask
  for (let i = 0; i < n; i++) {
    const key = a[i]! * width + b.index[i]!
    let mask = table.length - 1
    let slot = slotOf(key, mask)
    let place = table[slot]!
    while (place >= 0 && keys[place] !== key) {
      slot = (slot + 1) & mask
      place = table[slot]!
    }
    if (place < 0) {
      place = size++
      table[slot] = place
      if (place === keys.length) {
        keys = resized(keys, new Float64Array(place * 2))
        first = resized(first, new Uint32Array(place * 2))
      }
      keys[place] = key
      first[place] = i
      if (size * 2 > table.length) {
        table = new Int32Array(table.length * 2).fill(-1)
        mask = table.length - 1
        for (let k = 0; k < size; k++) {
          let free = slotOf(keys[k]!, mask)
          while (table[free]! >= 0) free = (free + 1) & mask
          table[free] = k
        }
      }
    }
    index[i] = place
  }
  return { index, first: first.subarray(0, size) }
}

const resized = <A extends Float64Array | Uint32Array>(from: A, to: A): A => {
  to.set(from)
  return to
}

/** The distinct values of a column with each row's index among them: functions of the value are then computed once each. */
export function dictionary(column: ArrayLike<number>): { values: Float64Array; index: Uint32Array } {
  const places = new Map<number, number>()
  const index = new Uint32Array(column.length)
  for (let i = 0; i < column.length; i++) {
    let place = places.get(column[i]!)
    if (place === undefined) {
      place = places.size
      places.set(column[i]!, place)
    }
    index[i] = place
  }
  return { values: Float64Array.from(places.keys()), index }
}
