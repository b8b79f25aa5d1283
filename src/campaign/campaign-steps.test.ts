import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import * as analyze from '../analyze/index.ts'
import * as collect from '../collect/index.ts'
import * as optimize from '../optimize/index.ts'
import type { Step, StepContext } from '../platform/app.ts'
import type { OpenApp } from '../platform/open-app.ts'
import { openTestApp } from '../platform/open-test-app.ts'
import type { Facts } from '../platform/stores/facts/index.ts'
import { asJson, type Workflow } from '../platform/stores/workflow/index.ts'
import * as campaign from './index.ts'
import { moveTo } from './state.ts'

const asOf = '2010-12-01'
const samples = join(import.meta.dirname, '../../samples')
const [campaignStep, measureStep] = campaign.steps as [Step, Step]

let folder: string
let facts: Facts
let workflow: Workflow
let app: OpenApp

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiyin-campaign-'))
  app = await openTestApp(
    folder,
    [collect, analyze, optimize, campaign].map(part => part.stage),
    { threads: 2, logLevel: 'silent' },
  )
  facts = app.facts
  workflow = app.workflow
  await campaign.loadSample(app, samples, () => undefined)
})

after(async () => {
  await app.close()
  await rm(folder, { recursive: true })
})

/** Customers 1–900 planned, 1001–1100 held out, 1101–1200 held out with nothing for them; each buys for 10–19 pounds of margin. */
async function invent(planRun: number): Promise<void> {
  const member = 'run_id, customer_id, offer, channel, product_code, value_minor, acceptance, cost_minor'
  await facts.exec(
    `INSERT INTO plan_assignments (${member}, next_best)
     SELECT {planRun:UInt64}, number + 1, 'STAY', if(number % 2 = 0, 'email', 'letter'), 'P1', 100, 0.05, 95, '' FROM numbers(900)`,
    { planRun },
  )
  await facts.exec(
    `INSERT INTO control_members (${member})
     SELECT {planRun:UInt64}, number + 1001, if(number < 100, 'STAY', ''), if(number < 100, 'email', ''), '', 100, 0.05, 95 FROM numbers(200)`,
    { planRun },
  )
  await facts.exec('INSERT INTO golden_records (run_id, customer_id) SELECT 1, number + 1 FROM numbers(1200)')
  await facts.exec(
    `INSERT INTO purchases (run_id, customer_id, sold_at, invoice, margin_minor, is_service)
     SELECT 1, number + 1, toDateTime('2010-12-20 10:00:00', 'UTC'), toString(number), 1000 + sipHash64(number) % 1000, 0 FROM numbers(1200)
     UNION ALL
     SELECT 1, number + 1, toDateTime('2011-06-01 10:00:00', 'UTC'), 'late', 1000000, 0 FROM numbers(1200)
     UNION ALL
     SELECT 1, number + 1, toDateTime('2010-11-30 23:59:59', 'UTC'), 'early', 1000000, 0 FROM numbers(1200)`,
  )
}

async function runStep(step: Step, turn: { id: number; asOf: string }, runs: Record<string, number>) {
  const { runId } = await app.runs.begin(turn, step)
  const ctx: StepContext = { app, turn, runId, runOf: id => runs[id]!, progress: () => undefined }
  const figures = await step.run(ctx)
  await app.runs.commit(runId, figures)
  return { runId, figures }
}

test('a plan becomes one campaign, approved and running; its past is measured as an A/A check', async () => {
  const turn = await app.runs.openTurn(asOf)
  const planRun = (await app.runs.begin(turn, { id: 'plan', writes: [], resumes: false } as unknown as Step)).runId
  await workflow.db
    .insertInto('plans')
    .values({
      turn_id: turn.id,
      run_id: planRun,
      as_of: asOf,
      view: asJson<unknown>({}),
      prices: asJson({}),
      basis: asJson({ offers: [], policy: {}, runs: {}, meanLiking: [] }) as never,
      made_at: new Date(),
    })
    .execute()
  await app.runs.commit(planRun, {})
  await invent(planRun)

  const made = await runStep(campaignStep, turn, { plan: planRun, identity: 1 })
  assert.deepEqual(
    { planned: made.figures['planned'], control: made.figures['control'], cost: made.figures['cost'] },
    { planned: 900, control: 100, cost: 900 * 95 },
  )
  const running = (await campaign.campaignOf(app, turn.id))!
  assert.equal(running.state, 'running')
  assert.equal(running.approvedBy, `turn ${turn.id}`)
  assert.deepEqual(running.waves, [
    { wave: 1, date: asOf, planned: 900, contacts: 900, state: 'waiting', doneAt: null },
  ])

  await app.runs.recordCounts(made.runId, [
    { scope: 'email', name: 'composed', value: 440 },
    { scope: 'email', name: 'held', value: 10 },
    { scope: 'email', name: 'settled', value: 400 },
    { scope: 'email', name: 'refused', value: 5 },
  ])
  const { figures } = await runStep(measureStep, turn, { campaign: made.runId, identity: 1 })
  const done = await campaign.readCampaign(app, running.campaignId)
  assert.equal(done.state, 'done')
  assert.equal(done.result?.isAA, true)
  assert.match(done.result!.label.en, /A\/A/)
  assert.equal(done.result?.withinError, true)
  assert.equal(done.result?.returnOnInvestment, null)
  // Only the horizon counts: means lie between 1,000 and 2,000 pence.
  assert.ok(done.result!.planned.mean > 1400 && done.result!.planned.mean < 1600)
  assert.deepEqual([done.result!.planned.customers, done.result!.control.customers], [900, 100])
  assert.ok(done.result!.low < done.result!.difference && done.result!.difference < done.result!.high)
  assert.equal(figures['isAA'], 1)
  assert.deepEqual(done.counts, [
    { channel: 'email', planned: 450, composed: 440, held: 10, settled: 400, refused: 5, failed: 0, waiting: 35 },
  ])

  // The step again, as after a kill: one campaign still, members of the new run only are its own.
  await workflow.db.updateTable('runs').set({ state: 'failed' }).where('id', '=', made.runId).execute()
  await runStep(campaignStep, turn, { plan: planRun, identity: 1 })
  assert.equal((await campaign.campaignOf(app, turn.id))!.planned, 900)
  const { campaigns } = await workflow.db
    .selectFrom('campaigns')
    .select(eb => eb.fn.countAll<number>().as('campaigns'))
    .executeTakeFirstOrThrow()
  assert.equal(Number(campaigns), 1)
  await app.runs.closeTurn(turn)
})

test('a real effect is told from chance, with its return', async () => {
  const turn = await app.runs.openTurn('2011-12-01')
  await facts.exec(
    `INSERT INTO campaign_members (run_id, campaign_id, customer_id, arm, cost_minor)
     SELECT 77, 9, number + 5001, if(number < 500, 'planned', 'control'), 10 FROM numbers(1000)`,
  )
  await facts.exec(
    `INSERT INTO purchases (run_id, customer_id, sold_at, invoice, margin_minor)
     SELECT 5, number + 5001, toDateTime('2011-12-05 00:00:00', 'UTC'), 'i', if(number < 500, 1500, 1000) + sipHash64(number) % 500 FROM numbers(1000)`,
  )
  const { id } = await workflow.db
    .insertInto('campaigns')
    .values({
      turn_id: turn.id,
      run_id: 77,
      plan_id: 1,
      code: 'X',
      name: asJson({ en: 'x', zh: 'x' }),
      objective: asJson({ en: 'x', zh: 'x' }),
      as_of: '2011-12-01',
      horizon_days: 30,
      currency: 'GBP',
      state: 'running',
      target: 1,
      cost: 5000,
      expected: 1,
      planned: 500,
      control: 500,
      result: null,
      created_at: '2011-12-01T02:00:00Z',
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await runStep(measureStep, turn, { campaign: 77, identity: 5 })
  const { result, state } = await campaign.readCampaign(app, id)
  assert.equal(state, 'done')
  assert.equal(result!.isAA, false)
  assert.equal(result!.withinError, false)
  assert.ok(Math.abs(result!.difference - 500) < 50, String(result!.difference))
  assert.ok(Math.abs(result!.returnOnInvestment! - (result!.difference * 500 - 5000) / 5000) < 1e-9)
  await app.runs.closeTurn(turn)
})

test('states move one way, and who moved them is kept', async () => {
  const [{ id }] = (await workflow.db.selectFrom('campaigns').select('id').where('state', '=', 'done').execute()) as [
    { id: number },
  ]
  const move = (to: 'approved' | 'stopped') =>
    workflow.transaction(tx => moveTo(tx, id, to, { userId: 1, name: 'Wang' }))
  await assert.rejects(move('approved'), { code: 'campaign.wrong-state' })
  await workflow.db.updateTable('campaigns').set({ state: 'draft' }).where('id', '=', id).execute()
  await move('approved')
  assert.equal((await campaign.readCampaign(app, id)).approvedBy, 'Wang')
  await move('stopped')
  await assert.rejects(move('approved'), { code: 'campaign.wrong-state', status: 409 })
  await assert.rejects(campaign.readCampaign(app, 9999), { code: 'campaign.no-such-campaign' })
})
