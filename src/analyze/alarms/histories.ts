/**
 * What customers did day by day, in flat columns: customer i has the rows `start[i]` to `start[i + 1]`, in the order of days. A million
 * customers with seven purchase days each take 250 MB this way, as objects ten times as much.
 */
export interface Histories {
  /** Numbers of the customers. */
  ids: Float64Array
  start: Uint32Array
  /** Days since 1970. */
  day: Int32Array
  /** Minor units of goods bought and of goods returned (positive) on the day. */
  bought: Float64Array
  returned: Float64Array
  lines: Float64Array
  returnLines: Float64Array
}

/** Of customers and categories: on how many days of each window a category was bought. Rows in the order of customers and categories. */
export interface CategoryDays {
  ids: Float64Array
  /** Place in `names`. */
  category: Uint16Array
  /** 0: the window that ends on the date; 1: the one before it … */
  window: Uint8Array
  days: Float64Array
  spent: Float64Array
  names: readonly string[]
}

/** Complaints by customer and window. */
export interface ComplaintCounts {
  ids: Float64Array
  window: Uint8Array
  complaints: Float64Array
}

/** Groups the rows of a statement ordered by customer and day. */
export function historiesOf(rows: {
  customer: Float64Array
  day: Int32Array
  bought: Float64Array
  returned: Float64Array
  lines: Float64Array
  returnLines: Float64Array
}): Histories {
  const { customer, ...columns } = rows
  let customers = 0
  for (let i = 0; i < customer.length; i++) if (i === 0 || customer[i] !== customer[i - 1]) customers++
  const ids = new Float64Array(customers)
  const start = new Uint32Array(customers + 1)
  let at = -1
  for (let i = 0; i < customer.length; i++) {
    if (i > 0 && customer[i] === customer[i - 1]) continue
    ids[++at] = customer[i]!
    start[at] = i
  }
  start[customers] = customer.length
  return { ids, start, ...columns }
}
