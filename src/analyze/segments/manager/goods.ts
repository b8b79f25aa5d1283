import type { App } from '../../../platform/app.ts'
import type { Text } from '../../../platform/text.ts'
import { productNames } from '../../product-names.ts'
import type { TurnRuns } from '../../runs-of-turn.ts'

export interface Bought {
  code: string
  name: Text
  buyers: number
  /** Of the segment's buyers, and of all. */
  share: number
  shareOfAll: number
  /** 100: as often as everybody. */
  index: number
}

const SHOWN = 12
/** Of a product that fewer of the segment bought the index is chance. */
const FEWEST_BUYERS = 5

/**
 * Products of the last 365 days by how many of the segment's buyers bought them against all buyers. Ordered by how far beyond
 * chance the difference is (in standard errors of the share), so that three buyers of a rare thing do not lead the list.
 */
const boughtSql = `
WITH
  inside AS (SELECT customer_id FROM segment_members WHERE run_id = {segments:UInt64} AND segment = {code:String}),
  lines AS (
    SELECT customer_id, product_code, customer_id IN (SELECT customer_id FROM inside) AS own
    FROM purchases
    WHERE run_id = {identity:UInt64} AND is_service = 0 AND is_return = 0
      AND sold_at < toDateTime({asOf:Date}, 'UTC') AND sold_at >= toDateTime({asOf:Date} - 365, 'UTC')
  ),
  totals AS (SELECT uniqExactIf(customer_id, own) AS ownBuyers, uniqExact(customer_id) AS allBuyers FROM lines)
SELECT product_code AS code, uniqExactIf(customer_id, own) AS buyers,
  buyers / (SELECT ownBuyers FROM totals) AS share,
  uniqExact(customer_id) / (SELECT allBuyers FROM totals) AS shareOfAll,
  100 * share / shareOfAll AS index
FROM lines
GROUP BY code
HAVING buyers >= {fewest:UInt32}
ORDER BY (share - shareOfAll) / sqrt(shareOfAll * (1 - least(shareOfAll, 0.999999)) / greatest(1, (SELECT ownBuyers FROM totals))) DESC, code
LIMIT {shown:UInt32}`

export async function boughtBy(app: App, { asOf, identity, segments }: TurnRuns, code: string): Promise<Bought[]> {
  const rows = await app.facts.query<Omit<Bought, 'name'>>(boughtSql, {
    asOf,
    identity,
    segments,
    code,
    fewest: FEWEST_BUYERS,
    shown: SHOWN,
  })
  const names = await productNames(
    app,
    rows.map(row => row.code),
  )
  return rows.map(row => ({ ...row, name: names.get(row.code)! }))
}

export interface Wanted {
  code: string
  name: Text
  /** Of this segment, to whom it is proposed. */
  customers: number
  /** Every segment where it is among what most would buy next, with how many. */
  segments: { segment: string; customers: number; share: number }[]
}

/** Products proposed next to customers of several segments, this one among them: one offer that serves them all. */
const wantedSql = `
WITH
  asked AS (
    SELECT toString(m.segment) AS segment, n.product_code AS code, count() AS customers
    FROM (SELECT customer_id, product_code FROM next_products WHERE run_id = {models:UInt64}) AS n
    INNER JOIN (SELECT customer_id, segment FROM segment_members WHERE run_id = {segments:UInt64}) AS m ON m.customer_id = n.customer_id
    GROUP BY segment, code
  ),
  sizes AS (SELECT toString(segment) AS segment, count() AS size FROM segment_members WHERE run_id = {segments:UInt64} GROUP BY segment)
SELECT code, arraySort(x -> -x.2, groupArray((asked.segment, customers, customers / size))) AS segments
FROM asked INNER JOIN sizes ON sizes.segment = asked.segment
WHERE customers >= {fewest:UInt32}
GROUP BY code
HAVING has(groupArray(asked.segment), {code:String}) AND count() > 1
ORDER BY arraySum(x -> x.2, segments) DESC, code
LIMIT {shown:UInt32}`

export async function wantedByAll(app: App, { models, segments }: TurnRuns, code: string): Promise<Wanted[]> {
  const rows = await app.facts.query<{ code: string; segments: [string, number, number][] }>(wantedSql, {
    models,
    segments,
    code,
    fewest: FEWEST_BUYERS,
    shown: SHOWN,
  })
  const names = await productNames(
    app,
    rows.map(row => row.code),
  )
  return rows.map(row => ({
    code: row.code,
    name: names.get(row.code)!,
    customers: row.segments.find(([segment]) => segment === code)?.[1] ?? 0,
    segments: row.segments.map(([segment, customers, share]) => ({ segment, customers, share })),
  }))
}
