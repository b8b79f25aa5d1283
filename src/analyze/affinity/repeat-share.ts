import { eachCustomer, type OwnLines } from './each-customer.ts'

/** Prior of the share: two repeats of ten buyers. */
const [REPEATS, BUYERS] = [2, 10]

/** Of each item's buyers, the share who bought it on two days or more, shrunk: candles are bought again, clocks are not. */
export function repeatShares(lines: OwnLines, itemCount: number): Float64Array {
  const buyers = new Float64Array(itemCount).fill(BUYERS)
  const repeats = new Float64Array(itemCount).fill(REPEATS)
  eachCustomer(lines, itemCount, ({ items, count, days }) => {
    for (let k = 0; k < count; k++) {
      const item = items[k]!
      buyers[item] = buyers[item]! + 1
      if (days[item]! >= 2) repeats[item] = repeats[item]! + 1
    }
  })
  return repeats.map((n, item) => n / buyers[item]!)
}
