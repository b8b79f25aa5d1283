export interface Allocation {
  /** Of each customer, the collections given: `most` places each, 255 where there is none. */
  given: Uint8Array
  value: number
  /** No way of giving them out is worth more. */
  bound: number
  /** What one copy more of each would be worth. */
  price: Float64Array
}

const NONE = 255
const SWEEPS = 40
const SETTLED = 1e-7

/**
 * Copies of collections given to the customers they mean most to: at most `most` each, at most `copies` of each. Prices make demand
 * meet supply: in turns, each collection's price is set to what the best customer left out would give for it, over what else that
 * customer would take (coordinate descent on the dual of the transportation problem; the auction's idea, Bertsekas 1988). Prices
 * prove the bound; who has room left then gets what is left.
 *
 * `worth`: customers × collections, row by row; 0 or less is never given.
 */
export function allocate(
  worth: Float32Array,
  collections: number,
  copies: readonly (number | null)[],
  most: number,
): Allocation {
  const customers = collections > 0 ? worth.length / collections : 0
  const price = new Float64Array(collections)
  const margin = new Float64Array(customers)
  const top = new Float64Array(most)

  /** The least of what a customer takes without collection c: it gives way to c. */
  const displaced = (row: number, c: number): number => {
    top.fill(0)
    for (let d = 0; d < collections; d++) {
      const s = worth[row + d]!
      if (d === c || s <= 0) continue
      insert(top, s - price[d]!)
    }
    return top[most - 1]!
  }
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let moved = 0
    for (let c = 0; c < collections; c++) {
      const supply = copies[c] ?? null
      if (supply === null || supply >= customers) continue
      let wanting = 0
      for (let u = 0; u < customers; u++) {
        const row = u * collections
        const s = worth[row + c]!
        if (s <= 0) continue
        const m = s - displaced(row, c)
        if (m > 0) margin[wanting++] = m
      }
      const next = wanting > supply ? margin.subarray(0, wanting).sort()[wanting - supply - 1]! : 0
      moved = Math.max(moved, Math.abs(next - price[c]!))
      price[c] = next
    }
    if (moved < SETTLED) break
  }
  return giveOut(worth, collections, copies, most, price)
}

/** Everybody takes what is worth most over its price, as long as there are copies; then what is left goes where there is room. */
function giveOut(
  worth: Float32Array,
  collections: number,
  copies: readonly (number | null)[],
  most: number,
  price: Float64Array,
): Allocation {
  const customers = collections > 0 ? worth.length / collections : 0
  const left = Float64Array.from({ length: collections }, (_, c) => copies[c] ?? Number.POSITIVE_INFINITY)
  const given = new Uint8Array(customers * most).fill(NONE)
  const taken = new Uint8Array(customers)
  let value = 0
  let bound = 0
  for (let c = 0; c < collections; c++) if (price[c]! > 0) bound += price[c]! * left[c]!
  const give = (u: number, c: number) => {
    given[u * most + taken[u]!] = c
    taken[u] = taken[u]! + 1
    left[c] = left[c]! - 1
    value += worth[u * collections + c]!
  }
  const over = (u: number, c: number) => {
    const s = worth[u * collections + c]!
    return s > 0 ? s - price[c]! : 0
  }
  // Those to whom the choice means most go first, so that a tie at the price costs little.
  const best = Float64Array.from({ length: customers }, (_, u) => {
    let most = 0
    for (let c = 0; c < collections; c++) most = Math.max(most, over(u, c))
    return most
  })
  const order = Uint32Array.from(best.keys()).sort((a, b) => best[b]! - best[a]! || a - b)
  const wish = new Uint8Array(collections)
  for (const u of order) {
    let n = 0
    for (let c = 0; c < collections; c++) if (over(u, c) > 0) wish[n++] = c
    const wishes = wish.subarray(0, n).sort((a, b) => over(u, b) - over(u, a))
    for (const [k, c] of wishes.entries()) {
      if (k < most) bound += over(u, c)
      if (taken[u]! < most && left[c]! > 0) give(u, c)
    }
  }
  for (let c = 0; c < collections; c++) {
    if (left[c]! <= 0) continue
    const waiting: number[] = []
    for (let u = 0; u < customers; u++) {
      if (taken[u]! >= most || worth[u * collections + c]! <= 0) continue
      if (!given.subarray(u * most, u * most + taken[u]!).includes(c)) waiting.push(u)
    }
    waiting.sort((a, b) => worth[b * collections + c]! - worth[a * collections + c]! || a - b)
    for (const u of waiting.slice(0, Math.min(waiting.length, left[c]!))) give(u, c)
  }
  return { given, value, bound: Math.max(value, bound), price }
}

/** Keeps the largest, in falling order. */
function insert(top: Float64Array, value: number): void {
  if (value <= top[top.length - 1]!) return
  let k = top.length - 1
  for (; k > 0 && top[k - 1]! < value; k--) top[k] = top[k - 1]!
  top[k] = value
}
