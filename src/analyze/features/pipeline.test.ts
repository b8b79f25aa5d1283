import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { App } from '../../platform/app.ts'
import { trainingSet } from '../churn/training-set.ts'
import { predictors } from '../models/buyers.ts'
import { type Line, openTestApp, simulatedLines, writeCompany } from '../test-company.ts'
import { featuresSelect } from './pipeline.ts'

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

test('no looking ahead: whatever happens from the date on, the features are the same', async () => {
  const lines = simulatedLines(300, 21)
  const customers = Array.from({ length: 310 }, (_, i) => i + 1)
  await writeCompany(
    app.facts,
    2,
    lines.filter(line => line.day < DAY_OF_AS_OF),
    customers,
  )
  await writeCompany(app.facts, 3, lines, customers)
  const insert = (run: number, at: string, value: string) =>
    app.facts.insert('customer_attributes', [
      { run_id: run, customer_id: 5, name: 'satisfaction', value, source: 'survey', at },
    ])
  for (const run of [2, 3]) await insert(run, '2011-01-31 23:59:59', '4')
  const known = await featuresOf(2)
  assert.equal(known[4]!['satisfaction'], 4)
  await insert(3, `${AS_OF} 00:00:00`, '1')
  await app.facts.insert('events', [
    { event_id: 'later', customer_id: 5, type: 'sent', communication_id: 'c1', at: `${AS_OF} 00:00:00.000` },
  ])
  assert.ok(lines.some(line => line.day >= DAY_OF_AS_OF))
  assert.deepEqual(await featuresOf(3), known)
  await app.facts.insert('events', [
    { event_id: 'before', customer_id: 5, type: 'sent', communication_id: 'c0', at: '2011-01-31 23:59:59.999' },
  ])
  assert.equal((await featuresOf(3))[4]!['contacts_180'], 1)
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
  const together = [...(await featuresOf(11)), ...(await featuresOf(12))].sort((a, b) => a.customer_id - b.customer_id)
  const all = await featuresOf(10)
  assert.deepEqual(together, all)
  // Slices, by which a large company is worked through, are such parts too.
  const slices = [0, 1, 2].map(slice => featuresOf(10, { ...whole, slices: 3, slice }))
  assert.deepEqual(
    (await Promise.all(slices)).flat().sort((a, b) => a.customer_id - b.customer_id),
    all,
  )

  const training = (identityRun: number) =>
    app.facts.query(trainingSet(predictors.map(p => p.id)), { identityRun, until: '2011-06-01', ...whole })
  const parts = [...(await training(11)), ...(await training(12))].map(row => JSON.stringify(row)).sort()
  assert.deepEqual(parts, (await training(10)).map(row => JSON.stringify(row)).sort())
  assert.ok(parts.some(row => row.includes('"gone":1')) && parts.some(row => row.includes('"gone":0')))
})
