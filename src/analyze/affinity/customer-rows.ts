import { type Baskets, basketsFromLines } from './baskets.ts'
import { countPairs, type PairCounts } from './count-pairs.ts'

/** What each customer owns, as one basket a customer; the customers' pairs are counted whatever they own. */
export const customerRows = (lines: { customer: Uint32Array; item: Uint32Array }, itemCount: number): Baskets =>
  basketsFromLines(lines.customer, lines.item, itemCount)

export const countOwned = (rows: Baskets, minCustomers: number): PairCounts =>
  countPairs(rows, { minBaskets: minCustomers, largest: Number.MAX_SAFE_INTEGER, bySize: true })
