import { compileRule, type Rule, ruleFeatures } from '../../analyze/index.ts'
import type { ParamValue } from '../../platform/stores/facts/index.ts'
import type { Offer } from '../offers/offer.ts'

/** Part of a statement with the parameters its text names. */
export interface SqlPart {
  sql: string
  params: Record<string, ParamValue>
}

/** What offers may ask for: the features of analyze, and the segment. */
function columnOf(feature: string) {
  if (feature === 'segment') return { sql: 'm.segment', domain: { kind: 'choice' as const, nullable: false } }
  const known = ruleFeatures.get(feature)
  if (!known) throw new Error(`there is no feature ${feature}`)
  return known
}

export const ruleSql = (rule: Rule, prefix: string): SqlPart => compileRule(rule, columnOf, prefix)

/** Which customers a statement is about: one slice of all (keeps the engine's memory flat), or one customer. */
export const SCOPE = {
  slice: 'customer_id % {slices:UInt32} = {slice:UInt32}',
  one: 'customer_id = {customer:UInt64}',
} as const
export type Scope = keyof typeof SCOPE

/** The scope's customers out of a table that runs write. */
export const rowsOf = (table: string, run: string, scope: Scope, columns = '*'): string =>
  `(SELECT ${columns} FROM ${table} WHERE run_id = {${run}:UInt64} AND ${SCOPE[scope]})`

/** Every customer with what rules ask about: golden record `g`, features `f`, scores `s`, segment `m`, wishes `w`. */
export const subjects = (scope: Scope): string => `
    FROM ${rowsOf('golden_records', 'identityRun', scope)} AS g
    INNER JOIN ${rowsOf('features', 'featuresRun', scope)} AS f ON f.customer_id = g.customer_id
    INNER JOIN ${rowsOf('scores', 'modelsRun', scope)} AS s ON s.customer_id = g.customer_id
    INNER JOIN ${rowsOf('segment_members', 'segmentsRun', scope)} AS m ON m.customer_id = g.customer_id
    LEFT JOIN wishes AS w ON w.customer_id = g.customer_id`

/** What each customer may want next, best first. */
export const wishes = (scope: Scope): string => `wishes AS (
    SELECT customer_id, arraySort(t -> t.1, groupArray((rank, toString(category), product_code))) AS wanted
    FROM ${rowsOf('next_products', 'modelsRun', scope, 'customer_id, rank, category, product_code')}
    GROUP BY customer_id
  )`

/**
 * How readily a customer takes up an offer compared with others whom the offer fits: the square root of the purchases expected
 * (damped, because whoever buys anyway is not all that much readier), half as much again when a product of the offer's
 * category is among those the customer is expected to want next. Set against the mean of those the offer fits, so that the
 * prior acceptance holds on the whole.
 */
export function likings(offers: readonly Offer[]): SqlPart {
  const params: SqlPart['params'] = {}
  const list = offers.map(({ category }, i) => {
    if (category === null) return 'readiness'
    params[`category${i}`] = category
    return `readiness * if(arrayExists(t -> t.2 = {category${i}:String}, wanted), 1.5, 1)`
  })
  return { sql: `[${list.join(', ')}]`, params }
}

export const readiness = 'sqrt(s.expected_purchases + 0.05)'

/** Which offers' rules hold, in their order. */
export function fits(offers: readonly Offer[]): SqlPart {
  const parts = offers.map((offer, i) => ruleSql(offer.rule, `o${i}_`))
  return {
    sql: `[${parts.map(p => `toUInt8(${p.sql})`).join(', ')}]`,
    params: Object.assign({}, ...parts.map(p => p.params)),
  }
}
