import type { PurchaseHistories } from './purchase-histories.ts'

/** What the models are given, one row per customer who had bought by the end of the calibration. */
export interface CustomerColumns {
  /** Number of the customer in the file. */
  key: Uint32Array
  /** Repeat purchases (days), and times in the unit chosen. */
  x: Float64Array
  tx: Float64Array
  T: Float64Array
  /** Average amount of the repeat purchases, 0 where there are none. */
  spend: Float64Array
  /** Purchases in the holdout. */
  later: Float64Array
  /** Repeat purchases in the stretch before the end that is as long as the holdout. */
  lastPeriod: Float64Array
  /** Customers who first bought after the calibration. */
  cameLater: number
}

/** A customer's history up to day `end`, and what came after it up to day `until`. */
export function customerColumns(
  histories: PurchaseHistories,
  end: number,
  until: number,
  daysPerUnit: number,
): CustomerColumns {
  const { start, day, amount } = histories
  const all = start.length - 1
  const column = () => new Float64Array(all)
  const [x, tx, T, spend, later, lastPeriod] = [column(), column(), column(), column(), column(), column()]
  const key = new Uint32Array(all)
  let n = 0
  let cameLater = 0
  for (let c = 0; c < all; c++) {
    const [from, to] = [start[c]!, start[c + 1]!]
    if (from === to) continue
    if (day[from]! > end) {
      cameLater++
      continue
    }
    let sum = 0
    let last = from
    for (let i = from + 1; i < to; i++) {
      if (day[i]! > end) {
        if (day[i]! <= until) later[n] = later[n]! + 1
        continue
      }
      last = i
      sum += amount[i]!
      if (day[i]! > end - (until - end)) lastPeriod[n] = lastPeriod[n]! + 1
    }
    key[n] = c
    x[n] = last - from
    tx[n] = (day[last]! - day[from]!) / daysPerUnit
    T[n] = (end - day[from]!) / daysPerUnit
    spend[n] = last > from ? sum / (last - from) : 0
    n++
  }
  const cut = (values: Float64Array) => values.subarray(0, n)
  return {
    key: key.subarray(0, n),
    x: cut(x),
    tx: cut(tx),
    T: cut(T),
    spend: cut(spend),
    later: cut(later),
    lastPeriod: cut(lastPeriod),
    cameLater,
  }
}

/**
 * The same customers by opportunities, for a discrete model: whole units counted back from the end, so that the last of them
 * ends where the holdout begins. What is left of a unit after the first purchase is no opportunity.
 */
export function opportunityColumns(
  histories: PurchaseHistories,
  customers: CustomerColumns,
  end: number,
  until: number,
  daysPerUnit: number,
): Pick<CustomerColumns, 'x' | 'tx' | 'T' | 'later'> {
  const { start, day } = histories
  const n = customers.key.length
  const [x, tx, T, later] = [new Float64Array(n), new Float64Array(n), new Float64Array(n), new Float64Array(n)]
  const horizon = Math.floor((until - end) / daysPerUnit)
  for (let c = 0; c < n; c++) {
    const [from, to] = [start[customers.key[c]!]!, start[customers.key[c]! + 1]!]
    const opportunities = Math.floor((end - day[from]!) / daysPerUnit)
    T[c] = opportunities
    let [last, lastLater] = [0, 0]
    for (let i = from + 1; i < to; i++) {
      const place =
        day[i]! <= end
          ? opportunities - Math.floor((end - day[i]!) / daysPerUnit)
          : opportunities + Math.ceil((day[i]! - end) / daysPerUnit)
      if (place <= opportunities) {
        if (place > last) {
          x[c] = x[c]! + 1
          last = place
        }
      } else if (place - opportunities <= horizon && place > lastLater) {
        later[c] = later[c]! + 1
        lastLater = place
      }
    }
    tx[c] = last
  }
  return { x, tx, T, later }
}
