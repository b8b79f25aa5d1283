/**
 * An allocation problem as columns in shared memory, so that every worker thread reads the same bytes.
 *
 *   max Σ value·x   over x ∈ {0,1} per option
 *   per customer:   at most `most` options (or `cap[customer]`), or exactly one; at most one of each group
 *   per resource:   min ≤ Σ use·x ≤ max
 *
 * An option carries a code; options of the same code use the same amounts of the same resources (offer × channel × cost
 * class). So one price per code is looked up per option, however many resources there are.
 */
export type Column = Uint8Array | Uint16Array | Uint32Array

export interface Problem {
  customers: number
  options: number
  resources: number
  codes: number
  /** Options of customer c are start[c] … start[c + 1] − 1 (customers + 1 entries). */
  start: Uint32Array
  value: Float32Array | Float64Array
  code: Uint16Array | Uint32Array
  /** What a code uses, sparse: entries useStart[k] … useStart[k + 1] − 1 of the two arrays below. Amounts are > 0. */
  useStart: Uint32Array
  useResource: Uint16Array
  useAmount: Float64Array
  /** Upper limit per resource, +∞ for none. */
  max: Float64Array
  /** Lower limit per resource, 0 for none (amounts are positive). */
  min: Float64Array
  /** Every customer must get exactly one option. */
  exactly: boolean
  /** At most this many options per customer; `cap` overrides it customer by customer. */
  most: number
  cap?: Uint8Array
  /** Group of each code: a customer gets at most one option of a group. A customer's options must be sorted by group. */
  group?: Uint32Array
}

const shared = (bytes: number) => new SharedArrayBuffer(Math.max(8, bytes))
export const f64 = (n: number): Float64Array => new Float64Array(shared(n * 8), 0, n)
export const f32 = (n: number): Float32Array => new Float32Array(shared(n * 4), 0, n)
export const u32 = (n: number): Uint32Array => new Uint32Array(shared(n * 4), 0, n)
export const i32 = (n: number): Int32Array => new Int32Array(shared(n * 4), 0, n)
export const u16 = (n: number): Uint16Array => new Uint16Array(shared(n * 2), 0, n)
export const u8 = (n: number): Uint8Array => new Uint8Array(shared(n), 0, n)

export const codes = (n: number, options: number): Uint16Array | Uint32Array =>
  n <= 0x10000 ? u16(options) : u32(options)

/** Most options one customer has: the size of the scratch arrays. */
export function widest(p: Problem): number {
  let most = 0
  for (let c = 0; c < p.customers; c++) most = Math.max(most, p.start[c + 1]! - p.start[c]!)
  return most
}

export const capOf = (p: Problem, customer: number): number => (p.cap ? p.cap[customer]! : p.most)

/** Problems with more options than this are left as rounded: there the gap is already below a few parts in 1e5. */
export const POLISHED_OPTIONS = 20_000
