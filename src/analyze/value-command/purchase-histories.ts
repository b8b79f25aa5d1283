import { isoDate } from './date-format.ts'
import { commandErrors } from './errors.ts'
import { keep, type Transactions } from './read-transactions.ts'

/**
 * Each customer's days with a purchase, in order: those of customer c are `day[start[c] … start[c + 1])`, with the amount of the
 * day after returns. Customers who only returned have none.
 */
export interface PurchaseHistories {
  start: Uint32Array
  day: Int32Array
  amount: Float64Array
  withAmounts: boolean
  firstDay: number
  lastDay: number
  /** Customers of the file without a purchase. */
  without: number
}

/**
 * Purchases of one day are one purchase. A return is taken off the purchases before it, the latest first; what is more than all of
 * them is passed over and noted.
 */
export function purchaseHistories(transactions: Transactions, dropDuplicates: boolean): PurchaseHistories {
  const { customers, notes } = transactions
  const n = customers.size
  const rows = dropDuplicates ? withoutDuplicates(transactions) : transactions
  const withAmounts = rows.amount.length > 0 && !Number.isNaN(rows.amount[0]!)
  const { start: from, order } = byCustomerAndDay(rows.customer, rows.day, n)
  if (!dropDuplicates) for (const k of duplicates(rows, from, order)) notes.add('duplicate', rows.line[k]!)

  const start = new Uint32Array(n + 1)
  const day = new Int32Array(order.length)
  const amount = new Float64Array(order.length)
  let at = 0
  let [firstDay, lastDay, without] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0]
  for (let c = 0; c < n; c++) {
    const own = at
    for (let i = from[c]!; i < from[c + 1]!; i++) {
      const k = order[i]!
      const value = withAmounts ? rows.amount[k]! : 0
      if (value < 0) {
        notes.add('return', rows.line[k]!)
        let back = -value
        for (let p = at - 1; p >= own && back > 0; p--) {
          const taken = Math.min(back, amount[p]!)
          amount[p] = amount[p]! - taken
          back -= taken
        }
        if (back > 1e-9 * -value) notes.add('return-exceeds', rows.line[k]!)
        continue
      }
      if (withAmounts && value === 0) notes.add('zero-amount', rows.line[k]!)
      if (at > own && day[at - 1] === rows.day[k]) amount[at - 1] = amount[at - 1]! + value
      else {
        day[at] = rows.day[k]!
        amount[at++] = value
      }
    }
    start[c + 1] = at
    if (at === own) without++
    else {
      firstDay = Math.min(firstDay, day[own]!)
      lastDay = Math.max(lastDay, day[at - 1]!)
    }
  }
  return { start, day: day.subarray(0, at), amount: amount.subarray(0, at), withAmounts, firstDay, lastDay, without }
}

/** Refuses a file without a purchase, and a calibration that ends before anybody bought. */
export function checkCalibrationEnd(histories: PurchaseHistories, end: number, file: string, line: number): void {
  if (!Number.isFinite(histories.firstDay)) throw commandErrors['value.no-purchases']({ file, line })
  if (!(histories.firstDay <= end))
    throw commandErrors['value.calibration-too-early']({
      date: isoDate(end),
      first: isoDate(histories.firstDay),
    })
}

/** Row numbers by customer, then day, then place in the file: a counting sort, then each customer's few where they are not in order. */
function byCustomerAndDay(customer: Uint32Array, day: Int32Array, n: number) {
  const start = new Uint32Array(n + 1)
  for (const c of customer) start[c + 1] = start[c + 1]! + 1
  for (let c = 0; c < n; c++) start[c + 1] = start[c + 1]! + start[c]!
  const next = start.slice(0, n)
  const order = new Uint32Array(customer.length)
  for (let k = 0; k < customer.length; k++) {
    const c = customer[k]!
    order[next[c]!] = k
    next[c] = next[c]! + 1
  }
  for (let c = 0; c < n; c++) {
    for (let i = start[c]! + 1; i < start[c + 1]!; i++)
      if (day[order[i]!]! < day[order[i - 1]!]!) {
        order.subarray(start[c]!, start[c + 1]!).sort((a, b) => day[a]! - day[b]! || a - b)
        break
      }
  }
  return { start, order }
}

type Rows = Pick<Transactions, 'customer' | 'day' | 'amount' | 'line' | 'hash'>

/** Rows whose line stands before, letter for letter, for the same customer and day. */
function* duplicates(rows: Rows, start: Uint32Array, order: Uint32Array): Generator<number> {
  const seen = new Set<number>()
  for (let c = 0; c + 1 < start.length; c++)
    for (let i = start[c]! + 1; i < start[c + 1]!; i++) {
      const [before, k] = [order[i - 1]!, order[i]!]
      if (rows.day[before] !== rows.day[k]) {
        if (seen.size > 0) seen.clear()
        continue
      }
      if (i - 1 === start[c] || rows.day[order[i - 2]!] !== rows.day[k]) seen.clear()
      seen.add(rows.hash[before]!)
      if (seen.has(rows.hash[k]!)) yield k
    }
}

function withoutDuplicates(transactions: Transactions): Rows {
  const { customers, notes } = transactions
  const { start, order } = byCustomerAndDay(transactions.customer, transactions.day, customers.size)
  const dropped = new Set(duplicates(transactions, start, order))
  for (const k of dropped) notes.add('duplicate-dropped', transactions.line[k]!)
  return keep(transactions, k => !dropped.has(k))
}
