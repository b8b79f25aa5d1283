import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { App } from '../../platform/app.ts'
import { HuiyinError } from '../../platform/errors.ts'
import { openTestApp } from '../test-company.ts'
import { checkNeed } from './check-need.ts'
import { loadNeeds } from './load-sample.ts'
import type { NeedBody } from './need.ts'
import { proposeByNeeds } from './propose.ts'
import { allVersions, needsInForce, releaseDraft, saveDraft, withdraw } from './versions.ts'

let app: App & { close(): Promise<void> }
before(async () => {
  app = await openTestApp()
  await app.facts.insert('import_commits', [{ import_id: 1 }])
  await app.facts.insert(
    'products',
    [
      ['COT', 'BABY'],
      ['BALL', 'TOYS'],
      ['KITE', 'TOYS'],
      ['DUSTY', 'TOYS'],
    ].map(([product_code, category]) => ({ product_code, category, import_id: 1, name_en: product_code })),
  )
  await app.facts.insert('product_figures', [
    { run_id: 9, product_code: 'BALL', category: 'TOYS', buyers: 7 },
    { run_id: 9, product_code: 'KITE', category: 'TOYS', buyers: 3 },
  ])
  const people: [number, string | null, number][] = [
    [1, 'new_child', 30],
    [2, 'new_child', 30],
    [3, null, 70],
    [4, 'moved', 30],
  ]
  await app.facts.insert(
    'features',
    people.map(([customer_id, life_event, age_years]) => ({
      run_id: 8,
      customer_id,
      as_of: '2020-06-01',
      life_event,
      age_years,
    })),
  )
  await app.facts.insert(
    'scores',
    people.map(([customer_id]) => ({ run_id: 9, customer_id })),
  )
  await app.facts.insert('purchases', [
    {
      run_id: 7,
      customer_id: 2,
      product_code: 'BALL',
      category: 'TOYS',
      sold_at: '2020-05-01 10:00:00',
      amount_minor: 500,
    },
    // After the date: not known yet.
    {
      run_id: 7,
      customer_id: 1,
      product_code: 'COT',
      category: 'BABY',
      sold_at: '2020-06-02 10:00:00',
      amount_minor: 500,
    },
  ])
})
after(() => app.close())

const said = { en: 'said', zh: '说明' }
const child: NeedBody = {
  name: { en: 'A child', zh: '孩子' },
  about: said,
  rule: { all: [{ feature: 'life_event', op: '=', value: 'new_child' }] },
  products: [
    { product: 'COT', weight: 0.5, reason: said },
    { category: 'TOYS', weight: 0.9, reason: said },
  ],
  validFrom: '2020-01-01',
  validTo: null,
}

test('a product nobody ever bought is proposed to those whose lives ask for it, and quotes its rule', async () => {
  await saveDraft(app, 'CHILD', child, 1)
  assert.deepEqual(await needsInForce(app, '2020-06-01'), [], 'a draft proposes nothing')
  await releaseDraft(app, 'CHILD', null, 1)
  const run = { runId: 9, identityRun: 7, featuresRun: 8, asOf: '2020-06-01' }
  assert.deepEqual(await proposeByNeeds(app, run), { needs: 1, proposals: 4 })
  const rows = await app.facts.query(
    'SELECT customer_id, rank, product_code, category, kind, rule, round(score, 1) AS score FROM next_products WHERE run_id = 9 ORDER BY customer_id, rank',
  )
  const row = (customer_id: number, rank: number, product_code: string, category: string, score: number) => ({
    customer_id,
    rank,
    product_code,
    category,
    kind: 'need',
    rule: 'CHILD@1',
    score,
  })
  assert.deepEqual(rows, [
    row(1, 101, 'BALL', 'TOYS', 0.9),
    row(1, 102, 'COT', 'BABY', 0.5),
    // Has the ball: the next of its kind.
    row(2, 101, 'KITE', 'TOYS', 0.9),
    row(2, 102, 'COT', 'BABY', 0.5),
  ])
})

test('versions hold from their day; what was withdrawn does not give way to what was before', async () => {
  const inForce = async (day: string) => (await needsInForce(app, day)).map(need => `${need.code}@${need.version}`)
  const later = { ...child, validFrom: '2021-01-01', validTo: '2022-01-01' }
  assert.equal(await saveDraft(app, 'CHILD', child, 1), 2)
  assert.equal(await saveDraft(app, 'CHILD', later, 1), 2, 'one draft at a time')
  await releaseDraft(app, 'CHILD', { asOf: '2020-12-01', customers: 4, reached: 2, gained: 0, lost: 0 }, 1)
  const days = ['2019-12-31', '2020-01-01', '2020-12-31', '2021-01-01', '2021-12-31', '2022-01-01']
  const held = await Promise.all(days.map(inForce))
  assert.deepEqual(held, [[], ['CHILD@1'], ['CHILD@1'], ['CHILD@2'], ['CHILD@2'], []])
  assert.equal(await withdraw(app, 'CHILD'), 2)
  assert.deepEqual(await inForce('2021-06-01'), [])
  assert.deepEqual(await inForce('2020-06-01'), ['CHILD@1'], 'what was proposed then is still explained')
  await assert.rejects(withdraw(app, 'CHILD'), { code: 'needs.not-in-force' })
  await assert.rejects(releaseDraft(app, 'CHILD', null, 1), { code: 'needs.no-draft' })
})

test('what could never propose anything is refused', async () => {
  const cases: [string, Partial<NeedBody>][] = [
    ['needs.unknown-product', { products: [{ product: 'NONE', weight: 1, reason: said }] }],
    ['needs.unknown-category', { products: [{ category: 'NONE', weight: 1, reason: said }] }],
    ['needs.bad-dates', { validTo: '2019-01-01' }],
    ['analyze.rule-unknown-feature', { rule: { all: [{ feature: 'shoe', op: '=', value: 1 }] } }],
  ]
  for (const [code, part] of cases)
    await assert.rejects(
      checkNeed(app, 'CHILD', { ...child, ...part }),
      error => error instanceof HuiyinError && error.code === code,
      code,
    )
  await checkNeed(app, 'CHILD', child)
})

test('the sample’s needs are read, once', async () => {
  await app.workflow.db.deleteFrom('need_versions').execute()
  const file = fileURLToPath(new URL('../../../samples/analyze/needs.json', import.meta.url))
  const loaded = await loadNeeds(app, file)
  assert.ok(loaded >= 5)
  assert.equal(await loadNeeds(app, file), 0)
  assert.equal(
    (await allVersions(app)).every(row => row.state === 'released'),
    true,
  )
})
