import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { runsOfTurn } from '../runs-of-turn.ts'
import type { valueCustomers as shape } from './api.ts'

export interface ListAsked {
  months: 12 | 24 | 36
  segment: string
  category: string | undefined
  aliveFrom: number
  aliveTo: number
  valueFrom: number | undefined
  valueTo: number | undefined
  order: 'value' | 'lost' | 'alive'
  offset: number
  limit: number
}

/** The customers behind a figure. The horizon and the order are of a few; everything else is a parameter. */
const listSql = ({ months, order, category }: ListAsked): string => {
  const own = `
  SELECT customer_id, alive, purchases_${months} AS purchases, toFloat64(value_${months}_minor) AS value,
    toFloat64(low_${months}_minor) AS low, toFloat64(high_${months}_minor) AS high, toFloat64(lost_${months}_minor) AS lost
  FROM customer_values WHERE run_id = {models:UInt64}`
  const ofCategory = `
  SELECT c.customer_id AS customer_id, v.alive AS alive, v.purchases AS purchases, toFloat64(c.value_${months}_minor) AS value,
    toFloat64(c.low_${months}_minor) AS low, toFloat64(c.high_${months}_minor) AS high, v.lost AS lost
  FROM category_values AS c
  INNER JOIN (${own}) AS v ON v.customer_id = c.customer_id
  WHERE c.run_id = {models:UInt64} AND c.category = {category:String}`
  return `
WITH listed AS (${category === undefined ? own : ofCategory})
SELECT *, count() OVER () AS total
FROM listed
WHERE alive >= {aliveFrom:Float64} AND (alive < {aliveTo:Float64} OR {aliveTo:Float64} >= 1)
  AND value >= {valueFrom:Float64} AND value < {valueTo:Float64}
  AND ({segment:String} = '' OR customer_id IN (
    SELECT customer_id FROM segment_members WHERE run_id = {segments:UInt64} AND segment = {segment:String}))
ORDER BY ${order} DESC, customer_id
LIMIT {limit:UInt32} OFFSET {offset:UInt32}`
}

interface Row {
  customer_id: number
  alive: number
  purchases: number
  value: number
  low: number
  high: number
  lost: number
  total: number
}

/** Beyond any value there is, and still a number to the engine. */
const FAR = 1e18

export async function valueList(app: App, asked: ListAsked): Promise<z.infer<typeof shape>> {
  const { identity, models, segments } = await runsOfTurn(app)
  const rows = await app.facts.query<Row>(listSql(asked), {
    models,
    segments,
    ...asked,
    category: asked.category ?? '',
    valueFrom: asked.valueFrom ?? -FAR,
    valueTo: asked.valueTo ?? FAR,
  })
  const people = await app.facts.query<{ customer_id: number; name: string }>(
    'SELECT customer_id, name FROM golden_records WHERE run_id = {identity:UInt64} AND customer_id IN {ids:Array(UInt64)}',
    { identity, ids: rows.map(row => row.customer_id) },
  )
  const nameOf = new Map(people.map(person => [person.customer_id, person.name]))
  return {
    total: rows[0]?.total ?? 0,
    rows: rows.map(row => ({
      customerId: row.customer_id,
      name: nameOf.get(row.customer_id) ?? '',
      alive: row.alive,
      purchases: row.purchases,
      minor: row.value,
      lowMinor: row.low,
      highMinor: row.high,
      lostMinor: row.lost,
    })),
  }
}
