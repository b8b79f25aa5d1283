import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import * as analyze from '../../analyze/index.ts'
import * as collect from '../../collect/index.ts'
import type { StepContext } from '../../platform/app.ts'
import type { OpenApp } from '../../platform/open-app.ts'
import { openTestApp } from '../../platform/open-test-app.ts'
import type { Facts } from '../../platform/stores/facts/index.ts'
import type { Workflow } from '../../platform/stores/workflow/index.ts'
import * as optimize from '../index.ts'
import { inventCustomers, inventedRuns } from '../plan/invented-customers.ts'
import { planStep } from '../plan/plan-step.ts'
import { policyAt, policyVersion, policyVersions, releasePolicy } from '../policy/policy-versions.ts'
import { answerPlan, approvalsOf, markCarriedOut, planToCarryOut, setApprovalMode } from './approvals.ts'
import { basePlan } from './base-plan.ts'
import { curveOf } from './curve.ts'
import { keepAsPlan } from './keep-as-plan.ts'
import { listKeptPlans } from './plans.ts'
import { effectOfPolicy } from './policy-effect.ts'
import { repeatPlan } from './repeat.ts'
import { addScenario, changeScenario, listScenarios, planIdOf, removeScenario, tryChange } from './scenarios.ts'
import { solveAgain } from './solve-again.ts'
import { changesBetween, customersOf, whoGetsWhat } from './who-gets-what.ts'

const asOf = '2010-12-01'
const samples = join(import.meta.dirname, '../../../samples')
const [anna, bernd] = [
  { userId: 1, name: 'Anna' },
  { userId: 2, name: 'Bernd' },
]

let folder: string
let facts: Facts
let workflow: Workflow
let app: OpenApp
let turnId: number

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiyin-scenarios-'))
  app = await openTestApp(
    folder,
    [collect, analyze, optimize].map(part => part.stage),
    { threads: 2, logLevel: 'silent' },
  )
  facts = app.facts
  workflow = app.workflow
  await inventCustomers(facts, 9000, asOf)
  await optimize.loadSample(app, samples, () => undefined)
  const turn = await app.runs.openTurn(asOf)
  turnId = turn.id
  const { runId } = await app.runs.begin(turn, planStep)
  const runOf: StepContext['runOf'] = id => inventedRuns[id as keyof typeof inventedRuns]
  await app.runs.commit(runId, await planStep.run({ app, turn, runId, runOf, progress: () => undefined }))
  await app.runs.closeTurn(turn)
})

after(async () => {
  await app.close()
  await rm(folder, { recursive: true })
})

const budgetOf = async () => (await basePlan(app, await planIdOf(app))).limits.find(l => l.id === 'budget')!.max
const halfBudget = async () => ({ limits: { budget: { max: Math.round((await budgetOf()) / 2) } }, policy: null })

test('a kept plan solved again is the same plan for one, two and three threads', async () => {
  const repeated = await repeatPlan(app, await planIdOf(app), [1, 2, 3])
  assert.deepEqual(
    repeated.tries.map(t => [t.threads, t.different]),
    [
      [1, 0],
      [2, 0],
      [3, 0],
    ],
  )
  assert.equal(repeated.same, true)
})

test('a scenario from the last prices is as good as one solved from scratch, and its bound holds for both', async () => {
  const planId = await planIdOf(app)
  const base = await basePlan(app, planId)
  for (const part of [0.3, 0.8, 1.5]) {
    const limits = { budget: { max: Math.round((await budgetOf()) * part) }, 'channel:sms': { max: 100 } }
    const warm = (await solveAgain(base, limits, { threads: 2 })).outcome
    const cold = (await solveAgain(base, limits, { threads: 1, prices: null })).outcome
    assert.ok(warm.feasible && cold.feasible)
    const bound = Math.min(warm.bound, cold.bound)
    assert.ok(warm.value <= bound && cold.value <= bound)
    assert.ok((bound - warm.value) / bound < 0.001, `warm: gap ${(bound - warm.value) / bound}`)
    assert.ok((bound - cold.value) / bound < 0.001, `cold: gap ${(bound - cold.value) / bound}`)
    for (const limit of warm.limits) assert.ok(limit.max === null || limit.used <= limit.max, limit.id)
    assert.equal(
      warm.cells.reduce((n, cell) => n + cell.customers, 0),
      warm.contacts,
    )
    assert.ok(Math.abs(warm.cells.reduce((n, cell) => n + cell.value, 0) - warm.value) < 1)
  }
})

test('shares and lots of a changed plan are those of that plan; bundles are weighed where a plan may give two', async () => {
  const planId = await planIdOf(app)
  const base = await basePlan(app, planId)
  const whole = base.kept.asked!.find(l => l.lot !== undefined)!
  assert.equal(whole.id, 'channel:letter')
  const { outcome } = await tryChange(app, planId, {
    limits: { budget: { max: 25_000 }, [whole.id]: { max: 130 } },
    policy: null,
  })
  const used = (id: string) => outcome.limits.find(l => l.id === id)!.used
  assert.ok(outcome.feasible)
  assert.ok(
    used(whole.id) <= 130 && (used(whole.id) + (whole.taken ?? 0)) % whole.lot! === 0,
    `${used(whole.id)} letters`,
  )
  assert.ok(used('explore') >= 0.05 * used('contacts') - 1e-9, 'the share is of the contacts of this plan')
  assert.notEqual(used('contacts'), base.limits.find(l => l.id === 'contacts')!.max)
  const policy = { ...(await optimize.contactPolicy(app)), most_offers: 2, one_offer_per_customer: undefined }
  const two = await tryChange(app, planId, { limits: {}, policy })
  assert.ok(two.base.kept.codes.some(code => code.parts?.length === 2))
  const one = await tryChange(app, planId, { limits: {}, policy: { ...policy, most_offers: 1 } })
  assert.ok(two.outcome.feasible && two.outcome.value >= one.outcome.value * 0.999)
  assert.equal(
    two.outcome.cells.reduce((n, cell) => n + cell.customers, 0),
    two.outcome.contacts,
  )
  const { changed } = two.outcome
  const kept = changed.same + changed.moved + changed.lost
  assert.equal(kept, (await optimize.readPlan(app)).assigned)
})

test('scenarios are kept, solved again when changed, taken away and brought back', async () => {
  const planId = await planIdOf(app)
  const made = await addScenario(app, planId, { name: 'Half', note: '', change: await halfBudget() }, anna)
  const plan = await optimize.readPlan(app)
  assert.ok(made.outcome!.value < plan.value, 'less money, less value')
  assert.ok(made.outcome!.limits.find(l => l.id === 'budget')!.binds)
  const { changed } = made.outcome!
  const between = await changesBetween(app, `plan:${planId}`, `scenario:${made.id}`)
  assert.deepEqual(
    [between.gained, between.lost, between.moved, between.same],
    [changed.gained, changed.lost, changed.moved, changed.same],
  )
  assert.equal(between.lost + between.moved + between.same, plan.assigned)

  const again = await changeScenario(app, made.id, { name: 'As it was', change: { limits: {}, policy: null } }, bernd)
  assert.equal(again.name, 'As it was')
  assert.ok(again.outcome!.value >= plan.value * 0.999)
  await removeScenario(app, made.id, true)
  assert.equal((await listScenarios(app, planId)).length, 0)
  assert.equal((await removeScenario(app, made.id, false)).deleted, false)
  assert.equal((await listScenarios(app, planId)).length, 1)
})

test('limits that contradict each other are named, unknown ones and crossed ones refused', async () => {
  const planId = await planIdOf(app)
  const base = await basePlan(app, planId)
  const offer = base.limits.find(l => l.id.startsWith('offer:'))!.id
  const { outcome } = await tryChange(app, planId, {
    limits: { [offer]: { min: 500, max: null }, budget: { max: 0 } },
    policy: null,
  })
  if (outcome.feasible) assert.fail('a minimum without money must not be met')
  assert.ok(
    outcome.conflict.some(l => l.id === offer || l.id === 'budget'),
    JSON.stringify(outcome.conflict),
  )
  const refused = (limits: Record<string, { max?: number; min?: number }>, code: RegExp) =>
    assert.rejects(tryChange(app, planId, { limits, policy: null }), (error: { code?: string }) =>
      code.test(error.code ?? ''),
    )
  await refused({ nonsense: { max: 1 } }, /unknown-limit/)
  await refused({ budget: { max: 1, min: 2 } }, /limit-crossed/)
})

test('value never falls with more budget, and never exceeds the bound', async () => {
  const planId = await planIdOf(app)
  let curve = await curveOf(app, planId, 'budget')
  for (let i = 0; i < 3600 && curve.done < curve.total && curve.error === null; i++) {
    await sleep(50)
    curve = await curveOf(app, planId, 'budget')
  }
  assert.equal(curve.error, null)
  assert.ok(curve.points.length >= 12, `${curve.points.length} points`)
  assert.ok(curve.points.some(p => p.amount === curve.here))
  for (const [i, point] of curve.points.entries()) {
    assert.ok(point.value <= point.bound + 1e-6)
    const before = curve.points[i - 1]
    if (before) assert.ok(point.value >= before.value && point.bound >= before.bound)
  }
  const here = curve.points.find(p => p.amount === curve.here)!
  assert.ok(Math.abs(here.value - (await optimize.readPlan(app)).value) / here.value < 0.001)
})

test('the map counts everybody planned, and its numbers lead to the customers, masked', async () => {
  const planId = await planIdOf(app)
  const map = await whoGetsWhat(app, `plan:${planId}`)
  const plan = await optimize.readPlan(app)
  assert.equal(
    map.cells.reduce((n, cell) => n + cell.customers, 0),
    plan.assigned,
  )
  const cell = map.cells[0]!
  const filter = { segment: cell.segment, offer: cell.offer, channel: cell.channel, offset: 0, limit: 10 }
  const people = await customersOf(app, `plan:${planId}`, filter, false)
  assert.equal(people.total, cell.customers)
  assert.match(people.rows[0]!.name, /^c\*+$/)
  assert.match((await customersOf(app, `plan:${planId}`, filter, true)).rows[0]!.name, /^c\d+$/)
})

test('a scenario becomes a plan; with four eyes two people approve it; the next campaign takes it once', async () => {
  const planId = await planIdOf(app)
  const plan = await optimize.readPlan(app)
  const turn = { id: turnId + 1, asOf }
  // As by now: the turn's own plan.
  assert.equal(await planToCarryOut(app, plan.runId, turn), planId)
  const made = await addScenario(app, planId, { name: 'Half', note: '', change: await halfBudget() }, anna)
  const kept = await keepAsPlan(app, made.id)
  assert.equal(kept.value, made.outcome!.value)
  assert.equal(kept.assigned, made.outcome!.contacts)
  assert.equal(kept.control, plan.control)
  assert.equal((await keepAsPlan(app, made.id)).planId, kept.planId)
  const { rows, held } = await facts.one<{ rows: number; held: number }>(
    `SELECT (SELECT count() FROM plan_assignments WHERE run_id = {run:UInt64}) AS rows,
            (SELECT count() FROM control_members WHERE run_id = {run:UInt64}) AS held`,
    { run: kept.runId },
  )
  assert.deepEqual([rows, held], [kept.assigned, kept.control])

  await setApprovalMode(app, 'two')
  assert.equal(await planToCarryOut(app, plan.runId, turn), null, 'nobody approved')
  assert.equal((await answerPlan(app, kept.planId, 'approve', '', anna)).standing, 'asked')
  assert.equal(await planToCarryOut(app, plan.runId, turn), null, 'one of two')
  await assert.rejects(answerPlan(app, kept.planId, 'approve', '', anna), /second must be somebody else/)
  assert.equal((await answerPlan(app, kept.planId, 'approve', '', bernd)).standing, 'approved')
  assert.equal(await planToCarryOut(app, plan.runId, turn), kept.planId)
  assert.equal((await listKeptPlans(app, 0, 10)).next, kept.planId)
  await answerPlan(app, kept.planId, 'withdraw', 'not yet', anna)
  assert.equal(await planToCarryOut(app, plan.runId, turn), null)
  await answerPlan(app, kept.planId, 'approve', '', bernd)
  await answerPlan(app, kept.planId, 'approve', '', anna)
  assert.equal(
    await planToCarryOut(app, plan.runId, { id: 99, asOf: '2011-03-01' }),
    null,
    'its data are too old by then',
  )
  await workflow.transaction(tx => markCarriedOut(tx, kept.planId, turn.id))
  assert.equal(await planToCarryOut(app, plan.runId, turn), kept.planId, 'a killed step takes it again')
  assert.equal(await planToCarryOut(app, plan.runId, { id: turn.id + 1, asOf }), null, 'no other campaign does')
  assert.equal((await approvalsOf(app, [kept.planId])).get(kept.planId)!.standing, 'used')
  await setApprovalMode(app, 'automatic')
})

test('a policy is tried before it is released, on the past quarter and on the plan; releases can be restored', async () => {
  const policy = await optimize.contactPolicy(app)
  const plan = await optimize.readPlan(app)
  // A message of each planned e-mail: known only after the plan was made, so the plan itself is not changed by it.
  await facts.exec(
    `INSERT INTO events (event_id, customer_id, type, channel, at, payload)
     SELECT concat('q', toString(customer_id)), customer_id, 'sent', 'email', toDateTime64('2010-11-20 10:00:00', 3, 'UTC'),
       '{"asOf":"2010-11-20","class":"offer","kind":"email"}'
     FROM plan_assignments WHERE run_id = {run:UInt64} AND channel = 'email'`,
    { run: plan.runId },
  )
  const strict = { ...policy, limits: [...policy.limits, { channels: ['email' as const], days: 30, max: 0 }] }
  const same = await effectOfPolicy(app, policy, () => undefined)
  assert.equal(same.now.refused, same.draft.refused)
  assert.ok(Math.abs(same.plan.now.value - plan.value) / plan.value < 0.001, 'the plan itself, made anew')
  const effect = await effectOfPolicy(app, strict, () => undefined)
  assert.ok(effect.draft.contacts > 0 && effect.draft.refused === effect.draft.contacts, 'no e-mail at all')
  assert.ok(effect.draft.byRule.length > 0)
  assert.ok(effect.plan.draft.value < effect.plan.now.value)

  const first = await policyVersion(app)
  const second = await releasePolicy(app, strict, { version: first, note: 'fewer' }, anna)
  assert.equal((await optimize.contactPolicy(app)).limits.length, policy.limits.length + 1)
  await assert.rejects(releasePolicy(app, policy, { version: first, note: '' }, bernd), /meanwhile/)
  await releasePolicy(app, await policyAt(app, first), { version: second, note: '', restored: first }, bernd)
  assert.deepEqual(await optimize.contactPolicy(app), policy)
  const versions = await policyVersions(app)
  assert.deepEqual(
    versions.map(v => [v.by, v.restored]),
    [
      ['Bernd', first],
      ['Anna', null],
      ['', null],
    ],
  )
})
