import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { App } from '../../platform/app.ts'
import { fillFeatures } from '../features/step.ts'
import { buyerRows, readCustomers } from '../models/buyers.ts'
import { freshPlan } from '../models/churn-plan.ts'
import { saveModels } from '../models/registry.ts'
import { DISCOUNT_RATE, valueOfBuyers } from '../models/value-of-buyers.ts'
import { openTestApp, simulatedLines, writeCompany } from '../test-company.ts'
import * as shapes from './api.ts'
import { customerValueView } from './customer-value-view.ts'
import { valueList } from './value-list.ts'
import { valuePage } from './value-page.ts'
import { whatIf } from './what-if.ts'
import { writeCustomerValues } from './write-customer-values.ts'

const CUSTOMERS = 400
const ONE_CONTRACT = 3
let app: App & { close(): Promise<void> }
const runs = { asOf: '2011-01-01', identity: 1, features: 2, models: 3, segments: 4 }

/** Rows as a turn writes them, without what other parts of a turn add. */
before(async () => {
  app = await openTestApp()
  const { facts } = app
  const ids = Array.from({ length: CUSTOMERS + 60 }, (_, i) => i + 1)
  await writeCompany(facts, runs.identity, simulatedLines(CUSTOMERS, 31), ids)
  // Contracts of the last sixty, who never bought, and of one who did.
  const held = ids.slice(CUSTOMERS)
  const attribute = (name: string, of: (c: number) => string) =>
    held.flatMap(c => {
      const value = of(c)
      return value === '' ? [] : [{ run_id: 1, customer_id: c, name, value, source: 'crm', at: '2010-12-01 00:00:00' }]
    })
  await facts.insert('customer_attributes', [
    ...attribute('contract_start', c => `200${c % 9}-0${1 + (c % 8)}-15`),
    ...attribute('contract_end', c => (c % 3 === 0 ? `20${c % 2 ? '09' : '10'}-06-15` : '')),
    ...attribute('contract_margin_minor', () => '12000'),
  ])
  await facts.insert('events', [
    {
      event_id: 'e1',
      customer_id: ONE_CONTRACT,
      at: '2008-03-04 09:00:00',
      type: 'contract-started',
      channel: 'portal',
    },
  ])
  await fillFeatures(app, { runId: runs.features, identityRun: 1, asOf: runs.asOf }, () => undefined)
  const columns = await readCustomers(facts, runs.features)
  const value = await valueOfBuyers(facts, { identityRun: 1, asOf: runs.asOf }, columns, buyerRows(columns))
  const churn = new Float32Array(columns.rows).fill(0.4)
  await writeCustomerValues(
    facts,
    { runId: runs.models, identityRun: 1, asOf: runs.asOf, discountRate: DISCOUNT_RATE, churn, churnDays: 180 },
    columns,
    value,
  )
  await facts.insert(
    'segment_members',
    ids.map(id => ({
      run_id: runs.segments,
      customer_id: id,
      segment: id % 4 === 0 ? 'A' : 'B',
      value_minor: 0,
      churn_probability: 0.4,
    })),
  )
  const turn = await app.runs.openTurn(runs.asOf)
  for (const step of ['identity', 'features', 'models', 'segments'] as const) {
    const { runId } = await app.runs.begin(turn, { id: step, resumes: false, writes: [] })
    assert.equal(runId, runs[step])
    await app.runs.commit(runId, {})
  }
  await app.runs.closeTurn(turn)
  await saveModels(
    app.workflow,
    { runId: runs.models, asOf: runs.asOf, featuresRun: runs.features, plan: freshPlan },
    value.records,
  )
})
after(() => app.close())

test('everybody who bought or has a contract is valued over three horizons, each more than the one before', async () => {
  const odd = await app.facts.one(`
    SELECT count() AS rows, countIf(method = 'contract') AS contracts,
      countIf(NOT (low_12_minor <= value_12_minor AND value_12_minor <= value_24_minor AND value_24_minor <= value_36_minor
        AND high_12_minor <= high_36_minor AND alive BETWEEN 0 AND 1 AND leaves BETWEEN 0 AND 1 AND lost_12_minor >= 0)) AS wrong
    FROM customer_values`)
  assert.deepEqual(odd, { rows: CUSTOMERS + 60, contracts: 61, wrong: 0 })
})

test("a customer's categories sum to their value, by every horizon", async () => {
  const off = await app.facts.one<Record<string, number>>(`
    SELECT count() AS customers, max(greatest(abs(a), abs(b), abs(c))) AS most, sum(odd) AS odd
    FROM (
      SELECT c.customer_id AS customer_id, sum(c.value_12_minor) - any(v.value_12_minor) AS a,
        sum(c.value_24_minor) - any(v.value_24_minor) AS b, sum(c.value_36_minor) - any(v.value_36_minor) AS c,
        countIf(NOT (c.low_36_minor <= c.value_36_minor AND c.share > 0 AND c.share <= 1.000001)) AS odd
      FROM category_values AS c INNER JOIN customer_values AS v ON v.customer_id = c.customer_id
      GROUP BY customer_id
    )`)
  // Each of six rows is rounded to a penny; those whose contract has ended are worth nothing, in no category.
  assert.ok(off['customers']! > CUSTOMERS && off['most']! <= 3 && off['odd'] === 0, JSON.stringify(off))
})

test('an interval of a category is as wide as simulated purchases of it spread', async () => {
  // Of those alive for certain and of many purchases, the category's share of them is nearly a thinned Poisson's.
  const [row] = await app.facts.query<Record<string, number>>(`
    SELECT c.value_36_minor AS value, c.low_36_minor AS low, c.high_36_minor AS high, v.value_36_minor AS whole,
      v.low_36_minor AS whole_low, v.high_36_minor AS whole_high
    FROM category_values AS c INNER JOIN customer_values AS v ON v.customer_id = c.customer_id
    WHERE v.method = 'purchases' AND c.category != '' ORDER BY v.purchases_36 DESC, c.category LIMIT 1`)
  const part = (row!['high']! - row!['low']!) / row!['value']!
  const whole = (row!['whole_high']! - row!['whole_low']!) / row!['whole']!
  assert.ok(part > whole, 'a part is less certain than the whole')
  assert.ok(part < 6 * whole)
})

test('the page: totals with intervals, rivals, rules and the verdict; by segment they sum to everybody', async () => {
  const page = shapes.valuePage.parse(await valuePage(app, ''))
  assert.deepEqual([page.customers, page.byContract], [CUSTOMERS + 60, 61])
  assert.deepEqual(
    page.model.rivals.map(rival => rival.model),
    ['bg-nbd', 'mbg-nbd', 'pareto-nbd'],
  )
  assert.equal(page.model.contracts!.used, true)
  assert.ok(page.model.holdout && page.model.verdict && page.model.rules.length === 2)
  const binned = (bins: { customers: number; valueMinor: number }[]) => bins.reduce((s, bin) => s + bin.customers, 0)
  assert.equal(binned(page.aliveBins), page.customers)
  for (const [h, { bins }] of page.valueBins.entries()) {
    assert.equal(binned(bins), page.customers)
    const total = page.totals[h]!
    assert.ok(Math.abs(bins.reduce((s, bin) => s + bin.valueMinor, 0) - total.minor) < 1)
    assert.ok(total.lowMinor < total.minor && total.minor < total.highMinor)
    const byCategory = page.categories.reduce((s, row) => s + row.values[h]!.minor, 0)
    assert.ok(Math.abs(byCategory / total.minor - 1) < 1e-3)
  }
  const parts = await Promise.all(['A', 'B'].map(segment => valuePage(app, segment)))
  assert.equal(parts[0]!.totals[0]!.minor + parts[1]!.totals[0]!.minor, page.totals[0]!.minor)
})

test('what fewer leavers are worth grows with their share, and segments sum to all', async () => {
  const five = shapes.whatIf.parse(await whatIf(app, { percent: 5, months: 12 }))
  const ten = await whatIf(app, { percent: 10, months: 12 })
  assert.ok(five.total.minor > 0 && Math.abs(ten.total.minor / five.total.minor - 2) < 1e-9)
  assert.ok(five.total.lowMinor < five.total.minor && five.total.minor < five.total.highMinor)
  assert.ok(Math.abs(five.rows.reduce((s, row) => s + row.minor, 0) - five.total.minor) < 1e-3)
  assert.deepEqual(five.rows.map(row => row.segment).sort(), ['A', 'B'])
  const long = await whatIf(app, { percent: 5, months: 36 })
  assert.ok(long.total.minor > five.total.minor)
})

test('the list: who is behind a figure, in order, page by page', async () => {
  const asked = {
    months: 24,
    segment: 'A',
    category: undefined,
    aliveFrom: 0,
    aliveTo: 1,
    valueFrom: undefined,
    valueTo: undefined,
  } as const
  const all = shapes.valueCustomers.parse(await valueList(app, { ...asked, order: 'value', offset: 0, limit: 20 }))
  assert.ok(all.rows.every((row, i) => i === 0 || row.minor <= all.rows[i - 1]!.minor))
  assert.equal(all.rows[0]!.name, `N${all.rows[0]!.customerId}`)
  const next = await valueList(app, { ...asked, order: 'value', offset: 20, limit: 20 })
  assert.ok(next.rows[0]!.minor <= all.rows[19]!.minor && next.total === all.total)
  const sure = await valueList(app, { ...asked, aliveFrom: 0.9, order: 'alive', offset: 0, limit: 500 })
  assert.ok(sure.total > 0 && sure.rows.every(row => row.alive >= 0.9))
  const category = await valueList(app, { ...asked, category: 'C1', order: 'lost', offset: 0, limit: 5 })
  assert.ok(category.total > 0 && category.total < all.total)
})

test('one customer: horizons, categories and a curve that falls with silence and passes today', async () => {
  const [{ id } = { id: 0 }] = await app.facts.query<{ id: number }>(
    "SELECT customer_id AS id FROM customer_values WHERE method = 'purchases' AND alive BETWEEN 0.5 AND 0.9 ORDER BY value_12_minor DESC LIMIT 1",
  )
  const view = shapes.customerValue.parse(await customerValueView(app, id))
  const { points, silentDays } = view.curve!
  assert.ok(points.every((point, i) => i === 0 || point.alive <= points[i - 1]!.alive + 1e-9))
  assert.ok(Math.abs(points.find(point => point.days === silentDays)!.alive - view.alive) < 1e-6)
  assert.ok(Math.abs(view.categories.reduce((s, row) => s + row.share, 0) - 1) < 1e-5)
  const contract = shapes.customerValue.parse(await customerValueView(app, ONE_CONTRACT))
  assert.deepEqual([contract.method, contract.curve, contract.alive], ['contract', null, 1])
  assert.ok(
    contract.values[2]!.minor > contract.values[0]!.minor && contract.values[0]!.lowMinor <= contract.values[0]!.minor,
  )
  await assert.rejects(customerValueView(app, 99_999), /not bought anything/)
})
