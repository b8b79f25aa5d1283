/**
 * Customer numbers that stay. New entities are matched to the customers of the previous run by how many records they have in
 * common, most first; what is left gets new numbers. So an unchanged customer keeps its number whatever else is loaded; when two
 * customers become one, the larger part's number stays, and the other is redirected.
 */
import { PairCodes } from '../match/text-pool.ts'

export interface StableIds {
  /** Customer number per record. */
  customer: Float64Array
  /** Numbers of the previous run whose records went to another customer. */
  redirects: Map<number, number>
  /** Records whose customer number differs from the previous run's. */
  changed: number
  /** Customers that hold records of several customers of the previous run: [old numbers, number]. */
  merges: [number[], number][]
  /** Customers whose records went to several: [old number, numbers]. */
  splits: [number, number[]][]
  /** Numbers of customers none of whose records was there before. */
  fresh: number[]
  /** The next number to give. */
  nextId: number
}

const HIGH = 2 ** 32

/** `entity`: smallest record of each record's entity; `previous`: its customer in the previous run, 0 = it is new. */
export function stableIds(entity: Uint32Array, previous: Float64Array, nextId: number): StableIds {
  const olds = new PairCodes()
  const claims = new PairCodes()
  const common: number[] = [0]
  for (let i = 0; i < entity.length; i++) {
    const number = previous[i]!
    if (number === 0) continue
    const old = olds.code(Math.floor(number / HIGH), number % HIGH)
    const claim = claims.code(entity[i]!, old)
    common[claim] = (common[claim] ?? 0) + 1
  }
  const numberOfOld = (old: number): number => olds.left[old]! * HIGH + olds.right[old]!
  const claimsOfRoot = new Uint32Array(entity.length)
  const claimsOfOld = new Uint32Array(olds.size)
  for (let claim = 1; claim < claims.size; claim++) {
    claimsOfRoot[claims.left[claim]!]!++
    claimsOfOld[claims.right[claim]!]!++
  }
  const numberOf = new Float64Array(entity.length)
  const taken = new Uint8Array(olds.size)
  /** Where nobody else wants the number, and the entity no other, there is nothing to settle. */
  const contested: number[] = []
  for (let claim = 1; claim < claims.size; claim++) {
    const root = claims.left[claim]!
    const old = claims.right[claim]!
    if (claimsOfRoot[root] === 1 && claimsOfOld[old] === 1) {
      numberOf[root] = numberOfOld(old)
      taken[old] = 1
    } else contested.push(claim)
  }
  const settled = contested
    .map(claim => ({ root: claims.left[claim]!, old: claims.right[claim]!, common: common[claim]! }))
    .sort((a, b) => b.common - a.common || numberOfOld(a.old) - numberOfOld(b.old) || a.root - b.root)
  for (const { root, old } of settled) {
    if (numberOf[root] !== 0 || taken[old] === 1) continue
    numberOf[root] = numberOfOld(old)
    taken[old] = 1
  }
  const customer = new Float64Array(entity.length)
  const fresh: number[] = []
  let changed = 0
  for (let i = 0; i < entity.length; i++) {
    const root = entity[i]!
    if (numberOf[root] === 0) {
      if (claimsOfRoot[root] === 0) fresh.push(nextId)
      numberOf[root] = nextId++
    }
    const number = numberOf[root]!
    customer[i] = number
    if (previous[i] !== 0 && previous[i] !== number) changed++
  }
  const redirects = new Map<number, number>()
  const merged = new Map<number, number[]>()
  const split = new Map<number, number[]>()
  for (const { root, old } of settled) {
    const number = numberOfOld(old)
    if (taken[old] === 0 && !redirects.has(number)) redirects.set(number, numberOf[root]!)
    if (claimsOfRoot[root]! > 1) push(merged, numberOf[root]!, number)
    if (claimsOfOld[old]! > 1) push(split, number, numberOf[root]!)
  }
  return {
    customer,
    redirects,
    changed,
    merges: Array.from(merged, ([number, from]) => [from, number]),
    splits: [...split],
    fresh,
    nextId,
  }
}

function push(lists: Map<number, number[]>, key: number, value: number): void {
  const list = lists.get(key)
  if (list) list.push(value)
  else lists.set(key, [value])
}
