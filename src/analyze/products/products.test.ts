import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { App } from '../../platform/app.ts'
import { runBacktest } from '../affinity/run-backtest.ts'
import * as catalogueShapes from '../catalogues/api.ts'
import { distribute } from '../catalogues/distribute.ts'
import { catalogueRecipients } from '../catalogues/distributions.ts'
import { saveCatalogue } from '../catalogues/store.ts'
import { suggestCollections } from '../catalogues/suggest.ts'
import { listRecipients } from '../catalogues/view.ts'
import { featuresStep } from '../features/step.ts'
import { modelsStep } from '../models/step.ts'
import * as needShapes from '../needs/api.ts'
import { listNeedFeatures } from '../needs/feature-list.ts'
import type { NeedBody } from '../needs/need.ts'
import { releaseDraft, saveDraft } from '../needs/versions.ts'
import { listNeeds, viewNeed, viewReach } from '../needs/view.ts'
import { runsOfTurn } from '../runs-of-turn.ts'
import { saveDefinitions } from '../segments/definitions.ts'
import { segmentsStep } from '../segments/step.ts'
import { identityOf, openTestApp, runSteps, simulatedLines } from '../test-company.ts'
import * as api from './api.ts'
import { pairsOfCategories } from './category-pairs.ts'
import { nextOfCustomer } from './customer-next.ts'
import { listProducts } from './product-list.ts'
import { proposedTo, viewProduct } from './product-view.ts'
import { listRules, rulesReport } from './rules-list.ts'

/** 600 customers of whom pairs of items 2k, 2k + 1 are bought together, each with a taste of four neighbouring pairs. */
const CUSTOMERS = 600
const text = (en: string) => ({ en, zh: en })
const quiet = () => undefined
let app: App & { close(): Promise<void> }

const need: NeedBody = {
  name: text('Sixty'),
  about: text(''),
  rule: { all: [{ feature: 'age_years', op: '>=', value: 45 }] },
  products: [{ product: 'NEW', weight: 0.5, reason: text('because of their years') }],
  validFrom: null,
  validTo: null,
}

before(async () => {
  app = await openTestApp()
  await app.facts.insert('import_commits', [{ import_id: 1 }])
  await app.facts.insert('products', [
    ...Array.from({ length: 40 }, (_, k) => ({
      product_code: `P${k}`,
      import_id: 1,
      name_en: `Lamp ${['red', 'blue', 'green', 'white', 'gold'][Math.floor(k / 8)]} ${k}`,
      name_zh: `灯具${k}`,
      category: `C${k % 5}`,
      category_en: `Category ${k % 5}`,
      category_zh: `品类${k % 5}`,
    })),
    { product_code: 'NEW', import_id: 1, name_en: 'Novelty', name_zh: '新品', category: 'C9' },
  ])
  await saveDefinitions(app, [{ code: 'ALL', name: text('All'), strategy: text(''), rule: { all: [] } }])
  await saveDraft(app, 'SIXTY', need, 1)
  await releaseDraft(app, 'SIXTY', null, 1)
  const customers = Array.from({ length: CUSTOMERS }, (_, i) => i + 1)
  const turn = await app.runs.openTurn('2011-01-01')
  await runSteps(app, turn, [
    identityOf(simulatedLines(CUSTOMERS, 8), customers),
    featuresStep,
    modelsStep,
    segmentsStep,
  ])
  await app.runs.closeTurn(turn)
})
after(() => app.close())

test('products with their figures, what goes with one, and the rules', async () => {
  const list = api.productList.parse(await listProducts(app, api.productQuery.parse({ sort: 'buyers' })))
  assert.equal(list.total, 41)
  const known = await app.facts.one<{ buyers: number; repeats: number }>(`
    SELECT count() AS buyers, countIf(days > 1) AS repeats FROM (
      SELECT customer_id, uniqExact(toDate(sold_at)) AS days FROM purchases
      WHERE product_code = 'P0' AND is_return = 0 AND sold_at >= '2010-01-01' AND sold_at < '2011-01-01' GROUP BY customer_id)`)
  const lamp = list.rows.find(row => row.code === 'P0')!
  assert.deepEqual([lamp.buyers, lamp.repeatShare], [known.buyers, known.repeats / known.buyers])
  assert.equal(lamp.penetration, lamp.buyers / list.customers)
  const never = await listProducts(app, api.productQuery.parse({ unsold: 'true' }))
  assert.deepEqual(
    never.rows.map(row => [row.code, row.lastSold]),
    [['NEW', null]],
  )
  const found = await listProducts(app, api.productQuery.parse({ q: '灯具39' }))
  assert.deepEqual(
    found.rows.map(row => row.code),
    ['P39'],
  )

  const view = api.productView.parse(await viewProduct(app, 'P0'))
  assert.equal(view.inBaskets[0]!.code, 'P1')
  assert.ok(view.inBaskets[0]!.shrunkLift > 2 && view.inBaskets[0]!.confidence > 0.4)
  assert.equal(view.speaksFor[0]!.code, 'P1')
  await assert.rejects(viewProduct(app, 'NONE'), { code: 'products.no-such-product' })

  const all = api.ruleList.parse(await listRules(app, api.ruleQuery.parse({})))
  const strong = await listRules(
    app,
    api.ruleQuery.parse({ minConfidence: '0.5', minLift: '3', product: 'P0', maxLength: '2' }),
  )
  assert.ok(strong.total > 0 && strong.total < all.total)
  for (const rule of strong.rows) {
    assert.ok(rule.confidence >= 0.5 && rule.lift >= 3 && rule.length === 2)
    assert.ok([rule.rhs, ...rule.lhs].some(item => item.code === 'P0'))
  }
  const report = await rulesReport(app, api.ruleQuery.parse({}), 'zh-CN')
  assert.equal(report.sections[0]!.rows.length, all.total)
  const pairs = api.categoryPairs.parse(await pairsOfCategories(app))
  assert.ok(pairs.rows.every(row => row.a !== row.b))
})

test('what a customer may want next: habits, discoveries with reasons, and what a rule says, quoted', async () => {
  const reached = needShapes.reachView.parse(
    await viewReach(app, { code: 'SIXTY', rule: need.rule, products: need.products }),
  )
  const [old] = await app.facts.query<{ customers: number }>(
    'SELECT count() AS customers FROM features WHERE age_years >= 45',
  )
  assert.deepEqual([reached.reached, reached.gained, reached.lost], [old!.customers, 0, 0])
  assert.deepEqual(reached.lines, [{ proposed: old!.customers, products: 1 }])
  const bare = await viewReach(app, { rule: need.rule, products: [] })
  assert.deepEqual([bare.reached, bare.lines, bare.sample], [old!.customers, [], []], 'before anything serves it')
  const to = api.proposedCustomers.parse(await proposedTo(app, 'NEW', { kind: 'need', offset: 0, limit: 5 }))
  assert.equal(to.total, old!.customers)

  const next = api.customerNext.parse(await nextOfCustomer(app, to.rows[0]!.customerId))
  const byNeed = next.rows.find(row => row.kind === 'need')!
  assert.deepEqual([byNeed.code, byNeed.need!.version, byNeed.need!.reason.en], ['NEW', 1, 'because of their years'])
  assert.match(byNeed.need!.rule.en, /Age at least 45/)
  const owned = await app.facts.query<{ code: string }>(
    "SELECT DISTINCT product_code AS code FROM purchases WHERE customer_id = {id:UInt64} AND is_return = 0 AND sold_at >= '2010-01-01' AND sold_at < '2011-01-01'",
    { id: to.rows[0]!.customerId },
  )
  const has = new Set(owned.map(row => row.code))
  for (const row of next.rows.filter(row => row.kind === 'explore')) {
    assert.ok(!has.has(row.code))
    assert.ok(row.because.length > 0 && row.because.every(item => has.has(item.code)))
  }
  const list = needShapes.needList.parse(await listNeeds(app))
  assert.deepEqual(
    list.rows.map(row => [row.code, row.state, row.customers]),
    [['SIXTY', 'in-force', old!.customers]],
  )
  needShapes.needView.parse(await viewNeed(app, 'SIXTY'))
  const features = needShapes.needFeatureList.parse(await listNeedFeatures(app))
  assert.deepEqual(
    features.rows.find(row => row.id === 'kind')!.values.map(choice => choice.value),
    ['person', 'organisation'],
  )
})

test('proposals from what customers own beat best-sellers on days held back', async () => {
  const { identity } = await runsOfTurn(app)
  const { explore, repeat } = await runBacktest(
    app.facts,
    { identityRun: identity, asOf: '2011-01-01', days: 90 },
    quiet,
  )
  assert.ok(explore.ease.hitRate > explore['best-sellers'].hitRate, `${explore.ease.hitRate}`)
  assert.ok(explore.ease.ndcg > 1.2 * explore['best-sellers'].ndcg)
  assert.ok(repeat.personal.ndcg > repeat['best-sellers'].ndcg)
})

test('catalogues: themes that are there are found; copies go to those whose taste it is', async () => {
  const { identity, models, asOf } = await runsOfTurn(app)
  const themes = await suggestCollections(app.facts, { modelsRun: models }, quiet)
  catalogueShapes.suggestionList.parse({ rows: themes })
  const theme = themes.find(one => one.products.some(product => product.code === 'P0'))
  assert.ok(theme === undefined || theme.products.some(product => product.code === 'P1'))

  const products = ['P0', 'P1', 'P2', 'P3']
  await saveCatalogue(app, 'FIRST', { name: text('First'), about: text(''), products }, { source: 'hand', userId: 1 })
  await assert.rejects(
    saveCatalogue(
      app,
      'WRONG',
      { name: text('x'), about: text(''), products: ['NONE'] },
      { source: 'hand', userId: 1 },
    ),
    { code: 'catalogues.unknown-product' },
  )
  const settings = { catalogues: [{ code: 'FIRST', copies: 40 }], perCustomer: 1, leastTaste: 1.5 }
  const result = await distribute(
    app.facts,
    { distributionId: 1, identityRun: identity, modelsRun: models, asOf, settings, products: [products] },
    quiet,
  )
  assert.deepEqual([result.reached, result.rows[0]!.given], [40, 40])
  assert.ok(result.rows[0]!.wanted > 40 && result.value <= result.bound + 1e-9)
  await app.workflow.db
    .insertInto('catalogue_distributions')
    .values({
      id: 1,
      as_of: asOf,
      models_run: models,
      settings: JSON.stringify(settings) as never,
      state: 'done',
      result: null,
      asked_by: 1,
      asked_at: new Date(),
    })
    .execute()
  const { total, rows } = await catalogueRecipients(app, 'FIRST')
  assert.deepEqual([total, rows.length], [40, 40])
  const share = async (ids: readonly number[]) =>
    (
      await app.facts.one<{ share: number }>(
        `SELECT avg(product_code IN ('P0', 'P1', 'P2', 'P3')) AS share FROM purchases WHERE is_return = 0 AND sold_at < '2011-01-01'
         AND (empty({ids:Array(UInt64)}) OR customer_id IN {ids:Array(UInt64)})`,
        { ids: [...ids] },
      )
    ).share
  assert.ok((await share(rows.map(row => row.customerId))) > 3 * (await share([])))
  const named = catalogueShapes.recipientList.parse(await listRecipients(app, 'FIRST', { offset: 0, limit: 5 }))
  assert.equal(named.rows[0]!.name, `N${named.rows[0]!.customerId}`)
})
