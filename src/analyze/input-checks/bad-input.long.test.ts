import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { App, Step } from '../../platform/app.ts'
import { featureRun } from '../features/profiles.ts'
import { featuresStep } from '../features/step.ts'
import { modelsStep } from '../models/step.ts'
import { modelList } from '../pages/model-list.ts'
import { saveDefinitions } from '../segments/definitions.ts'
import { segmentsStep } from '../segments/step.ts'
import { identityOf, type Line, openTestApp, runSteps, simulatedLines } from '../test-company.ts'
import type { InputNote } from './note.ts'

/** Small companies, each with something wrong about its rows: every one gets through a turn, and the turn says what was wrong. */
let app: App & { close(): Promise<void> }
before(async () => {
  app = await openTestApp()
  await saveDefinitions(app, [
    { code: 'ALL', name: { en: 'All', zh: '全部' }, strategy: { en: '', zh: '' }, rule: { all: [] } },
  ])
})
after(() => app.close())

const turnOf = async (asOf: string, identity: Step, steps = [featuresStep, modelsStep, segmentsStep]) => {
  const turn = await app.runs.openTurn(asOf)
  const figures = await runSteps(app, turn, [identity, ...steps])
  await app.runs.closeTurn(turn)
  const run = await featureRun(app, (await app.runs.latest('features'))!)
  const notes = new Map<string, InputNote>(run!.notes.map(note => [note.id, note]))
  return { figures, notes }
}

const ids = (count: number) => Array.from({ length: count }, (_, i) => i + 1)
const line = (customer: number, day: number, amount: number, more: Partial<Line> = {}): Line => ({
  customer,
  day,
  invoice: `${customer}-${day}`,
  product: 'P1',
  category: 'C1',
  amount,
  margin: Math.round(amount * 0.4),
  ...more,
})

/** Nothing that is not a number reached the scores, whoever made them. */
async function scoresAreFinite(customers: number): Promise<void> {
  const found = await app.facts.one<{ rows: number; odd: number }>(
    `SELECT count() AS rows, countIf(NOT (isFinite(p_alive) AND isFinite(expected_purchases) AND isFinite(churn_probability)
       AND p_alive BETWEEN 0 AND 1 AND churn_probability BETWEEN 0 AND 1 AND expected_purchases >= 0)) AS odd
     FROM scores WHERE run_id = {run:UInt64}`,
    { run: (await app.runs.latest('models'))! },
  )
  assert.deepEqual(found, { rows: customers, odd: 0 })
}

test('everybody alike: constant columns are named, one class trains nothing, and what does not converge is not used', async () => {
  // Each of 130 customers buys for ten pounds every ten days, all on the same days, up to the date.
  const rows = ids(130).flatMap(customer => Array.from({ length: 60 }, (_, k) => line(customer, 100 + k * 10, 1000)))
  const { figures, notes } = await turnOf('2011-08-01', identityOf(rows, ids(130)))
  const constant = notes.get('constant')!
  assert.ok(
    ['frequency', 'recency_days', 'gap_days'].every(id => constant.examples.includes(id)),
    constant.examples.join(),
  )
  const { rows: models } = await modelList(app)
  const churn = models.find(row => row.id === 'churn')!
  assert.match(churn.evidence.en, /not used|only one|one class|all of one|simple rule/i, churn.evidence.en)
  assert.ok((figures.get('models')!['notUsed'] as number) >= 1)
  await scoresAreFinite(130)
})

test('zero and negative amounts, returns above sales, future days, doubled lines, customers without purchases', async () => {
  const good = simulatedLines(150, 12).filter(row => row.day < 300)
  const wrong: Line[] = [
    line(3, 100, 0),
    line(4, 101, 0),
    // Returned without having been bought: the sale lies before the first day imported.
    line(151, 120, -90_000),
    line(151, 121, 500),
    // The same line twice, with another number.
    line(5, 130, 700, { invoice: 'TWICE' }),
    line(5, 130, 700, { invoice: 'TWICE' }),
    line(6, 30_000, 900, { invoice: 'LATER' }),
  ]
  const rows = [...good, ...wrong]
  const identity = identityOf(rows, ids(160))
  const negative: Step = {
    ...identity,
    async run(ctx) {
      const result = await identity.run(ctx)
      await ctx.app.facts.insert('purchases', [
        {
          run_id: ctx.runId,
          customer_id: 7,
          sold_at: '2010-05-01 10:00:00',
          invoice: 'NEG',
          line: 1,
          product_code: 'P1',
          category: 'C1',
          quantity: 1,
          amount_minor: -250,
          margin_minor: -100,
          is_return: 0,
          is_service: 0,
        },
      ])
      return result
    },
  }
  const { figures, notes } = await turnOf('2010-12-01', negative)
  const note = (id: string) => {
    const found = notes.get(id)
    assert.ok(found, id)
    assert.ok(found.title.en !== '' && found.title.zh !== '' && found.handled.en !== '' && found.handled.zh !== '')
    return found
  }
  assert.equal(note('zero').rows, 2)
  assert.match(note('zero').examples[0]!, /^3-100 \/ \d+$/)
  assert.deepEqual([note('negative').rows, note('negative').examples[0]], [1, 'NEG / 1'])
  assert.deepEqual([note('returned-more').rows, note('returned-more').examples], [1, ['151']])
  assert.deepEqual([note('duplicates').rows, note('duplicates').examples], [1, ['TWICE']])
  assert.equal(note('future').rows, 1)
  assert.match(note('future').examples[0]!, /^LATER/)
  assert.ok(note('never-bought').rows >= 9)
  assert.equal(notes.has('currencies'), false)
  assert.deepEqual(figures.get('segments')!['segments'], { All: 160 })
  await scoresAreFinite(160)
})

test('nobody has bought: said, and everybody still stands in a segment', async () => {
  const { figures, notes } = await turnOf('2011-09-01', identityOf([], ids(40)))
  assert.equal(notes.get('no-purchases')!.tone, 'bad')
  assert.equal(notes.get('never-bought')!.rows, 40)
  assert.ok((figures.get('models')!['notUsed'] as number) >= 3)
  assert.deepEqual(figures.get('segments')!['segments'], { All: 40 })
})

test('mixed currencies: the lines left out are counted, with their file', async () => {
  const sold = (source: string, importId: number, currency: string, count: number) =>
    Array.from({ length: count }, (_, i) => ({
      source,
      import_id: importId,
      account_no: 'A1',
      invoice: `${currency}-${i}`,
      line: i,
      product_code: 'P1',
      quantity: 1,
      unit_price: '10',
      amount_minor: 1000,
      currency,
      sold_at: '2010-06-01 00:00:00',
    }))
  await app.facts.insert('sale_lines', [...sold('shop', 1, 'GBP', 30), ...sold('branch', 2, 'CNY', 7)])
  const commit = (importId: number, source: string) => ({
    import_id: importId,
    source,
    file: `${source}.csv`,
    file_sha256: '0'.repeat(64),
    committed_at: '2010-06-02 00:00:00.000',
  })
  await app.facts.insert('import_commits', [commit(1, 'shop'), commit(2, 'branch')])
  // The identity step takes the lines of the main currency alone (collect/identity/purchases.test.ts).
  const bought = Array.from({ length: 30 }, (_, i) => line(1, 100, 1000, { invoice: `GBP-${i}` }))
  const { notes } = await turnOf('2011-10-01', identityOf(bought, [1]), [featuresStep])
  const note = notes.get('currencies')!
  assert.deepEqual([note.rows, note.tone, note.examples], [7, 'bad', ['CNY: 7 (branch.csv)']])
  assert.match(note.title.en, /GBP/)
  assert.equal(notes.get('few-buyers')!.rows, 1)
  const { money } = await app.facts.one<{ money: number }>(
    'SELECT monetary_minor AS money FROM features WHERE run_id = {run:UInt64}',
    {
      run: (await app.runs.latest('features'))!,
    },
  )
  assert.equal(money, 30_000)
})
