import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { App } from '../platform/app.ts'
import * as shapes from './api.ts'
import { loadSample, steps } from './index.ts'
import { board } from './pages/board.ts'
import { customerInsight } from './pages/customer-insight.ts'
import { modelList } from './pages/model-list.ts'
import { segmentList, segmentMembers } from './pages/segment-list.ts'
import { saveDefinitions } from './segments/definitions.ts'
import { identityOf, openTestApp, runSteps, simulatedLines } from './test-company.ts'

const samples = fileURLToPath(new URL('../../samples/', import.meta.url))
const CUSTOMERS = 3000
let app: App & { close(): Promise<void> }

before(async () => {
  app = await openTestApp()
})
after(() => app.close())

test('a turn: everybody scored, everybody in exactly one segment, every model judged', {
  skip: !existsSync(`${samples}segments.json`),
}, async () => {
  await loadSample(app, samples, () => {})
  const customers = Array.from({ length: CUSTOMERS + 40 }, (_, i) => i + 1)
  const turn = await app.runs.openTurn('2011-01-01')
  const figures = await runSteps(app, turn, [identityOf(simulatedLines(CUSTOMERS, 31), customers), ...steps])
  await app.runs.closeTurn(turn)

  assert.equal(figures.get('models')!['notUsed'], 0)
  const segments = figures.get('segments') as { segments: Record<string, number>; complete: string; exclusive: string }
  assert.equal(
    Object.values(segments.segments).reduce((sum, n) => sum + n, 0),
    customers.length,
  )
  assert.deepEqual([segments.exclusive, segments.complete], ['proven', 'proven'])

  const odd = await app.facts.one(`
    SELECT count() AS rows, uniqExact(customer_id) AS customers,
      countIf(NOT (p_alive BETWEEN 0 AND 1 AND churn_probability BETWEEN 0 AND 1 AND value_low_minor <= value_minor)) AS wrong,
      countIf(r = 0) AS never
    FROM scores`)
  assert.deepEqual(odd, { rows: customers.length, customers: customers.length, wrong: 0, never: 40 })
  // The world was made so that pairs 2k, 2k + 1 belong together: the strongest company of P0 is P1.
  const [strongest] = await app.facts.query<{ product_b: string }>(
    "SELECT product_b FROM item_pairs WHERE product_a = 'P0' ORDER BY shrunk_lift DESC LIMIT 1",
  )
  assert.equal(strongest!.product_b, 'P1')

  const models = shapes.modelList.parse(await modelList(app))
  const verdicts = new Map(models.rows.map(row => [row.id, row]))
  // It is a BG/NBD world: the purchase model must know it, in total and by decile.
  const purchases = verdicts.get('purchases')!
  assert.equal(purchases.verdict, 'good', purchases.evidence.en)
  assert.deepEqual(
    purchases.deciles.map(row => row.decile),
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
  )
  assert.ok(['good', 'recalibrate'].includes(verdicts.get('churn')!.verdict), verdicts.get('churn')!.evidence.en)
  // Nobody of this company was ever contacted.
  assert.ok(models.rows.every(row => row.verdict !== 'unjudged' || row.id === 'preferred-channel'))

  const list = shapes.segmentList.parse(await segmentList(app))
  assert.equal(list.customers, customers.length)
  assert.equal(list.proof.exclusive && list.proof.complete, true)
  const large = list.rows.reduce((a, b) => (a.customers > b.customers ? a : b))
  const members = shapes.segmentMemberList.parse(await segmentMembers(app, large.id, { offset: 0, limit: 10 }))
  assert.equal(members.total, large.customers)
  assert.equal(members.rows[0]!.name, `N${members.rows[0]!.customerId}`)
  const insight = shapes.customerInsight.parse(await customerInsight(app, members.rows[0]!.customerId))
  assert.equal(insight.segment!.id, large.id)
  assert.ok(insight.features.length > 20)
  const stranger = shapes.customerInsight.parse(await customerInsight(app, CUSTOMERS + 1))
  assert.deepEqual([stranger.value, stranger.churn, stranger.rfm], [null, null, null])
  const seven = shapes.board.parse(await board(app))
  assert.deepEqual(
    seven.pages.map(page => page.figures.length > 0),
    new Array(7).fill(true),
  )
  const sales = seven.pages.find(page => page.p === 'performance')!.figures.find(figure => figure.id === 'sales')!
  assert.ok(Math.abs(sales.bySegment.reduce((sum, row) => sum + row.value, 0) - sales.value) < 1e-3)
})

test('too few customers: the models say so, the simple rule stands in, and everybody still has a segment', async () => {
  await saveDefinitions(app, [
    { code: 'ALL', name: { en: 'All', zh: '全部' }, strategy: { en: '', zh: '' }, rule: { all: [] } },
  ])
  const turn = await app.runs.openTurn('2010-12-01')
  const figures = await runSteps(app, turn, [
    identityOf(simulatedLines(10, 5), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
    ...steps,
  ])
  await app.runs.closeTurn(turn)
  assert.ok((figures.get('models')!['notUsed'] as number) >= 3)
  assert.deepEqual(figures.get('segments')!['segments'], { All: 10 })
  const { rows } = await modelList(app)
  assert.match(rows.find(row => row.id === 'purchases')!.evidence.en, /too few customers/)
})

test('rules with a gap: nothing is built on them when somebody falls into it', async () => {
  await saveDefinitions(app, [
    {
      code: 'MANY',
      name: { en: 'Many', zh: '多' },
      strategy: { en: '', zh: '' },
      rule: { all: [{ feature: 'frequency', op: '>=', value: 1000 }] },
    },
  ])
  const turn = await app.runs.openTurn('2010-11-01')
  const run = runSteps(app, turn, [identityOf(simulatedLines(10, 6), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), ...steps])
  await assert.rejects(run, /10 customers are in no segment/)
})
