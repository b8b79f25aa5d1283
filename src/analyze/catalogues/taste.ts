import { eachCustomer, type Owner, type OwnLines } from '../affinity/each-customer.ts'
import type { ItemWeights } from '../affinity/item-weights.ts'

/** Own items a customer is taken to have besides, of everybody's taste: little is known of who bought two things. */
const PRIOR_ITEMS = 10

export interface Tastes {
  customers: number
  /** Customers × collections: how much of the customer's taste is in the collection, over everybody's share. */
  taste: Float32Array
  /** Place in the lines' customers, of each row. */
  customer: Uint32Array
}

/**
 * What owning each item says of each collection: 1 when it is in it, plus the weights by which it speaks for what is in it. Items ×
 * collections; the last column is what it says of anything at all.
 */
export function pulls(
  weights: ItemWeights,
  collections: readonly (readonly number[])[],
  itemCount: number,
): Float32Array {
  const width = collections.length + 1
  const member = collections.map(items => {
    const is = new Uint8Array(itemCount)
    for (const item of items) is[item] = 1
    return is
  })
  const pull = new Float32Array(itemCount * width)
  for (let own = 0; own < itemCount; own++) {
    const row = own * width
    for (const [c, is] of member.entries()) pull[row + c] = is[own]!
    pull[row + width - 1] = 1
    for (let at = weights.start[own]!; at < weights.start[own + 1]!; at++) {
      const weight = Math.max(0, weights.weight[at]!)
      pull[row + width - 1] = pull[row + width - 1]! + weight
      for (const [c, is] of member.entries()) if (is[weights.item[at]!] === 1) pull[row + c] = pull[row + c]! + weight
    }
  }
  return pull
}

/** An item bought long ago says less, one bought often no more than once. */
export const said = ({ habit }: Owner, item: number): number => Math.min(1, habit[item]!)

/** The taste of every customer in every collection, shrunk towards everybody's. */
export function tastesOf(lines: OwnLines, pull: Float32Array, collections: number, itemCount: number): Tastes {
  const width = collections + 1
  const rows: number[] = []
  const sums: number[] = []
  const all = new Float64Array(width)
  const own = new Float64Array(width)
  eachCustomer(lines, itemCount, owner => {
    own.fill(0)
    for (let k = 0; k < owner.count; k++) {
      const item = owner.items[k]!
      const weight = said(owner, item)
      for (let c = 0; c < width; c++) own[c] = own[c]! + weight * pull[item * width + c]!
    }
    rows.push(owner.customer)
    for (let c = 0; c < width; c++) {
      sums.push(own[c]!)
      all[c] = all[c]! + own[c]!
    }
  })
  const taste = new Float32Array(rows.length * collections)
  for (let u = 0; u < rows.length; u++)
    for (let c = 0; c < collections; c++) {
      const share = all[c]! / Math.max(1e-9, all[width - 1]!)
      if (share <= 0) continue
      const mine = (sums[u * width + c]! + PRIOR_ITEMS * share) / (sums[u * width + width - 1]! + PRIOR_ITEMS)
      taste[u * collections + c] = mine / share
    }
  return { customers: rows.length, taste, customer: Uint32Array.from(rows) }
}
