import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { App, Step } from '../../platform/app.ts'
import { migrateFacts } from '../../platform/stores/facts/index.ts'
import { customersBy } from '../lineage/customers-by.ts'
import { lineageOf } from '../lineage/lineage-of.ts'
import { saveDefinitions } from '../segments/definitions.ts'
import { features } from '../tables.ts'
import { identityOf, openTestApp, runSteps, simulatedLines } from '../test-company.ts'
import { featureCatalogue } from './catalogue.ts'
import { ownBody } from './own/definition.ts'
import { kindOfAnswer } from './own/discover-answers.ts'
import { previewOwn } from './own/preview.ts'
import { declaredFeatures, idOf, saveFeature, setState } from './own/store.ts'
import { featuresStep } from './step.ts'
import { ruleFeaturesOf } from './stored-values.ts'
import { featureDetail } from './view/feature-detail.ts'
import { featureList } from './view/feature-list.ts'
import { whereUsed } from './view/where-used.ts'

let app: App & { close(): Promise<void> }
before(async () => {
  app = await openTestApp()
})
after(() => app.close())

const CUSTOMERS = 120
const customers = Array.from({ length: CUSTOMERS }, (_, i) => i + 1)
const clerk = { roles: ['analyst'] }

/** What the later steps leave behind, as far as pages about features ask for it. */
const scored: Step = {
  id: 'models',
  title: { en: '', zh: '' },
  resumes: false,
  writes: [],
  async run({ app: { facts }, runId, runOf }) {
    await facts.exec(
      'INSERT INTO scores (run_id, customer_id) SELECT {runId:UInt64}, customer_id FROM features WHERE run_id = {f:UInt64}',
      {
        runId,
        f: runOf('features'),
      },
    )
    return {}
  },
}
const segmented: Step = {
  ...scored,
  id: 'segments',
  async run({ app: { facts }, runId, runOf }) {
    await facts.exec(
      `INSERT INTO segment_members (run_id, customer_id, segment) SELECT {runId:UInt64}, customer_id, if(customer_id % 2 = 0, 'EVEN', 'ODD')
       FROM features WHERE run_id = {f:UInt64}`,
      { runId, f: runOf('features') },
    )
    return {}
  },
}

/** The identity of the simulated company, and what its survey says. */
const surveyed = (lines = simulatedLines(CUSTOMERS, 7)): Step => {
  const identity = identityOf(lines, customers)
  return {
    ...identity,
    async run(ctx) {
      const answer = (customer: number, name: string, value: string) => ({
        run_id: ctx.runId,
        customer_id: customer,
        name,
        value,
        source: 'survey',
        at: '2010-06-01 00:00:00',
      })
      await ctx.app.facts.insert(
        'customer_attributes',
        customers.flatMap(customer => [
          answer(customer, 'household_size', String(1 + (customer % 4))),
          answer(customer, '兴趣', customer % 2 ? 'tea;garden' : 'tea'),
          answer(customer, 'comment', `Words of ${customer}, which nobody else used in the whole of the survey`),
        ]),
      )
      return identity.run(ctx)
    },
  }
}

const turnAsOf = async (asOf: string, identity = surveyed()) => {
  const turn = await app.runs.openTurn(asOf)
  const figures = await runSteps(app, turn, [identity, featuresStep, scored, segmented])
  await app.runs.closeTurn(turn)
  return figures.get('features')!
}

test('answers of research become features, declared ones come with the next turn, and both have lineage', async () => {
  await turnAsOf('2011-01-01')
  const found = await declaredFeatures(app)
  assert.deepEqual(
    found.map(({ definition }) => definition.over === 'answers' && [definition.attribute, definition.as]).sort(),
    [
      ['household_size', 'number'],
      ['兴趣', 'list'],
    ],
  )
  const interests = found.find(own => own.name.en === '兴趣')!.id
  assert.match(interests, /^own_[0-9a-f]{8}$/)
  const list = await featureList(app)
  assert.equal(list.rows.length, featureCatalogue.length + 2)
  assert.equal(list.rows.find(row => row.id === 'household_size')!.known, CUSTOMERS)
  assert.equal(list.rows.find(row => row.id === interests)!.typical, 'tea')

  const body = ownBody.parse({
    name: { en: 'Money in C1, winter', zh: 'C1 冬季消费' },
    definition: { over: 'purchases', figure: 'money', categories: ['C1'], months: [1, 2, 12], days: 400 },
  })
  const preview = await previewOwn(app, body)
  assert.equal(preview.rows, CUSTOMERS)
  const own = await saveFeature(app, null, body, 1)
  assert.equal(own.id, 'money_in_c1_winter')
  await assert.rejects(saveFeature(app, null, body, 1), /already/)
  await assert.rejects(
    previewOwn(app, { ...body, definition: { ...body.definition, categories: ['C9'] } as typeof body.definition }),
    /category "C9"/,
  )

  const figures = await turnAsOf('2011-02-01')
  assert.equal(figures['features'], featureCatalogue.length + 3)
  const rule = (await ruleFeaturesOf(app)).get(own.id)!
  const { least, highest } = await app.facts.one<{ least: number; highest: number }>(
    `SELECT min(${rule.sql}) AS least, max(${rule.sql}) AS highest FROM features AS f WHERE run_id = {run:UInt64}`,
    { run: (await app.runs.latest('features'))! },
  )
  assert.ok(least >= 0 && highest > 0)
  // What the rows of the highest customer come to is the value itself.
  const { rows } = await customersBy(app, { feature: own.id, order: 'high', offset: 0, limit: 3 })
  const lineage = await lineageOf(
    app,
    { customerId: rows[0]!.customerId, feature: own.id },
    { offset: 0, limit: 500 },
    clerk,
  )
  const sum = lineage.rows.reduce((s, row) => s + (row.kind === 'purchase' ? row.amountMinor : 0), 0)
  assert.equal(lineage.value, (sum / 100).toFixed(2))
  assert.ok(lineage.rows.every(row => row.kind === 'purchase' && row.category === 'C1' && /-(01|02|12)-/.test(row.at)))
  const even = await customersBy(app, { feature: 'monetary_minor', segment: 'EVEN', order: 'low', offset: 0, limit: 5 })
  assert.equal(even.customers, CUSTOMERS / 2)
  assert.ok(even.rows.every(row => row.customerId % 2 === 0))

  const answered = await lineageOf(app, { customerId: 2, feature: interests }, { offset: 0, limit: 10 }, clerk)
  assert.deepEqual([answered.value, answered.rows.map(row => row.kind === 'answer' && row.value)], ['tea', ['tea']])
  const derived = await lineageOf(app, { customerId: 2, feature: 'gap_days' }, { offset: 0, limit: 10 }, clerk)
  assert.deepEqual(
    derived.inputs.map(({ id }) => id),
    ['purchase_days', 'tenure_days', 'recency_days'],
  )
  const born = await lineageOf(app, { customerId: 2, feature: 'age_years' }, { offset: 0, limit: 10 }, clerk)
  assert.deepEqual(
    born.rows.map(row => row.kind === 'record' && row.value),
    ['1962-**-**'],
  )
  await assert.rejects(
    lineageOf(app, { customerId: 2, feature: 'nothing' }, { offset: 0, limit: 1 }, clerk),
    /no feature/,
  )
})

test('drift: none between like companies, told where the company changed', async () => {
  const detail = await featureDetail(app, 'recency_days')
  assert.equal(detail.before?.asOf, '2011-01-01')
  assert.ok(Math.abs(detail.distribution.bins.reduce((s, bin) => s + bin.now, 0) - 1) < 1e-9)
  const weekly = customers.flatMap(customer =>
    Array.from({ length: 20 }, (_, k) => ({
      customer,
      day: 300 + k * 4,
      invoice: `W${customer}-${k}`,
      product: 'P1',
      category: 'C1',
      amount: 1000,
      margin: 400,
    })),
  )
  await turnAsOf('2011-02-01', surveyed(weekly))
  const after = await featureList(app)
  const drift = (id: string) => after.rows.find(row => row.id === id)!.drift!
  assert.equal(drift('purchase_days').verdict, 'changed')
  assert.equal(drift('household_size').verdict, 'same')
  assert.ok(drift('household_size').psi <= drift('household_size').chance)
  // Everybody bought the same: such a feature is named, and what was odd about the rows with it.
  assert.ok(after.notes.find(note => note.id === 'constant')!.examples.includes('purchase_days_trend'))
})

test('versions: a number stays a number; what is in use cannot be withdrawn', async () => {
  const changed = await saveFeature(
    app,
    'money_in_c1_winter',
    ownBody.parse({
      name: { en: 'Money in C1', zh: 'C1 消费' },
      definition: { over: 'purchases', figure: 'money', categories: ['C1'] },
    }),
    1,
  )
  assert.equal(changed.version, 2)
  const text = ownBody.parse({
    name: { en: 'X', zh: 'X' },
    definition: { over: 'answers', attribute: 'x', as: 'text' },
  })
  await assert.rejects(saveFeature(app, 'money_in_c1_winter', text, 1), /cannot turn from a number/)
  await saveDefinitions(app, [
    {
      code: 'BIG',
      name: { en: 'Big', zh: '大' },
      strategy: { en: '', zh: '' },
      rule: { all: [{ feature: 'money_in_c1_winter', op: '>', value: 5 }] },
    },
  ])
  assert.deepEqual(
    (await whereUsed(app))('money_in_c1_winter').map(({ id }) => id),
    ['BIG'],
  )
  await setState(app, 'household_size', 'withdrawn', 1)
  const figures = await turnAsOf('2011-03-01')
  assert.equal(figures['features'], featureCatalogue.length + 2)
  assert.equal((await featureDetail(app, 'money_in_c1_winter')).own!.usedVersion, 2)
})

test('what is odd about the rows is told: which, how many, and what was done with them', async () => {
  const line = (customer: number, day: number, amount: number, invoice = `${customer}-${day}`) => ({
    customer,
    day,
    invoice,
    product: 'P1',
    category: 'C1',
    amount,
    margin: Math.round(amount * 0.4),
  })
  const rows = [
    ...simulatedLines(60, 12).filter(row => row.day < 300),
    line(3, 100, 0),
    line(70, 120, -90_000),
    line(5, 130, 700, 'TWICE'),
    line(5, 130, 700, 'TWICE'),
    line(6, 30_000, 900, 'LATER'),
  ]
  const sold = (importId: number, currency: string, lines: number) =>
    Array.from({ length: lines }, (_, i) => ({
      source: 's',
      import_id: importId,
      invoice: `${currency}${i}`,
      line: i,
      currency,
      sold_at: '2010-06-01 00:00:00',
    }))
  await app.facts.insert('sale_lines', [...sold(1, 'GBP', 9), ...sold(2, 'CNY', 4)])
  await app.facts.insert(
    'import_commits',
    [1, 2].map(import_id => ({
      import_id,
      source: 's',
      file: `sales-${import_id}.csv`,
      file_sha256: '0'.repeat(64),
      committed_at: '2010-06-02 00:00:00.000',
    })),
  )
  const identity = identityOf(rows, customers)
  const negative: Step = {
    ...identity,
    async run(ctx) {
      const row = {
        run_id: ctx.runId,
        customer_id: 7,
        sold_at: '2010-05-01 10:00:00',
        invoice: 'NEG',
        line: 1,
        amount_minor: -250,
      }
      await ctx.app.facts.insert('purchases', [row])
      return identity.run(ctx)
    },
  }
  await turnAsOf('2011-04-01', negative)
  const notes = new Map((await featureList(app)).notes.map(note => [note.id, note]))
  const told = (id: string) => [notes.get(id)?.rows, notes.get(id)?.examples[0]?.replace(/ \/ .*/, '')]
  assert.deepEqual(told('zero'), [1, '3-100'])
  assert.deepEqual(told('negative'), [1, 'NEG'])
  assert.deepEqual(told('returned-more'), [1, '70'])
  assert.deepEqual(told('duplicates'), [1, 'TWICE'])
  assert.deepEqual(told('future'), [1, 'LATER'])
  assert.deepEqual(told('currencies'), [4, 'CNY: 4 (sales-2.csv)'])
  assert.ok(notes.get('never-bought')!.rows >= 50)
  for (const { title, handled } of notes.values())
    assert.ok([title.en, title.zh, handled.en, handled.zh].every(text => text !== ''))
})

test('what kind of answer it is', () => {
  const seen = { different: 5, numbers: 0, lists: 0, length: 6, sentences: 0 }
  assert.equal(kindOfAnswer({ ...seen, numbers: 1 }), 'number')
  assert.equal(kindOfAnswer({ ...seen, lists: 0.5 }), 'list')
  assert.equal(kindOfAnswer(seen), 'text')
  assert.equal(kindOfAnswer({ ...seen, different: 3000 }), null)
  assert.equal(kindOfAnswer({ ...seen, length: 60 }), null)
  assert.equal(kindOfAnswer({ ...seen, sentences: 0.8 }), null)
  assert.equal(idOf('recency_days'), 'own_recency_days')
})

test('a data folder from before these features: its table gets the columns, its rows answer rules with nothing known', async () => {
  const fresh = ['gap_variation', 'main_category', 'price_index', 'city', 'own_numbers', 'own_texts', 'own_lists']
  for (const column of fresh) await app.facts.exec(`ALTER TABLE features DROP COLUMN ${column}`)
  const { applied } = await migrateFacts(app.facts, [features])
  assert.equal(applied.length, fresh.length)
  const rules = await ruleFeaturesOf(app)
  const { rows, known } = await app.facts.one<{ rows: number; known: number }>(
    `SELECT count() AS rows, countIf(isNotNull(${rules.get('gap_variation')!.sql}) OR isNotNull(${rules.get('money_in_c1_winter')!.sql})) AS known
     FROM features AS f WHERE run_id = {run:UInt64}`,
    { run: (await app.runs.latest('features'))! },
  )
  assert.deepEqual([rows, known], [CUSTOMERS, 0])
  await turnAsOf('2011-05-01')
  assert.ok((await featureList(app)).rows.find(row => row.id === 'gap_variation')!.known > 50)
})
