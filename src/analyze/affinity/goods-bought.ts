import type { Facts } from '../../platform/stores/facts/index.ts'

/** What was bought within a window before the date, line by line in the order of customers and their invoices. */
export interface GoodsBought {
  /** Product codes and categories by item number; the most frequent item is 0. */
  codes: string[]
  categories: string[]
  customers: BigUint64Array
  /** Per line: place in `customers`, a number that changes with the invoice, the item, and days before the date. */
  customer: Uint32Array
  basket: Uint32Array
  item: Uint32Array
  age: Uint16Array
}

export const WINDOW_DAYS = 365

/** Goods bought in the window before the date; parameters identityRun, asOf, days. */
export const goods = `run_id = {identityRun:UInt64}
  AND sold_at >= toDateTime({asOf:Date} - {days:UInt16}, 'UTC') AND sold_at < toDateTime({asOf:Date}, 'UTC')
  AND is_service = 0 AND is_return = 0 AND amount_minor > 0`

const itemsSql = `
SELECT product_code, any(category) AS category
FROM purchases
WHERE ${goods}
GROUP BY product_code
ORDER BY count() DESC, product_code
LIMIT 65535`

/** In the order of the table's key, so that the engine streams and sorts nothing. */
const linesSql = `
SELECT
  customer_id,
  toUInt32(cityHash64(customer_id, invoice)) AS basket,
  transform(product_code, {codes:Array(String)}, {items:Array(UInt32)}, toUInt32(65535)) AS item,
  toUInt32({asOf:Date} - toDate(sold_at)) AS age
FROM purchases
WHERE ${goods}
ORDER BY customer_id, sold_at, invoice, line`

export async function goodsBought(
  facts: Facts,
  { identityRun, asOf }: { identityRun: number; asOf: string },
  days = WINDOW_DAYS,
): Promise<GoodsBought> {
  const params = { identityRun, asOf, days }
  const known = await facts.columns(itemsSql, params)
  const codes = known.str('product_code')
  const { lines } = await facts.one<{ lines: number }>(`SELECT count() AS lines FROM purchases WHERE ${goods}`, params)
  const customers: bigint[] = []
  const customer = new Uint32Array(lines)
  const basket = new Uint32Array(lines)
  const item = new Uint32Array(lines)
  const age = new Uint16Array(lines)
  let at = 0
  const stream = facts.stream(
    linesSql,
    { ...params, codes, items: codes.map((_, i) => i) },
    { settings: { optimize_read_in_order: 1 } },
  )
  for await (const part of stream) {
    const ids = part.u64('customer_id')
    const [baskets, items, ages] = [part.u32('basket'), part.u32('item'), part.u32('age')]
    for (let k = 0; k < part.rows; k++) {
      if (items[k] === 65535) continue
      if (customers.length === 0 || ids[k] !== customers[customers.length - 1]) customers.push(ids[k]!)
      customer[at] = customers.length - 1
      basket[at] = baskets[k]!
      item[at] = items[k]!
      age[at] = ages[k]!
      at++
    }
  }
  return {
    codes,
    categories: known.str('category'),
    customers: BigUint64Array.from(customers),
    customer: customer.subarray(0, at),
    basket: basket.subarray(0, at),
    item: item.subarray(0, at),
    age: age.subarray(0, at),
  }
}
