/** Lines of customers in their order: who, what, how many days ago. */
export interface OwnLines {
  customer: Uint32Array
  item: Uint32Array
  age: Uint16Array
}

/** One customer's items; the arrays are reused for the next one. */
export interface Owner {
  customer: number
  /** Items bought, `count` of them. */
  items: Uint32Array
  count: number
  /** By item: days it was bought on, and those days decayed; 0 for what is not owned. */
  days: Uint16Array
  habit: Float64Array
}

/**
 * A purchase counts half after a year. On the sample company repeats ranked by decayed purchases × the item's own repeat share have NDCG@10 of
 * 0.510 (year before 2010-12-01, 90 days after), at half-lives of 60, 120 and 180 days and without the share 0.475, 0.486 and 0.490.
 */
export const HALF_LIFE_DAYS = 365

/** One pass over the lines, memory for one customer at a time. */
export function eachCustomer(lines: OwnLines, itemCount: number, visit: (owner: Owner) => void): void {
  const decay = Float64Array.from(
    { length: 1 + lines.age.reduce((m, a) => Math.max(m, a), 0) },
    (_, d) => 0.5 ** (d / HALF_LIFE_DAYS),
  )
  const owner: Owner = {
    customer: 0,
    items: new Uint32Array(itemCount),
    count: 0,
    days: new Uint16Array(itemCount),
    habit: new Float64Array(itemCount),
  }
  const lastDay = new Int32Array(itemCount).fill(-1)
  const { items, days, habit } = owner
  for (let from = 0; from < lines.customer.length; ) {
    const customer = lines.customer[from]!
    owner.customer = customer
    owner.count = 0
    let to = from
    for (; to < lines.customer.length && lines.customer[to] === customer; to++) {
      const item = lines.item[to]!
      const age = lines.age[to]!
      if (days[item] === 0) items[owner.count++] = item
      if (lastDay[item] === age) continue
      days[item] = days[item]! + 1
      habit[item] = habit[item]! + decay[age]!
      lastDay[item] = age
    }
    visit(owner)
    for (let k = 0; k < owner.count; k++) {
      const item = items[k]!
      days[item] = 0
      habit[item] = 0
      lastDay[item] = -1
    }
    from = to
  }
}
