import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { App, Step, StepId } from '../../platform/app.ts'
import { type P, thePs } from '../board/figures.ts'
import { featuresStep } from '../features/step.ts'
import { openTestApp, runSteps, simulatedLines, writeCompany } from '../test-company.ts'
import { pageFilter, sevenPPage } from './api.ts'
import { asked } from './asked.ts'
import { setContactCosts } from './contact-costs.ts'
import { customersBehind } from './customers-behind.ts'
import { fillSevenP } from './fill/fill.ts'
import { sevenPPageOf } from './page.ts'
import { pageReport } from './report.ts'
import { sevenPTables } from './tables.ts'
import { setTargets, targetsPage } from './targets.ts'

const CUSTOMERS = 500
const AS_OF = '2011-07-01'
const everybody = Array.from({ length: CUSTOMERS + 20 }, (_, i) => i + 1)
let app: App & { close(): Promise<void> }

const step = (id: StepId, run: Step['run']): Step => ({
  id,
  title: { en: id, zh: id },
  resumes: false,
  writes: [],
  run,
})

/** Scores and segments as other steps would have left them, made of the number alone; 20 customers never bought. */
const modelsStep = step('models', async ({ app, runId, runOf }) => {
  await app.facts.exec(
    `INSERT INTO scores (run_id, customer_id, r, p_alive, expected_purchases, value_minor, value_low_minor, value_high_minor, churn_probability)
     SELECT {runId:UInt64}, customer_id, if(purchase_days > 0, 3, 0), if(purchase_days > 0, (customer_id * 37 % 100) / 100, 0), purchase_days,
       if(purchase_days > 0, 1000 + customer_id * 7919 % 100000, 0), 0, 200000, (customer_id * 61 % 100) / 100
     FROM features WHERE run_id = {featuresRun:UInt64}`,
    { runId, featuresRun: runOf('features') },
  )
  return {}
})

const segmentsStep = step('segments', async ({ app, turn, runId, runOf }) => {
  await app.facts.exec(
    `INSERT INTO segment_members (run_id, customer_id, segment) SELECT {runId:UInt64}, customer_id, if(customer_id % 3 = 0, 'A', 'B')
     FROM features WHERE run_id = {featuresRun:UInt64}`,
    { runId, featuresRun: runOf('features') },
  )
  await fillSevenP(app, {
    runId,
    asOf: turn.asOf,
    identityRun: runOf('identity'),
    featuresRun: runOf('features'),
    modelsRun: runOf('models'),
    segmentsRun: runId,
    customers: everybody.length,
  })
  return {}
})

/** Every other customer lives in Shenzhen, the others in Britain. */
const identityStep = step('identity', async ({ app, runId }) => {
  await writeCompany(app.facts, runId, simulatedLines(CUSTOMERS, 11), [])
  await app.facts.exec(
    `INSERT INTO golden_records (run_id, customer_id, kind, name, mobile, gender, country, province, city)
     SELECT {runId:UInt64}, id, 'person', concat('N', toString(id)), '+8613800001234', if(id % 5 < 2, 'f', 'm'),
       if(id % 2 = 0, 'CN', 'GB'), if(id % 2 = 0, '广东省', ''), if(id % 2 = 0, '深圳市', 'Leeds')
     FROM (SELECT arrayJoin({ids:Array(UInt64)}) AS id)`,
    { runId, ids: everybody },
  )
  return {}
})

before(async () => {
  app = await openTestApp()
  const turn = await app.runs.openTurn(AS_OF)
  await runSteps(app, turn, [identityStep, featuresStep, modelsStep, segmentsStep])
  await app.runs.closeTurn(turn)
})
after(() => app.close())

const filterOf = (filter: Partial<ReturnType<typeof pageFilter.parse>> = {}) => pageFilter.parse(filter)
const pageOf = async (p: P, filter = filterOf()) => sevenPPage.parse(await sevenPPageOf(app, p, filter))
const analyst = { roles: ['analyst'] }
const behind = async (who: string, filter = filterOf()): Promise<number> =>
  (await customersBehind(app, analyst, who, filter, { offset: 0, limit: 1 })).total

test('every number of customers is the number of customers that its list shows, whatever the filter', async () => {
  const narrow = filterOf({ segment: 'B', country: 'CN', province: '广东', from: '2010-03', to: '2010-09' })
  for (const { filter, pages } of [
    { filter: narrow, pages: ['profiling', 'persistency', 'profitability', 'prospecting', 'product'] as const },
    // Without a period, figures of flows take the last twelve months: so must the lists behind them.
    { filter: filterOf(), pages: ['product'] as const },
  ]) {
    let compared = 0
    for (const p of pages) {
      const page = await pageOf(p, filter)
      const counts: [string, number | null][] = [
        ...page.figures.flatMap(({ who, unit, value }): [string, number | null][] =>
          who !== undefined && unit === 'count' ? [[who, value]] : [],
        ),
        ...page.blocks
          .filter(block =>
            ['traits', 'countries', 'provinces', 'cities', 'deciles', 'alive-tenths', 'categories'].includes(block.id),
          )
          .flatMap(block => block.rows.slice(0, 2).map((row): [string, number | null] => [row.who!, row.values[0]!])),
      ]
      for (const [who, value] of counts) {
        assert.equal(await behind(who, filter), value, `${p} ${who} ${JSON.stringify(filter)}`)
        compared++
      }
    }
    assert.ok(compared > 2 * pages.length, String(compared))
  }
})

test('cohorts: each cell counts who first bought then and bought again so many months later', async () => {
  const { blocks } = await pageOf('persistency')
  const triangle = blocks.find(block => block.id === 'cohorts')!
  const cells = await app.facts.query<{ began: string; since: number; many: number }>(
    `WITH first AS (
       SELECT customer_id, toStartOfMonth(min(sold_at)) AS cohort FROM purchases
       WHERE is_return = 0 AND sold_at < toDateTime({asOf:Date}, 'UTC') GROUP BY customer_id)
     SELECT formatDateTime(cohort, '%Y-%m') AS began, dateDiff('month', cohort, toStartOfMonth(sold_at)) AS since, uniqExact(customer_id) AS many
     FROM purchases INNER JOIN first USING (customer_id)
     WHERE is_return = 0 AND sold_at < toDateTime({asOf:Date}, 'UTC') GROUP BY cohort, since`,
    { asOf: AS_OF },
  )
  const expected = new Map(cells.map(cell => [`${cell.began} ${cell.since}`, cell.many]))
  for (const row of triangle.rows) {
    const size = expected.get(`${row.key} 0`)!
    assert.equal(row.values[0], size)
    const months = (2011 - Number(row.key.slice(0, 4))) * 12 + 6 - Number(row.key.slice(5))
    row.values.slice(1).forEach((share, k) => {
      if (k + 1 > months) assert.equal(share, null)
      else assert.ok(Math.abs(share! - (expected.get(`${row.key} ${k + 1}`) ?? 0) / size) < 1e-9)
    })
  }
  const [row] = triangle.rows
  assert.equal(await behind(row!.whos![3]!), Math.round(row!.values[3]! * row!.values[0]!))
})

test('sums by month, category and product are those of the lines; cut into slices they stay the same', async () => {
  const sumsOf = async (run: number) =>
    Promise.all(
      ['seven_p_months', 'seven_p_categories', 'seven_p_products'].map(table =>
        app.facts.one<{ gross: number; returned: number; margin: number }>(
          `SELECT sum(gross_minor) AS gross, sum(returned_minor) AS returned, sum(margin_minor) AS margin FROM ${table}
           WHERE run_id = {run:UInt64} AND month < {asOf:Date}`,
          { run, asOf: AS_OF },
        ),
      ),
    )
  const lines = await app.facts.one<{ gross: number; returned: number; margin: number }>(
    `SELECT sumIf(amount_minor, amount_minor > 0) AS gross, -sumIf(amount_minor, amount_minor < 0) AS returned, sum(margin_minor) AS margin
     FROM purchases WHERE sold_at < toDateTime({asOf:Date}, 'UTC')`,
    { asOf: AS_OF },
  )
  const runs = (await asked(app, filterOf(), false)).runs
  assert.deepEqual(await sumsOf(runs.segments), [lines, lines, lines])
  // The order of additions is another: the last places of sums of fractions are, too.
  const rounded = async () =>
    JSON.stringify(
      await Promise.all(
        (['prospecting', 'product', 'performance'] as const).map(p => pageOf(p, filterOf({ segment: 'A' }))),
      ),
      (_, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(9)) : value),
    )
  const whole = await rounded()
  for (const table of sevenPTables) await app.facts.exec(`TRUNCATE TABLE ${table.name}`)
  const { segments: runId, identity: identityRun, features: featuresRun, models: modelsRun } = runs
  await fillSevenP(app, {
    runId,
    asOf: AS_OF,
    identityRun,
    featuresRun,
    modelsRun,
    segmentsRun: runId,
    customers: everybody.length,
    slice: 130,
  })
  assert.equal(await rounded(), whole)
})

test('each number names its table, and every table its rows, down to those of files', async () => {
  for (const p of thePs) {
    const page = await pageOf(p)
    const known = new Set(page.lineage.map(entry => entry.table))
    for (const table of [...page.figures, ...page.blocks].map(part => part.table))
      assert.ok(known.has(table), `${p} ${table}`)
    for (const { table, from } of page.lineage)
      for (const next of from) assert.ok(known.has(next), `${table} ← ${next}`)
  }
})

test('contacts: answers, cost and fatigue, nothing of the date or later; uplift from the events of both arms', async () => {
  const at = (day: string) => `${day} 09:00:00.000`
  const event = (id: string, customer: number, type: string, day: string, communication: string, payload: object) => ({
    event_id: id,
    customer_id: customer,
    type,
    channel: 'email',
    at: at(day),
    communication_id: communication,
    payload: JSON.stringify(payload),
  })
  const offer = { class: 'offer', offer: 'TEA' }
  const planned = everybody.filter(id => id % 4 === 1)
  const control = everybody.filter(id => id % 4 === 3)
  await app.facts.insert('events', [
    event('s1', 7, 'sent', '2011-01-10', 'c1', offer),
    event('s2', 7, 'sent', '2011-02-10', 'c2', { ...offer, costMinor: 40 }),
    event('r2', 7, 'clicked', '2011-02-11', 'c2', {}),
    // Sent years later by a replay of that day: counts on the day it names, and so does its answer.
    event('s3', 8, 'sent', '2026-01-01', 'c3', { ...offer, asOf: '2011-03-01' }),
    event('r3', 8, 'accepted', '2026-01-02', 'c3', {}),
    event('s4', 9, 'sent', '2011-07-01', 'c4', offer),
    event('r1', 7, 'clicked', '2011-07-02', 'c1', {}),
    ...planned.map(id =>
      event(`a${id}`, id, 'assigned', '2011-01-01', '', { asOf: '2011-01-01', campaign: 5, horizonDays: 90 }),
    ),
    ...control.map(id =>
      event(`a${id}`, id, 'held-out', '2011-01-01', '', { asOf: '2011-01-01', campaign: 5, horizonDays: 90 }),
    ),
  ])
  const { runs } = await asked(app, filterOf(), false)
  for (const table of sevenPTables) await app.facts.exec(`TRUNCATE TABLE ${table.name}`)
  const { segments: runId, identity: identityRun, features: featuresRun, models: modelsRun } = runs
  await fillSevenP(app, {
    runId,
    asOf: AS_OF,
    identityRun,
    featuresRun,
    modelsRun,
    segmentsRun: runId,
    customers: everybody.length,
  })

  const unknown = await pageOf('promotion')
  const figure = (page: typeof unknown, id: string) => page.figures.find(found => found.id === id)!
  assert.equal(figure(unknown, 'contacts').value, 3)
  assert.ok(Math.abs(figure(unknown, 'response').value! - 2 / 3) < 1e-9)
  assert.equal(figure(unknown, 'cost-per-response').value, null)
  assert.match(figure(unknown, 'cost-per-response').note!.en, /cost of 2 contacts/)
  await setContactCosts(app, 1, [{ channel: 'email', costMinor: 10 }])
  const page = await pageOf('promotion')
  assert.equal(figure(page, 'cost-per-response').value, (40 + 2 * 10) / 2)
  assert.deepEqual(
    page.blocks.find(block => block.id === 'fatigue')!.rows.map(row => [row.key, row.values[0], row.values[2]]),
    [
      ['0', 2, 0.5],
      ['1', 1, 1],
    ],
  )
  const arms = await app.facts.query<{ four: number; mean: number }>(
    `SELECT w.who % 4 AS four, avg(b.margin) AS mean
     FROM (SELECT arrayJoin({ids:Array(UInt64)}) AS who) AS w
     LEFT JOIN (
       SELECT customer_id, toFloat64(sum(margin_minor)) AS margin FROM purchases
       WHERE sold_at >= '2011-01-01' AND sold_at < '2011-04-01' GROUP BY customer_id
     ) AS b ON b.customer_id = w.who
     GROUP BY four`,
    { ids: [...planned, ...control] },
  )
  const meanOf = (four: number) => arms.find(arm => arm.four === four)!.mean
  assert.ok(Math.abs(figure(page, 'uplift').value! - (meanOf(1) - meanOf(3))) < 1e-6)
})

test('targets are held against what happened, and taken away again', async () => {
  await setTargets(app, 1, [{ segment: '', month: '2011-06', metric: 'sales', amount: 1_000_000 }])
  const page = await pageOf('performance', filterOf({ from: '2011-06', to: '2011-06' }))
  const value = (id: string) => page.figures.find(figure => figure.id === id)!.value!
  assert.equal(value('target'), 1_000_000)
  assert.ok(Math.abs(value('against-target') - (value('actual') / 1_000_000 - 1)) < 1e-9)
  await setTargets(app, 1, [{ segment: '', month: '2011-06', metric: 'sales', amount: null }])
  assert.deepEqual((await targetsPage(await asked(app, filterOf(), true))).rows, [])
})

test('a page as a report has every row of every block; who may not see contacts gets masked numbers', async () => {
  const page = await pageOf('profitability')
  const report = pageReport(page, filterOf(), { lang: 'zh-CN', at: '2026-11-22 04:00', by: 'ana' })
  for (const block of page.blocks)
    assert.equal(report.sections.find(section => section.title === block.title.zh)!.rows.length, block.rows.length)
  assert.match(report.lead.join(), /ana/)
  const rowsFor = async (role: string) =>
    (await customersBehind(app, { roles: [role] }, 'all', filterOf(), { offset: 0, limit: 1 })).rows
  assert.equal((await rowsFor('analyst'))[0]!.mobile, '+86138****1234')
  assert.equal((await rowsFor('agent'))[0]!.mobile, '+8613800001234')
})

test('a period that ends before it begins, and a figure nobody knows, are refused', async () => {
  await assert.rejects(pageOf('profiling', filterOf({ from: '2011-05', to: '2011-02' })), /ends \(2011-02\) before/)
  await assert.rejects(behind('nonsense:1'), /no figure "nonsense:1"/)
})

test('nobody has bought anything: every page says so instead of failing', async () => {
  const turn = await app.runs.openTurn('2009-01-01')
  await runSteps(app, turn, [
    step('identity', async ({ app, runId }) => {
      await app.facts.insert('golden_records', [{ run_id: runId, customer_id: 1, name: 'N1', country: 'CN' }])
      return {}
    }),
    featuresStep,
    modelsStep,
    segmentsStep,
  ])
  await app.runs.closeTurn(turn)
  for (const p of thePs) {
    const page = await pageOf(p)
    assert.equal(page.customers.all, 1)
    for (const { value, id } of page.figures) assert.ok(value === null || Number.isFinite(value), `${p} ${id}`)
  }
})
