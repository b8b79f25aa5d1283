import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import type { Text } from '../../platform/text.ts'
import { productNames } from '../product-names.ts'
import { runsOfTurn } from '../runs-of-turn.ts'
import { segmentNames } from '../segment-names.ts'
import type { needList, needView, reachBody, reachView } from './api.ts'
import { needErrors } from './errors.ts'
import { fromRuleId, type NeedBody } from './need.ts'
import { checkNeedRule, needFeatures, needInWords } from './need-features.ts'
import { reachOf } from './reach.ts'
import { allVersions, needsInForce, versionsOf } from './versions.ts'

const today = (): string => new Date().toISOString().slice(0, 10)

/** Names of whatever serves, products by code and categories by `category:code`. */
async function servingNames(app: App, bodies: readonly NeedBody[]): Promise<Map<string, Text>> {
  const of = (key: 'product' | 'category') => [
    ...new Set(bodies.flatMap(body => body.products.flatMap(serving => serving[key] ?? []))),
  ]
  const [products, categories] = await Promise.all([
    productNames(app, of('product')),
    app.facts.query<{ code: string; en: string; zh: string }>(
      `SELECT category AS code, any(category_en) AS en, any(category_zh) AS zh FROM products
       WHERE category IN {codes:Array(String)} AND import_id IN (SELECT import_id FROM import_commits) GROUP BY category`,
      { codes: of('category') },
    ),
  ])
  return new Map<string, Text>([
    ...products,
    ...categories.map(({ code, en, zh }): [string, Text] => [`category:${code}`, { en: en || code, zh: zh || code }]),
  ])
}

const keyOf = ({ product, category }: NeedBody['products'][number]): string => product ?? `category:${category}`

export async function listNeeds(app: App): Promise<z.infer<typeof needList>> {
  const models = await app.runs.latest('models')
  const asOf = models === null ? null : (await app.runs.turnOf(models)).asOf
  const [rows, features, inForce, reached] = await Promise.all([
    allVersions(app),
    needFeatures(app),
    needsInForce(app, asOf ?? today()),
    models === null
      ? []
      : app.facts.query<{ rule: string; customers: number }>(
          "SELECT rule, uniqExact(customer_id) AS customers FROM next_products WHERE run_id = {models:UInt64} AND kind = 'need' GROUP BY rule",
          { models },
        ),
  ])
  const names = await servingNames(
    app,
    rows.map(row => row.body),
  )
  const holds = new Map(inForce.map(need => [need.code, need.version]))
  const day = asOf ?? today()
  return {
    asOf,
    rows: [...Map.groupBy(rows, row => row.code)].map(([code, versions]) => {
      const shown =
        versions.find(row => row.version === holds.get(code)) ??
        versions.find(row => row.state !== 'draft') ??
        versions[0]!
      const { body, version, state } = shown
      return {
        code,
        name: body.name,
        about: body.about,
        rule: needInWords(body.rule, features),
        state:
          holds.get(code) === version
            ? ('in-force' as const)
            : state === 'released'
              ? body.validFrom !== null && body.validFrom > day
                ? ('later' as const)
                : ('ended' as const)
              : state,
        version,
        hasDraft: versions.some(row => row.state === 'draft'),
        validFrom: body.validFrom,
        validTo: body.validTo,
        products: body.products.map(serving => ({ ...serving, name: names.get(keyOf(serving)) ?? fallback(serving) })),
        customers: reached
          .filter(row => fromRuleId(row.rule).code === code)
          .reduce((most, row) => Math.max(most, row.customers), 0),
      }
    }),
  }
}

const fallback = (serving: NeedBody['products'][number]): Text => {
  const code = serving.product ?? serving.category ?? ''
  return { en: code, zh: code }
}

export async function viewNeed(app: App, code: string): Promise<z.infer<typeof needView>> {
  const versions = await versionsOf(app, code)
  if (versions.length === 0) throw needErrors['needs.no-such-need']({ need: code })
  const [features, names, users] = await Promise.all([
    needFeatures(app),
    servingNames(
      app,
      versions.map(row => row.body),
    ),
    app.workflow.db.selectFrom('users').select(['id', 'login']).execute(),
  ])
  const login = (id: number | null) => users.find(user => user.id === id)?.login ?? null
  return {
    code,
    versions: versions.map(row => ({
      version: row.version,
      state: row.state,
      body: row.body,
      words: needInWords(row.body.rule, features),
      trial: row.trial,
      by: login(row.released_by ?? row.created_by),
      at: (row.released_at ?? row.created_at).toISOString(),
    })),
    names: Object.fromEntries(names),
  }
}

/** Whom a rule would reach, beside the version in force. */
export async function viewReach(
  app: App,
  { code, rule, products }: z.infer<typeof reachBody>,
): Promise<z.infer<typeof reachView>> {
  const features = await needFeatures(app)
  checkNeedRule(code ?? '–', rule, features)
  const { asOf } = await runsOfTurn(app)
  const before = code ? (await needsInForce(app, asOf)).find(need => need.code === code) : undefined
  const reach = await reachOf(app, rule, products, before?.rule ?? null)
  const [segments, names] = await Promise.all([
    segmentNames(app),
    productNames(app, [...new Set(reach.sample.map(row => row.product))]),
  ])
  const nameOf = (segment: string): Text => segments.get(segment) ?? { en: segment, zh: segment }
  return {
    ...reach,
    words: needInWords(rule, features),
    bySegment: reach.bySegment.map(row => ({ ...row, name: nameOf(row.segment) })),
    sample: reach.sample.map(row => ({
      ...row,
      segment: nameOf(row.segment),
      product: { code: row.product, name: names.get(row.product)! },
    })),
  }
}
