import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import * as campaign from '../../campaign/index.ts'
import { offers } from '../../optimize/index.ts'
import * as personalize from '../../personalize/index.ts'
import type { StepId, Turn } from '../../platform/app.ts'
import type { OpenApp } from '../../platform/open-app.ts'
import type { Figures } from '../../platform/runs.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import * as interact from '../index.ts'
import { inventedRuns, inventTurn, openInvented } from '../invented-turn.ts'
import { carryOutWave } from './carry-out.ts'
import { carryOutByCalendar, sendWave } from './jobs.ts'

const asOf = '2010-12-01'
const CUSTOMERS = 40
let folder: string
let app: OpenApp

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiyin-waves-'))
  app = await openInvented(folder)
  await inventTurn(app, CUSTOMERS, asOf)
  // No statements: the print engine alone would take half of this test's time.
  await app.facts.exec('TRUNCATE TABLE purchases')
  await campaign.loadSample(app, join(import.meta.dirname, '../../../samples'), () => undefined)
})

after(async () => {
  await app.close()
  await rm(folder, { recursive: true })
})

/** A plan of two waves, a week apart: odd customers first, even ones in the second, the tenth of each in the control group. */
async function inventPlan(turn: Turn): Promise<number> {
  const { runId } = await app.runs.begin(turn, { id: 'plan', resumes: false, writes: [] })
  const [offer] = await offers(app)
  const into = (table: string, where: string) =>
    app.facts.exec(
      `INSERT INTO ${table} (run_id, customer_id, offer, channel, product_code, value_minor, acceptance, cost_minor, wave)
       SELECT {runId:UInt64}, number + 1, {offer:String}, if(number % 4 < 2, 'email', 'sms'), 'P1', 100, 0.05, 1, number % 2 + 1
       FROM numbers({n:UInt64}) WHERE ${where}`,
      { runId, offer: offer!.id, n: CUSTOMERS },
    )
  await into('plan_assignments', 'number % 10 != 9')
  await into('control_members', 'number % 10 = 9')
  const limits = { waves: [0, 7].map(after_days => ({ after_days, days: 2 })) }
  await app.workflow.db
    .insertInto('plans')
    .values({
      turn_id: turn.id,
      run_id: runId,
      as_of: turn.asOf,
      view: asJson<unknown>({}),
      prices: asJson({}),
      basis: asJson({ offers: [], policy: {}, runs: {}, meanLiking: [], limits }) as never,
      made_at: new Date(),
      inputs: null,
      policy_version: null,
      offers_version: null,
      scenario_id: null,
      base_plan: null,
    })
    .execute()
  await app.runs.commit(runId, {})
  return runId
}

async function runSteps(turn: Turn, known: Partial<Record<StepId, number>>): Promise<Record<string, Figures>> {
  const runs: Partial<Record<StepId, number>> = { ...known }
  const figures: Record<string, Figures> = {}
  for (const step of [campaign.steps[0]!, ...personalize.steps, ...interact.steps]) {
    const { runId } = await app.runs.begin(turn, step)
    runs[step.id] = runId
    figures[step.id] = await step.run({ app, turn, runId, runOf: id => runs[id]!, progress: () => undefined })
    await app.runs.commit(runId, figures[step.id]!)
  }
  await app.runs.closeTurn(turn)
  return figures
}

const count = async (turn: Turn, name: string) =>
  (await app.runs.countsOf(turn.id)).filter(row => row.name === name).reduce((n, row) => n + row.value, 0)

async function assertAddsUp(turn: Turn): Promise<void> {
  assert.equal(await count(turn, 'planned'), (await count(turn, 'composed')) + (await count(turn, 'held')))
  const settled = (await count(turn, 'settled')) + (await count(turn, 'refused')) + (await count(turn, 'failed'))
  assert.equal(await count(turn, 'composed'), settled)
}

const offersMade = (wave: number) =>
  app.facts
    .one<{ n: number; again: number }>(
      `SELECT uniqExact(communication_id) AS n, count() - n AS again FROM communications WHERE class = 'offer' AND wave = {wave:UInt16}`,
      { wave },
    )
    .then(({ n, again }) => {
      assert.equal(again, 0, 'nothing is composed twice')
      return n
    })

test('each wave goes out on its day: by a later turn, by hand, never twice, and the counts add up', async () => {
  const turn = await app.runs.openTurn(asOf)
  const planRun = await inventPlan(turn)
  await runSteps(turn, { identity: inventedRuns.identity!, plan: planRun })
  const made = (await campaign.campaignOf(app, turn.id))!
  assert.deepEqual(
    made.waves.map(({ wave, date, planned, state }) => ({ wave, date, planned, state })),
    [
      { wave: 1, date: '2010-12-01', planned: 20, state: 'done' },
      { wave: 2, date: '2010-12-08', planned: 16, state: 'waiting' },
    ],
  )
  assert.equal(await offersMade(1), 20)
  assert.equal(await offersMade(2), 0, 'the second wave is not composed before its day')
  await assertAddsUp(turn)
  const bills = await count(turn, 'planned')

  assert.equal(await carryOutByCalendar(app), 0, 'a turn played again does not go by the calendar')
  const [wave] = await campaign.dueWaves(app, '2010-12-08')
  const figures = await sendWave(app, made.campaignId, 2)
  assert.equal(figures['planned'], 16)
  assert.equal(await offersMade(2), 16)
  assert.equal(await count(turn, 'planned'), bills + 16)
  await assertAddsUp(turn)
  const mails = async () => (await readdir(join(folder, 'out/mail/new'))).length
  const before = await mails()
  // As after a kill between delivery and the note that it is done.
  assert.deepEqual(await carryOutWave(app, wave!, '2010-12-08'), figures)
  assert.equal(await mails(), before)
  assert.equal(await offersMade(2), 16)
  assert.equal((await campaign.readCampaign(app, made.campaignId)).waves[1]!.state, 'done')
  await assert.rejects(sendWave(app, made.campaignId, 2), { code: 'campaign.no-such-wave' })
  const days = await app.facts.query<{ day: string; wave: number }>(
    `SELECT DISTINCT JSONExtractString(e.payload, 'asOf') AS day, c.wave AS wave FROM events AS e
     INNER JOIN communications AS c ON c.communication_id = e.communication_id WHERE e.type = 'sent' AND c.class = 'offer' ORDER BY day`,
  )
  assert.deepEqual(days, [
    { day: '2010-12-01', wave: 1 },
    { day: '2010-12-08', wave: 2 },
  ])
})

test('a later turn takes what is due; a stopped campaign owes nothing', async () => {
  const first = await app.runs.openTurn('2011-03-01')
  await runSteps(first, { identity: inventedRuns.identity!, plan: await inventPlan(first) })
  const open = () => app.workflow.db.selectFrom('plan_waves').selectAll().where('open', '=', true).execute()
  assert.deepEqual(
    (await open()).map(({ wave, date }) => ({ wave, date })),
    [{ wave: 2, date: '2011-03-08' }],
  )
  const second = await app.runs.openTurn('2011-03-09')
  await runSteps(second, { identity: inventedRuns.identity!, plan: await inventPlan(second) })
  assert.equal((await campaign.campaignOf(app, first.id))!.waves[1]!.state, 'done')
  await assertAddsUp(first)
  await assertAddsUp(second)
  const last = (await campaign.campaignOf(app, second.id))!
  assert.equal((await open()).length, 1)
  await app.workflow.transaction(tx => campaign.stopCampaign(tx, last.campaignId, { userId: null, name: 'test' }))
  assert.equal((await open()).length, 0)
  assert.deepEqual(
    (await campaign.readCampaign(app, last.campaignId)).waves.map(w => w.state),
    ['done', 'stopped'],
  )
})
