import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import type { App } from '../../platform/app.ts'
import { defaultDefinition } from '../churn/definition.ts'
import { trainingSet } from '../churn/training-set.ts'
import { seededRandom } from '../math/random.ts'
import { predictors } from '../models/buyers.ts'
import { type Line, openTestApp, simulatedLines, writeCompany } from '../test-company.ts'
import { featureById, featureCatalogue } from './catalogue.ts'
import { type OwnDefinition, ownDefinition, purchaseFigures } from './own/definition.ts'
import { ownFeature } from './own/own-feature.ts'
import { featuresPipeline, featuresSelect } from './pipeline.ts'

let app: App & { close(): Promise<void> }
before(async () => {
  app = await openTestApp()
})
after(() => app.close())

type Row = Record<string, unknown> & { customer_id: number }
const AS_OF = '2011-02-01'
const DAY_OF_AS_OF = 396
const whole = { asOf: AS_OF, slices: 1, slice: 0 }
const featuresOf = (identityRun: number, of = whole): Promise<Row[]> =>
  app.facts.query<Row>(`${featuresSelect} ORDER BY customer_id`, { identityRun, ...of })

test('one customer by hand', async () => {
  const line = (day: number, invoice: string, product: string, amount: number, more: Partial<Line> = {}): Line => ({
    customer: 7,
    day: DAY_OF_AS_OF - day,
    invoice,
    product,
    category: `C-${product}`,
    amount,
    margin: amount / 2,
    ...more,
  })
  const lines = [
    line(390, 'A', 'x', 1000),
    line(100, 'B', 'x', 2000),
    line(100, 'B', 'y', 3000),
    line(100, 'C', 'y', 4000),
    line(90, 'RET', 'y', -1000),
    line(10, 'D', 'post', 9998, { service: true }),
    line(0, 'E', 'z', 70_000),
  ]
  await writeCompany(app.facts, 1, lines, [7, 8])
  const [seven, eight] = await featuresOf(1)
  assert.deepEqual(
    Object.fromEntries(
      [
        'recency_days',
        'tenure_days',
        'frequency',
        'purchase_days',
        'gross_minor',
        'monetary_minor',
        'margin_minor',
      ].map(id => [id, seven![id]]),
    ),
    {
      recency_days: 100,
      tenure_days: 390,
      frequency: 3,
      purchase_days: 2,
      gross_minor: 10_000,
      monetary_minor: 9000,
      margin_minor: 4500,
    },
  )
  assert.deepEqual(seven!['bought_categories'], ['C-x', 'C-y'])
  assert.equal(seven!['gap_days'], 290)
  assert.ok(Math.abs((seven!['overdue'] as number) - 100 / 290) < 1e-6)
  assert.equal(seven!['average_order_minor'], 3333)
  assert.ok(Math.abs((seven!['return_rate'] as number) - 0.1) < 1e-6)
  assert.equal(seven!['monetary_90_minor'], -1000)
  assert.equal(seven!['monetary_365_minor'], 8000)
  // Someone who never bought has noughts and nulls, never nothing.
  assert.deepEqual(
    [
      eight!['frequency'],
      eight!['monetary_minor'],
      eight!['recency_days'],
      eight!['gap_days'],
      eight!['bought_categories'],
    ],
    [0, 0, null, null, []],
  )
})

/** Purchases with list prices, returns and gifts; answers and events of every kind, on days from a seed. */
async function writeRichCompany(run: number, customers: number, seed: number, until: number): Promise<void> {
  const random = seededRandom(seed)
  const whole = (n: number) => Math.floor(random.uniform() * n)
  await writeCompany(
    app.facts,
    run,
    simulatedLines(customers, seed).filter(line => line.day < until),
    Array.from({ length: customers + 10 }, (_, i) => i + 1),
  )
  const day = (n: number) => new Date(Date.UTC(2010, 0, 1 + n, 9)).toISOString().slice(0, 19).replace('T', ' ')
  const rows = Array.from({ length: customers * 6 }, (_, i) => ({
    day: whole(730),
    customer: 1 + whole(customers),
    i,
    drawn: whole(1e9),
  }))
  // Drawn once for all rows: those before the date are the same, however many follow.
  const pick = <T>(of: readonly T[], drawn: number): T => of[drawn % of.length]!
  const some = rows.filter(row => row.day < until)
  await app.facts.insert(
    'purchases',
    some.map(({ day: n, customer, i, drawn }) => {
      const amount = pick([0, 300, 900, 4000, -700], drawn)
      return {
        run_id: run,
        customer_id: customer,
        sold_at: day(n),
        invoice: `X${i}`,
        line: i,
        product_code: `P${i % 7}`,
        category: `C${i % 4}`,
        quantity: 1 + (i % 5),
        amount_minor: amount,
        margin_minor: amount / 2,
        is_return: amount < 0 ? 1 : 0,
        is_service: i % 13 === 0 ? 1 : 0,
        list_minor: i % 3 === 0 ? 0 : 1000,
      }
    }),
  )
  const names = [
    'satisfaction',
    'recommendation',
    'life_event',
    'price_sensitivity',
    'region_type',
    'income_band',
    '兴趣',
    'rooms',
  ]
  await app.facts.insert(
    'customer_attributes',
    some.map(({ day: n, customer, i, drawn }) => ({
      run_id: run,
      customer_id: customer,
      name: names[i % names.length],
      value:
        names[i % names.length] === '兴趣'
          ? pick(['tea;books', 'books', 'garden；tea'], drawn)
          : String(1 + (drawn % 5)),
      source: 'survey',
      at: day(n),
    })),
  )
  await app.facts.insert(
    'events',
    some.map(({ day: n, customer, i, drawn }) => ({
      event_id: `${run}-${i}`,
      customer_id: customer,
      type: pick(
        ['sent', 'opened', 'called', 'complaint', 'complaint-resolved', 'service-request', 'accepted', 'page-viewed'],
        drawn >> 2,
      ),
      channel: pick(['email', 'sms', 'call', 'letter'], drawn >> 4),
      communication_id: `c${i % 50}`,
      at: `${day(n)}.000`,
      payload: JSON.stringify({ outcome: pick(['accepted', 'refused', 'no-answer'], drawn >> 6) }),
    })),
  )
}

/** One of every kind of declaration. */
const declared: OwnDefinition[] = [
  ...purchaseFigures.map(
    (figure): OwnDefinition => ({
      over: 'purchases',
      figure,
      rows: 'bought',
      categories: ['C1', 'C2'],
      days: 200,
      until: 20,
      weekdays: [1, 2, 3],
      least: 100,
    }),
  ),
  { over: 'purchases', figure: 'money', rows: 'returned', months: [1, 2, 11] },
  { over: 'events', figure: 'count', types: ['opened', 'accepted'], channels: ['email'], days: 90 },
  { over: 'events', figure: 'since', types: ['complaint'] },
  { over: 'answers', attribute: '兴趣', as: 'list' },
  { over: 'answers', attribute: 'rooms', as: 'number' },
  { over: 'answers', attribute: 'life_event', as: 'text' },
]
const own = declared.map((definition, i) =>
  ownFeature({
    id: `mine_${i}`,
    version: 1,
    name: { en: '', zh: '' },
    meaning: { en: '', zh: '' },
    definition: ownDefinition.parse(definition),
  }),
)
const everything = featuresPipeline(own)
const allOf = (identityRun: number, of = whole): Promise<Row[]> =>
  app.facts.query<Row>(`${everything.sql} ORDER BY customer_id`, { ...everything.params, identityRun, ...of })

test('no looking ahead: whatever happens from the date on, no feature changes, ours or declared', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 1_000_000 }), async seed => {
      const [before, after] = [seed * 2 + 100, seed * 2 + 101]
      await app.facts.exec('TRUNCATE TABLE events')
      await writeRichCompany(before, 40, seed, DAY_OF_AS_OF)
      const known = await allOf(before)
      await app.facts.exec('TRUNCATE TABLE events')
      await writeRichCompany(after, 40, seed, 9999)
      const { later } = await app.facts.one<{ later: number }>(
        `SELECT (SELECT count() FROM purchases WHERE run_id = {after:UInt64} AND sold_at >= {asOf:Date})
              * (SELECT count() FROM customer_attributes WHERE run_id = {after:UInt64} AND at >= {asOf:Date})
              * (SELECT count() FROM events WHERE at >= {asOf:Date}) AS later`,
        { after, asOf: AS_OF },
      )
      assert.ok(later > 0)
      assert.deepEqual(await allOf(after), known)
    }),
    { numRuns: 2 },
  )
})

test('up to the last instant before the date everything counts', async () => {
  await app.facts.exec('TRUNCATE TABLE events')
  await writeCompany(app.facts, 4, simulatedLines(20, 3), [1, 5])
  await app.facts.insert('customer_attributes', [
    { run_id: 4, customer_id: 5, name: 'satisfaction', value: '4', source: 'survey', at: '2011-01-31 23:59:59' },
    { run_id: 4, customer_id: 5, name: 'satisfaction', value: '1', source: 'survey', at: `${AS_OF} 00:00:00` },
  ])
  await app.facts.insert('events', [
    { event_id: 'later', customer_id: 5, type: 'sent', communication_id: 'c1', at: `${AS_OF} 00:00:00.000` },
    { event_id: 'before', customer_id: 5, type: 'sent', communication_id: 'c0', at: '2011-01-31 23:59:59.999' },
  ])
  const [, five] = await featuresOf(4)
  assert.deepEqual([five!['satisfaction'], five!['contacts_180']], [4, 1])
})

test('lineage: rows that a feature does not count could be taken away', async () => {
  await app.facts.exec('TRUNCATE TABLE events')
  await writeRichCompany(5, 80, 77, 9999)
  const dated = {
    purchases: "run_id = 5 AND sold_at < toDateTime({asOf:Date}, 'UTC')",
    customer_attributes: "run_id = 5 AND at < toDateTime({asOf:Date}, 'UTC')",
    events: "at < toDateTime64({asOf:Date}, 3, 'UTC')",
  } as const
  let rowsCounted = 0
  for (const feature of [...featureCatalogue, ...own]) {
    const { id, source, sql, counts, fields, from } = feature
    if (source === 'golden_records') assert.ok(fields?.length, id)
    else if (source === 'derived') for (const other of from!) assert.ok(featureById.has(other), `${id}: ${other}`)
    else {
      assert.ok(counts, id)
      const names = sql.includes('category_names')
        ? `WITH (SELECT arraySort(groupUniqArray(category)) FROM purchases WHERE run_id = 5) AS category_names`
        : ''
      const grouped = (where: string) =>
        `SELECT customer_id, toString(tuple(${sql})) AS value, count() AS rows FROM ${source} WHERE ${dated[source]}${where} GROUP BY customer_id`
      const params = { asOf: AS_OF, ...(own.find(mine => mine.id === id)?.params ?? {}) }
      const result = await app.facts.one<{ wrong: number; same: number; rows: number }>(
        `${names} SELECT countIf(b.rows > 0 AND a.value != b.value) AS wrong, countIf(b.rows = 0 AND a.value != n.value) AS same, sum(b.rows) AS rows
         FROM (${grouped('')}) AS a
         LEFT JOIN (${grouped(` AND (${counts})`)}) AS b ON b.customer_id = a.customer_id
         CROSS JOIN (SELECT toString(tuple(${sql})) AS value FROM ${source} WHERE 0) AS n`,
        params,
      )
      assert.deepEqual([result.wrong, result.same], [0, 0], id)
      rowsCounted += result.rows
    }
  }
  assert.ok(rowsCounted > 5000)
})

test('shard-local: two halves of the customers, put together, are the whole', async () => {
  const lines = simulatedLines(300, 22)
  const customers = Array.from({ length: 310 }, (_, i) => i + 1)
  const half = (remainder: number) => (customer: number) => customer % 2 === remainder
  await writeCompany(app.facts, 10, lines, customers)
  for (const [run, remainder] of [
    [11, 0],
    [12, 1],
  ] as const)
    await writeCompany(
      app.facts,
      run,
      lines.filter(line => half(remainder)(line.customer)),
      customers.filter(half(remainder)),
    )
  const together = [...(await allOf(11)), ...(await allOf(12))].sort((a, b) => a.customer_id - b.customer_id)
  const all = await allOf(10)
  assert.deepEqual(together, all)
  // Slices, by which a large company is worked through, are such parts too.
  const slices = [0, 1, 2].map(slice => allOf(10, { ...whole, slices: 3, slice }))
  assert.deepEqual(
    (await Promise.all(slices)).flat().sort((a, b) => a.customer_id - b.customer_id),
    all,
  )

  const training = (identityRun: number) =>
    app.facts.query(
      trainingSet(
        predictors.map(p => p.id),
        defaultDefinition,
      ),
      { identityRun, until: '2011-06-01', ...whole },
    )
  const parts = [...(await training(11)), ...(await training(12))].map(row => JSON.stringify(row)).sort()
  assert.deepEqual(parts, (await training(10)).map(row => JSON.stringify(row)).sort())
  assert.ok(parts.some(row => row.includes('"gone":1')) && parts.some(row => row.includes('"gone":0')))
})
