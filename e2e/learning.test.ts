import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import * as analyze from '../src/analyze/index.ts'
import { defaultChurnSettings } from '../src/analyze/registry/churn-settings.ts'
import { saveDefinitions, versionAt } from '../src/analyze/segments/versions/versions.ts'
import { proposeCorrection } from '../src/analyze/verdicts/corrections.ts'
import { forgetVerdict, judgeCustomerModel } from '../src/analyze/verdicts/customer-model.ts'
import { customersBehind } from '../src/analyze/verdicts/customers-behind.ts'
import { decideCorrection } from '../src/analyze/verdicts/decide-correction.ts'
import { correctionsView, verdictView } from '../src/analyze/verdicts/views.ts'
import * as campaign from '../src/campaign/index.ts'
import { fillTurn, fillWorld, type World } from '../src/campaign/learning/invented-world.ts'
import { loopView } from '../src/campaign/learning/loop-view.ts'
import { responseView } from '../src/campaign/learning/response-view.ts'
import * as collect from '../src/collect/index.ts'
import * as optimize from '../src/optimize/index.ts'
import { learnCalibration } from '../src/optimize/shrinkage/learn.ts'
import type { OpenApp } from '../src/platform/open-app.ts'
import { openTestApp } from '../src/platform/open-test-app.ts'
import { asJson } from '../src/platform/stores/workflow/index.ts'

let folder: string
let app: OpenApp
const odd = { segment: 3, odds: 4, from: 150 }
const world: World = {
  ...{
    customers: 4000,
    contacts: 4000,
    turns: 3,
    segments: 6,
    offers: 2,
    channels: ['email', 'letter'],
    odd,
    seed: 11,
  },
  margin: { promised: 30_000, earned: 15_000 },
}

// Three turns of 4,000 customers in six segments; of the fourth those silent for longer than 150 days answer four times as readily.
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiyin-learning-'))
  app = await openTestApp(folder, [collect.stage, analyze.stage, optimize.stage, campaign.stage])
  await optimize.loadSample(app, join(import.meta.dirname, '../samples'), () => undefined)
  const rule = (n: number) => ({ all: n === 5 ? [] : [{ feature: 'frequency', op: '=' as const, value: n }] })
  const name = (n: number) => ({ en: `Segment ${n}`, zh: `类别 ${n}` })
  await saveDefinitions(
    app,
    Array.from({ length: 6 }, (_, n) => ({
      code: `S0${n}`,
      name: name(n),
      strategy: { en: '', zh: '' },
      rule: rule(n),
    })),
  )
  await fillWorld(app, world)
})
after(async () => {
  await app.close()
  await rm(folder, { recursive: true })
})

test('the segment whose customers answer otherwise is found within three turns, no other is accused', async () => {
  const { segments, turns } = await judgeCustomerModel(app)
  assert.equal(turns.length, 3)
  const of = (standing: string) => segments.filter(one => one.standing === standing).map(one => one.segment)
  assert.deepEqual(of('not-held'), ['S03'])
  assert.equal(of('held').length, 5)
  const leaving = segments.flatMap(one => one.evidence.filter(({ kind }) => kind === 'leaving'))
  assert.equal(leaving.length, 6)
  assert.ok(leaving.every(one => one.expected > 50 && Math.abs(one.observed / one.expected - 1) < 0.3))
})

test('response against prediction adds up over segments, offers and channels, beside the control group', async () => {
  const all = await responseView(app, { by: 'all' })
  const bySegment = await responseView(app, { by: 'segment' })
  assert.equal(all.cells.length, 24)
  for (const figure of ['planned', 'contacted', 'taken'] as const)
    assert.equal(
      all.cells.reduce((sum, cell) => sum + cell[figure], 0),
      bySegment.cells.reduce((sum, cell) => sum + cell[figure], 0),
    )
  assert.equal(all.totals.contacted, all.totals.planned)
  const [loudest] = bySegment.cells
  assert.equal(loudest!.segment, 'S03')
  assert.ok(loudest!.alarm && loudest!.factor.low > 1 && loudest!.rate.low > loudest!.predicted)
  assert.ok(loudest!.control > 100 && loudest!.bought!.low < 0 && loudest!.bought!.high > 0)
  assert.ok(all.calibration.points.length > 3)
  const [first] = await Promise.all([responseView(app, { by: 'offer', turn: bySegment.turns[0] })])
  assert.deepEqual(first.counted, [bySegment.turns[0]])
  assert.ok(first.totals.contacted * 2 < bySegment.totals.contacted)
})

test('the customers behind a figure add up to it', async () => {
  const view = await verdictView(app)
  const { segment, evidence } = view.segments[0]!
  const one = evidence.find(({ kind }) => kind === 'response')!
  const behind = await customersBehind(app, { segment, kind: 'response', asOf: one.asOf, offset: 0, limit: 5000 })
  assert.equal(behind.rows.length, one.customers)
  assert.equal(behind.total, one.customers)
  assert.equal(
    behind.rows.reduce((sum, row) => sum + row.observed, 0),
    one.observed,
  )
  assert.match(behind.rows[0]!.name, /^N\d+$/)
})

test('the loop: each turn with what it believed and earned, the year by driver with its interval', async () => {
  // A bill that went by e-mail; an offer by e-mail is no saving besides what it earned.
  await app.facts.exec(
    `INSERT INTO events (event_id, customer_id, type, channel, at, payload) VALUES ('sent:bill', 1, 'sent', 'email',
      toDateTime64('2010-02-01 00:00:00', 3, 'UTC'), '{"asOf":"2010-01-31","class":"service","kind":"email","costMinor":1,"offer":""}')`,
    {},
  )
  const { turns, years, promise } = await loopView(app)
  assert.deepEqual(
    turns.map(turn => turn.asOf),
    ['2010-04-01', '2010-03-02', '2010-01-31'],
  )
  for (const turn of turns) {
    assert.equal(turn.replay, false)
    assert.ok(Math.abs(turn.believed.answers - turn.came.expected) < 1e-3)
    assert.ok(turn.earned!.low < turn.earned!.net && turn.earned!.net < turn.earned!.high)
  }
  // Promises of all turns together: one segment of six answers four times as readily.
  assert.ok(promise && promise.odds >= 20 && promise.factor.low > 1 && promise.taken > promise.expected)
  assert.equal(years.length, 1)
  const [year] = years
  assert.deepEqual(year!.open, { campaigns: 0, cost: 0 })
  assert.deepEqual(year!.drivers.map(one => one.driver).sort(), ['mail', 'other'])
  const letter = (await optimize.contactPolicy(app)).channels.letter!.unit_cost_minor
  assert.equal(year!.drivers.find(one => one.driver === 'mail')!.net, letter - 1)
  const net = year!.drivers.reduce((sum, one) => sum + one.net, 0)
  assert.ok(Math.abs(net - year!.total.net) < 1e-6)
  assert.ok(Math.abs(year!.total.gain - year!.total.cost - year!.total.net) < 1e-6)
})

test('money promised against money earned: half came, and the next plan counts it so, as far as the error lets it', async () => {
  const { values } = (await learnCalibration(app, '2010-06-01'))!
  // Purchases are known up to the newest turn: of one campaign all sixty days.
  assert.deepEqual(values!.turns, ['2010-01-31'])
  assert.ok(Math.abs(values!.gained / values!.promised - 0.5) < (3 * values!.error) / values!.promised)
  assert.ok(values!.overall.mean < 0.9 && values!.overall.high > values!.overall.mean, JSON.stringify(values!.overall))
  assert.equal(values!.offers.length, 2)
  assert.equal(values!.segments.length, 6)
  // Of campaigns whose sixty days are not over nothing is said of money.
  assert.equal((await learnCalibration(app, '2010-03-20'))?.values, undefined)
})

test('what the promises taught makes the next plan believe more of that segment and less of the others', async () => {
  const learned = (await learnCalibration(app, '2010-06-01'))!
  assert.deepEqual(learned.turns, ['2010-01-31', '2010-03-02', '2010-04-01'])
  const factor = (segment: string) => learned.segments.find(one => one.segment === segment)!.factor
  assert.ok(factor('S03') > 1.3, `${factor('S03')}`)
  assert.ok(factor('S00') < 1)
  // As of the second turn only the first is known, and only its first month's answers.
  const early = await learnCalibration(app, '2010-03-05')
  assert.deepEqual(early?.turns ?? ['2010-01-31'], ['2010-01-31'])
  assert.equal(await learnCalibration(app, '2010-02-10'), null)
})

test('the correction: the threshold that parts fit from misfit, tried on the past, approved by another, in force from the next turn', async () => {
  const [author, other] = [
    { userId: 1, name: 'Wang' },
    { userId: 2, name: 'Li' },
  ]
  await assert.rejects(proposeCorrection(app, { kind: 'segment', code: 'S00' }, author), {
    code: 'analyze.nothing-to-correct',
  })
  const id = await proposeCorrection(app, { kind: 'segment', code: 'S03' }, author)
  await assert.rejects(proposeCorrection(app, { kind: 'segment', code: 'S03' }, author), {
    code: 'analyze.correction-waits',
  })
  const row = await app.workflow.db.selectFrom('model_corrections').selectAll().executeTakeFirstOrThrow()
  assert.equal(row.kind, 'segment-rule')
  assert.ok(row.version_id !== null && row.trial_id !== null)
  const split = row.change.split!
  assert.equal(`${split.feature} ${split.op}`, 'recency_days <=')
  assert.ok(Math.abs(split.value - 150) <= 20, `${split.value}`)
  assert.ok(Math.abs(split.after - 1) < 0.35 && split.before > 1.5)
  await assert.rejects(decideCorrection(app, id, 'approve', '', author), { code: 'analyze.correction-second-person' })
  await decideCorrection(app, id, 'approve', 'agreed', other)
  await assert.rejects(decideCorrection(app, id, 'refuse', '', other), { code: 'analyze.correction-decided' })
  const ruleOf = async (asOf: string) =>
    JSON.stringify((await versionAt(app, asOf))!.set.segments.find(one => one.code === 'S03')!.rule)
  assert.ok(!(await ruleOf('2010-04-01')).includes('recency_days'))
  assert.ok((await ruleOf('2010-04-02')).includes('recency_days'))
  const changes = await analyze.modelChanges(app)
  assert.ok(changes.some(change => change.kind === 'correction' && change.by === 'Li'))
})

test('the correction of a model: learned anew when another approves, tried on the past; said where every turn learns anyway', async () => {
  const [author, other] = [
    { userId: 1, name: 'Wang' },
    { userId: 2, name: 'Li' },
  ]
  const bad = { en: '300 expected, 500 came', zh: '预期 300，实际 500' }
  await app.workflow.db
    .updateTable('models')
    .set({ verdict: 'retrain', evidence: asJson(bad) })
    .where('as_of', '=', '2010-04-01')
    .execute()
  forgetVerdict(app)
  const ask = () => proposeCorrection(app, { kind: 'score', code: 'churn' }, author)
  await assert.rejects(ask(), { code: 'analyze.trains-each-turn' })
  const settings = { ...defaultChurnSettings, retrain: { mode: 'person' as const } }
  await app.workflow.db
    .insertInto('model_settings')
    .values({ model: 'churn', body: asJson<unknown>(settings) })
    .execute()
  const id = await ask()
  const tried = { expected: 240, actual: 250 }
  await app.workflow.db
    .insertInto('model_backtests')
    .values({
      ...{ model: 'churn', learner: 'logistic', code: 'x', as_of: '2009-10-01', until: '2010-01-01' },
      ...{
        trained_on: 1,
        judged_on: 1,
        metrics: asJson({ ...tried, chosen: 1 }),
        deciles: asJson([]),
        created_at: new Date(),
      },
    })
    .execute()
  const row = (await correctionsView(app)).rows.find(one => one.id === id)!
  const backtest = { dates: ['2009-10-01'], inUse: null, ...tried }
  assert.deepEqual([row.kind, row.evidence, row.backtest], ['retrain', bad, backtest])
  await assert.rejects(decideCorrection(app, id, 'approve', '', author), { code: 'analyze.correction-second-person' })
  await decideCorrection(app, id, 'approve', '', other)
  const { rows: jobs } = await sql<{
    name: string
    data: unknown
  }>`SELECT name, data FROM pgboss.job WHERE group_id = 'models/churn'`.execute(app.workflow.db)
  assert.ok(JSON.stringify(jobs).includes('"approvedBy":"Li"'), JSON.stringify(jobs))
})

test('a definition that was corrected is judged anew: what came of the old one does not speak against it', async () => {
  await fillTurn(app, { ...world, odd: { ...odd, odds: 1 } }, 4)
  forgetVerdict(app)
  const { turnsOf, segments } = await judgeCustomerModel(app)
  assert.deepEqual([turnsOf('S03').length, turnsOf('S00').length], [1, 4])
  assert.notEqual(segments.find(one => one.segment === 'S03')?.standing, 'not-held')
  // The newest turn knows no purchases at all: no campaign's time is over, so that no year has a loss by its costs alone.
  const [year] = (await loopView(app)).years
  assert.deepEqual([year!.open.campaigns, year!.drivers.map(one => one.driver)], [4, ['mail']])
  assert.ok(year!.open.cost > 0)
})
