import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import type { Text } from '../../platform/text.ts'
import { fromRuleId } from '../needs/need.ts'
import { allVersions } from '../needs/versions.ts'
import { productNames } from '../product-names.ts'
import { runsOfTurn } from '../runs-of-turn.ts'
import { type companion, type productView, type proposedCustomers, ruleQuery } from './api.ts'
import { productErrors } from './errors.ts'
import { activeCustomers, rowOf, storedProduct } from './product-list.ts'
import { rulesWith } from './rules-list.ts'

interface Pair {
  basis: 'basket' | 'customer'
  code: string
  count: number
  with_a: number
  lift: number
  shrunk_lift: number
  q_value: number
}

const COMPANIONS = 15

const pairsSql = `
SELECT basis, product_b AS code, baskets AS count, with_a, lift, shrunk_lift, q_value
FROM item_pairs
WHERE run_id = {models:UInt64} AND level = 'product' AND product_a = {code:String}
ORDER BY basis, baskets * (1 - 1 / shrunk_lift) DESC, code
LIMIT ${COMPANIONS} BY basis`

const linksSql = `
SELECT product_a AS a, product_b AS b, shrunk_lift AS shrunkLift
FROM item_pairs
WHERE run_id = {models:UInt64} AND level = 'product' AND basis = 'basket' AND product_a < product_b
  AND product_a IN {codes:Array(String)} AND product_b IN {codes:Array(String)}`

/** One product: how it sells, what goes with it, whom it is proposed to and why. */
export async function viewProduct(app: App, code: string): Promise<z.infer<typeof productView>> {
  const { asOf, models, features } = await runsOfTurn(app)
  const stored = await storedProduct(app, models, code)
  if (!stored) throw productErrors['products.no-such-product']({ product: code })
  const params = { models, code }
  const [pairs, weights, proposed, byNeed, rules, customers, versions] = await Promise.all([
    app.facts.query<Pair>(pairsSql, params),
    app.facts.query<{ code: string; weight: number }>(
      `SELECT wanted_code AS code, weight FROM item_weights
       WHERE run_id = {models:UInt64} AND product_code = {code:String} AND weight > 0 ORDER BY weight DESC LIMIT ${COMPANIONS}`,
      params,
    ),
    app.facts.query<{ kind: 'repeat' | 'explore' | 'need'; customers: number }>(
      `SELECT kind, count() AS customers FROM next_products
       WHERE run_id = {models:UInt64} AND product_code = {code:String} GROUP BY kind`,
      params,
    ),
    app.facts.query<{ rule: string; customers: number }>(
      `SELECT rule, count() AS customers FROM next_products
       WHERE run_id = {models:UInt64} AND product_code = {code:String} AND kind = 'need' GROUP BY rule ORDER BY customers DESC`,
      params,
    ),
    rulesWith(app, models, ruleQuery.parse({ product: code, limit: 10 })),
    activeCustomers(app, features),
    allVersions(app),
  ])
  const codes = [...new Set([...pairs.map(pair => pair.code), ...weights.map(row => row.code)])]
  const names = await productNames(app, codes)
  const inBaskets = pairs.filter(pair => pair.basis === 'basket')
  const links = await app.facts.query<{ a: string; b: string; shrunkLift: number }>(linksSql, {
    models,
    codes: inBaskets.map(pair => pair.code),
  })
  const countOf = (kind: string) => proposed.find(row => row.kind === kind)?.customers ?? 0
  return {
    asOf,
    currency: 'GBP',
    product: rowOf(stored, customers),
    buyersEver: stored.buyers_ever,
    returnedMinor: stored.returned_minor,
    inBaskets: inBaskets.map(pair => companionOf(pair, names)),
    byCustomers: pairs.filter(pair => pair.basis === 'customer').map(pair => companionOf(pair, names)),
    links,
    speaksFor: weights.map(({ code, weight }) => ({ code, name: names.get(code)!, weight })),
    rules: rules.rows,
    proposedTo: { repeat: countOf('repeat'), explore: countOf('explore'), need: countOf('need') },
    needs: byNeed.map(({ rule, customers }) => {
      const id = fromRuleId(rule)
      const own = versions.find(row => row.code === id.code && row.version === id.version)
      return { ...id, name: own?.body.name ?? { en: id.code, zh: id.code }, customers }
    }),
  }
}

const companionOf = (pair: Pair, names: ReadonlyMap<string, Text>): z.infer<typeof companion> => ({
  code: pair.code,
  name: names.get(pair.code)!,
  count: pair.count,
  confidence: pair.with_a > 0 ? pair.count / pair.with_a : 0,
  lift: pair.lift,
  shrunkLift: pair.shrunk_lift,
  qValue: pair.q_value,
})

/** To whom a product is proposed, the surest first. */
export async function proposedTo(
  app: App,
  code: string,
  { kind, offset, limit }: { kind: string; offset: number; limit: number },
): Promise<z.infer<typeof proposedCustomers>> {
  const { models, identity } = await runsOfTurn(app)
  const where = `run_id = {models:UInt64} AND product_code = {code:String} AND ({kind:String} = '' OR kind = {kind:String})`
  const params = { models, identity, code, kind, offset, limit }
  const [rows, { total }] = await Promise.all([
    app.facts.query<{
      customerId: number
      name: string
      kind: 'repeat' | 'explore' | 'need'
      score: number
      reasons: string[]
    }>(
      `SELECT p.customer_id AS customerId, g.name AS name, p.kind AS kind, p.score AS score, p.reasons AS reasons
       FROM (SELECT customer_id, kind, score, reasons FROM next_products WHERE ${where}
         ORDER BY kind, score DESC, customer_id LIMIT {limit:UInt32} OFFSET {offset:UInt32}) AS p
       LEFT JOIN (SELECT customer_id, name FROM golden_records WHERE run_id = {identity:UInt64}) AS g ON g.customer_id = p.customer_id
       ORDER BY kind, score DESC, customerId`,
      params,
    ),
    app.facts.one<{ total: number }>(`SELECT count() AS total FROM next_products WHERE ${where}`, params),
  ])
  const names = await productNames(app, [...new Set(rows.flatMap(row => row.reasons))])
  return {
    total,
    rows: rows.map(({ reasons, ...row }) => ({
      ...row,
      because: row.kind === 'explore' ? reasons.map(reason => ({ code: reason, name: names.get(reason)! })) : [],
    })),
  }
}
