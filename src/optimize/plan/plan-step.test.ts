import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import * as analyze from '../../analyze/index.ts'
import * as collect from '../../collect/index.ts'
import type { StepContext } from '../../platform/app.ts'
import type { OpenApp } from '../../platform/open-app.ts'
import { openTestApp } from '../../platform/open-test-app.ts'
import type { Facts } from '../../platform/stores/facts/index.ts'
import { controlParams } from '../control-group.ts'
import * as optimize from '../index.ts'
import { planLimitsOf } from '../offers/plan-limits.ts'
import { axesOf } from '../options/axes.ts'
import { offerRules } from '../options/offer-history.ts'
import { standingSql } from '../options/standing-sql.ts'
import { planOfCustomer } from './customer-plan.ts'
import { inventCustomers, inventedRuns } from './invented-customers.ts'
import { planStep } from './plan-step.ts'

const asOf = '2010-12-01'
const customers = 4000
const samples = join(import.meta.dirname, '../../../samples')

let folder: string
let facts: Facts
let app: OpenApp

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiyin-plan-step-'))
  app = await openTestApp(
    folder,
    [collect, analyze, optimize].map(part => part.stage),
    { threads: 2, logLevel: 'silent' },
  )
  facts = app.facts
  await inventCustomers(facts, customers, asOf)
  await optimize.loadSample(app, samples, () => undefined)
})

after(async () => {
  await app.close()
  await rm(folder, { recursive: true })
})

async function plan(): Promise<{ runId: number; figures: Awaited<ReturnType<typeof planStep.run>> }> {
  const turn = await app.runs.openTurn(asOf)
  const { runId } = await app.runs.begin(turn, planStep)
  const ctx: StepContext = {
    app,
    turn,
    runId,
    runOf: id => inventedRuns[id as keyof typeof inventedRuns],
    progress: () => undefined,
  }
  const figures = await planStep.run(ctx)
  await app.runs.commit(runId, figures)
  await app.runs.closeTurn(turn)
  return { runId, figures }
}

test('a plan keeps consent, addresses, policy, capacities and the control group', async () => {
  const { runId, figures } = await plan()
  const view = await optimize.readPlan(app)
  assert.equal(view.customers, customers)
  assert.ok(view.assigned > 500, `${view.assigned} assigned`)
  assert.ok(view.value <= view.bound && view.gap < 0.001, `gap ${view.gap}`)
  assert.equal(figures['control'], view.control)
  assert.ok(Math.abs(view.control / customers - 0.1) < 0.02, `${view.control} in the control group`)
  for (const limit of view.limits) assert.ok(limit.used <= limit.max, `${limit.id}: ${limit.used} of ${limit.max}`)
  const accounted = view.assigned + view.notPlanned.reduce((n, row) => n + row.customers, 0)
  assert.equal(accounted, customers)
  assert.equal(
    view.bySegment.reduce((n, row) => n + row.customers, 0),
    customers,
  )
  assert.equal(
    view.bySegment.reduce((n, row) => n + row.planned, 0),
    view.assigned,
  )

  const broken = await facts.one<Record<string, number>>(
    `WITH p AS (SELECT * FROM plan_assignments WHERE run_id = {runId:UInt64})
     SELECT
       (SELECT count() FROM p) AS planned,
       (SELECT uniqExact(customer_id) FROM p) AS customers,
       (SELECT count() FROM p WHERE customer_id IN (SELECT customer_id FROM control_members WHERE run_id = {runId:UInt64})) AS in_control,
       (SELECT count() FROM p INNER JOIN (SELECT customer_id, channel FROM customer_consents WHERE granted = 0) AS c
          ON c.customer_id = p.customer_id WHERE c.channel = p.channel OR (c.channel = 'letter' AND p.channel = 'bill')) AS refused,
       (SELECT count() FROM p INNER JOIN golden_records AS g ON g.customer_id = p.customer_id
          WHERE (p.channel = 'email' AND g.email = '') OR (p.channel IN ('sms', 'call') AND g.mobile = '') OR (p.channel IN ('letter', 'bill') AND g.street = '')) AS unreachable,
       (SELECT count() FROM p WHERE channel = 'bill' AND customer_id NOT IN
          (SELECT customer_id FROM purchases WHERE sold_at >= '2010-11-01' AND sold_at < '2010-12-01')) AS without_bill,
       (SELECT count() FROM p WHERE next_best != '' AND NOT isValidJSON(next_best)) AS bad_json,
       (SELECT count() FROM plan_choices) AS left_over`,
    { runId },
  )
  assert.deepEqual(broken, {
    planned: view.assigned,
    customers: view.assigned,
    in_control: 0,
    refused: 0,
    unreachable: 0,
    without_bill: 0,
    bad_json: 0,
    left_over: 0,
  })
})

test('those of the control group whom the plan would have chosen are like those it chose', async () => {
  const runId = (await app.runs.latest('plan'))!
  const { planned, held } = await facts.one<{ planned: number; held: number }>(
    `SELECT (SELECT count() FROM plan_assignments WHERE run_id = {runId:UInt64}) AS planned,
            (SELECT count() FROM control_members WHERE run_id = {runId:UInt64} AND offer != '') AS held`,
    { runId },
  )
  // 10 % were held out: of ten who would be planned one is in the control group, give or take its error.
  const share = held / (planned + held)
  assert.ok(Math.abs(share - 0.1) < 4 * Math.sqrt(0.09 / (planned + held)) + 0.01, `${held} beside ${planned}`)
})

test('the same input gives the same plan', async () => {
  const before = (await app.runs.latest('plan'))!
  const { runId } = await plan()
  const { different } = await facts.one<{ different: number }>(
    `SELECT count() AS different FROM (
       SELECT customer_id, offer, channel, product_code, value_minor FROM plan_assignments WHERE run_id IN ({before:UInt64}, {runId:UInt64})
       GROUP BY ALL HAVING count() != 2)`,
    { before, runId },
  )
  assert.equal(different, 0)
})

test('whoever was contacted within the window is left alone', async () => {
  const runId = (await app.runs.latest('plan'))!
  await facts.exec(
    `INSERT INTO events (event_id, customer_id, type, channel, at, payload)
     SELECT concat('e', toString(customer_id)), customer_id, 'sent', toString(channel), now(), '{"asOf":"2010-11-28","class":"offer","kind":"email"}'
     FROM plan_assignments WHERE run_id = {runId:UInt64} AND channel = 'email'`,
    { runId },
  )
  const again = await plan()
  const { repeated, kept } = await facts.one<{ repeated: number; kept: number }>(
    `SELECT
       countIf(channel = 'email' AND customer_id IN (SELECT customer_id FROM events)) AS repeated,
       countIf(channel != 'email' AND customer_id IN (SELECT customer_id FROM events)) AS kept
     FROM plan_assignments WHERE run_id = {runId:UInt64}`,
    { runId: again.runId },
  )
  assert.equal(repeated, 0)
  assert.ok(kept > 0, 'other channels stay open')
})

test('the standing of three ranges of customers, put together, is the standing of all: shards answer alone', async () => {
  const [offers, policy] = [await optimize.offers(app), await optimize.contactPolicy(app)]
  const limits = planLimitsOf(policy)
  const axes = axesOf(offers, policy, limits)
  const { sql, params } = standingSql(offers, policy, axes, offerRules(axes.offers, limits), {
    suppressed: true,
    knownBy: false,
  })
  const { identity, features, models, segments } = inventedRuns
  const runs = { identityRun: identity, featuresRun: features, modelsRun: models, segmentsRun: segments }
  const ask = async (fromId: number, toId: number) =>
    facts.query(sql, { ...params, ...runs, ...controlParams(asOf, 0.1), asOf, fromId, toId })
  const parts = [await ask(0, 1300), await ask(1300, 2900), await ask(2900, 1e9)]
  assert.ok(parts.every(part => part.length > 1000))
  assert.deepEqual(parts.flat(), await ask(0, 1e9))
})

test('each customer is told why and why not', async () => {
  const runId = (await app.runs.latest('plan'))!
  const { planned, held, none } = await facts.one<{ planned: number; held: number; none: number }>(
    `SELECT
       (SELECT min(customer_id) FROM plan_assignments WHERE run_id = {runId:UInt64}) AS planned,
       (SELECT min(customer_id) FROM control_members WHERE run_id = {runId:UInt64} AND offer != '') AS held,
       (SELECT min(customer_id) FROM golden_records WHERE customer_id NOT IN (SELECT customer_id FROM plan_assignments WHERE run_id = {runId:UInt64})
          AND customer_id NOT IN (SELECT customer_id FROM control_members WHERE run_id = {runId:UInt64})) AS none`,
    { runId },
  )
  const chosen = await planOfCustomer(app, planned)
  assert.equal(chosen.assignments.length, 1)
  assert.match(chosen.assignments[0]!.why.en, /% are expected to accept \(believed.*worth GBP/)
  const control = await planOfCustomer(app, held)
  assert.equal(control.control, true)
  assert.match(control.whyNot!.en, /Control group.*would have chosen/)
  assert.ok((await planOfCustomer(app, none)).whyNot!.zh.length > 3)
})
