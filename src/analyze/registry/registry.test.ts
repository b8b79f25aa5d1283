import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { App, Step } from '../../platform/app.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import type { ChurnModel } from '../churn/candidates.ts'
import { featuresStep } from '../features/step.ts'
import { type HazardModel, leavingCurve } from '../hazard/hazard-model.ts'
import { judgeModels } from '../judge/judge-models.ts'
import { predictors } from '../models/buyers.ts'
import { modelOf, saveModels } from '../models/registry.ts'
import { scoreCustomers } from '../models/score-customers.ts'
import { scores } from '../tables.ts'
import { identityOf, openTestApp, runSteps, simulatedLines } from '../test-company.ts'
import { backtestChurn } from './backtest.ts'
import type { ChurnSettings } from './churn-settings.ts'
import { defaultChurnSettings } from './churn-settings.ts'
import { decideVersion } from './decide.ts'
import { trainNow } from './jobs.ts'
import { planTraining } from './plan-training.ts'
import { verdictsOf } from './verdicts.ts'
import { keepVersions, NO_RUN } from './versions.ts'

const CUSTOMERS = 700
let app: App & { close(): Promise<void> }
const company: Step = identityOf(
  simulatedLines(CUSTOMERS, 5),
  Array.from({ length: CUSTOMERS + 20 }, (_, i) => i + 1),
)

/** The part of the models step that is about churn, in this thread. */
const models: Step = {
  id: 'models',
  title: { en: 'Churn', zh: '流失' },
  resumes: false,
  writes: [scores],
  async run({ app, turn, runId, runOf }) {
    const plan = await planTraining(app, turn.asOf)
    const runs = { runId, identityRun: runOf('identity'), featuresRun: runOf('features'), asOf: turn.asOf }
    const records = await scoreCustomers(app.facts, { ...runs, churn: plan }, () => undefined)
    await saveModels(app.workflow, { ...runs, plan }, records)
    return {}
  },
}

before(async () => {
  app = await openTestApp()
})
after(() => app.close())

async function turnAsOf(asOf: string) {
  const turn = await app.runs.openTurn(asOf)
  await runSteps(app, turn, [company, featuresStep, models])
  await app.runs.closeTurn(turn)
  return app.runs.of(turn.id, 'models')
}

const settle = (settings: ChurnSettings) =>
  app.workflow.db
    .insertInto('model_settings')
    .values({ model: 'churn', body: asJson<unknown>(settings) })
    .onConflict(oc => oc.column('model').doUpdateSet({ body: asJson<unknown>(settings) }))
    .execute()

const versions = () => app.workflow.db.selectFrom('model_versions').selectAll().orderBy('id').execute()

test('a turn trains two learners on the same folds, uses one, keeps the other and says why', async () => {
  const run = await turnAsOf('2011-02-01')
  const all = await versions()
  assert.deepEqual(all.map(row => row.learner).sort(), ['logistic', 'trees'])
  assert.deepEqual(all.map(row => row.role).sort(), ['challenger', 'champion'])
  for (const { metrics, as_of, known_until, code, deciles } of all) {
    assert.ok(metrics['auc']! > 0.6 && metrics['auc']! < 0.95, `AUC ${metrics['auc']}`)
    assert.ok(metrics['calibrationError']! < 0.06, `ECE ${metrics['calibrationError']}`)
    assert.deepEqual([as_of, known_until], ['2010-08-05', '2011-02-01'])
    assert.match(code, /^[0-9a-f]{12}$/)
    assert.equal(
      deciles.reduce((sum, bin) => sum + bin.customers, 0),
      metrics['rows'],
    )
  }
  const used = (await modelOf(app.workflow, run, 'churn'))!
  assert.equal(used.version_id, all.find(row => row.role === 'champion')!.id)
  assert.ok(used.drift!.length > 5 && used.drift![0]!.id === 'score')
  const { gained, error } = {
    gained: all[0]!.metrics['logLossGained']!,
    error: all[0]!.metrics['logLossGainedError']!,
  }
  assert.equal(used.learner, gained > error ? 'trees' : 'logistic')
  const { rows } = await app.facts.one<{ rows: number }>(
    'SELECT countIf(churn_probability > 0 AND length(churn_reasons) > 0) AS rows FROM scores WHERE run_id = {run:UInt64}',
    { run },
  )
  assert.ok(rows > CUSTOMERS / 2)
})

test('when they leave: a curve that rises and passes through the chance of leaving', async () => {
  const run = (await app.runs.latest('models'))!
  const record = (await modelOf(app.workflow, run, 'leaving'))!
  assert.equal(record.problem, null)
  const { byMonth, ...model } = record.definition as HazardModel & { byMonth: { expected: number; actual: number }[] }
  for (const { expected, actual } of byMonth)
    assert.ok(Math.abs(expected - actual) < 4 * Math.sqrt(Math.max(4, actual)), `${expected} against ${actual}`)
  const matrix = { rows: 1, features: predictors, columns: predictors.map(() => Float64Array.of(30)) }
  const curve = leavingCurve(model, matrix, 0, 0.3)
  assert.equal(curve.length, 12)
  assert.ok(Math.abs(curve[0]! - 0.3) < 1e-9)
  for (let m = 1; m < 12; m++) assert.ok(curve[m]! >= curve[m - 1]! && curve[m]! <= 1)
})

test('where people approve, the champion goes on and what was trained waits as a challenger', async () => {
  const before = (await versions()).find(row => row.role === 'champion')!
  await settle({ ...defaultChurnSettings, promotion: { mode: 'person', errors: 1 } })
  const run = await turnAsOf('2011-04-01')
  const used = (await modelOf(app.workflow, run, 'churn'))!
  assert.equal(used.version_id, before.id)
  assert.equal(used.trained_as_of, before.as_of)
  const all = await versions()
  assert.equal(all.filter(row => row.role === 'champion').length, 1)
  // Two months on it is compared with those it scored first as well.
  assert.ok(used.drift!.every(({ since }) => since !== null))
  assert.equal(all.filter(row => row.known_until === '2011-04-01' && row.role === 'challenger').length, 2)
})

test('on a schedule nothing is trained before its day; on drift when something moved; when asked, at once', async () => {
  await settle({ ...defaultChurnSettings, retrain: { mode: 'schedule', days: 200 } })
  assert.equal((await planTraining(app, '2011-04-02')).train, false)
  assert.equal((await planTraining(app, '2011-09-01')).train, true)
  await settle({ ...defaultChurnSettings, retrain: { mode: 'drift' } })
  const run = (await app.runs.latest('models'))!
  const told = (verdict: 'good' | 'retrain') =>
    app.workflow.db
      .updateTable('models')
      .set({ verdict, drift: asJson([]) })
      .where('run_id', '=', run)
      .execute()
  await told('good')
  assert.equal((await planTraining(app, '2011-04-02')).train, false)
  await told('retrain')
  assert.equal((await planTraining(app, '2011-04-02')).train, true)
  await settle({ ...defaultChurnSettings, retrain: { mode: 'person' } })
  assert.equal((await planTraining(app, '2012-04-02')).train, false)
  await app.workflow.db.insertInto('model_requests').values({ model: 'churn', asked_by: 1, asked_name: 'x' }).execute()
  assert.equal((await planTraining(app, '2012-04-02')).train, true)
  await app.workflow.db.deleteFrom('model_requests').execute()
})

test('a turn as of an earlier date never uses a model that knows more than its day', async () => {
  assert.equal((await planTraining(app, '2011-01-15')).champion, null)
  assert.notEqual((await planTraining(app, '2011-02-01')).champion, null)
})

test('a person puts a challenger into use and takes it back; what is in use cannot be turned down', async () => {
  const by = { userId: 1, name: 'ann' }
  const all = await versions()
  const champion = all.find(row => row.role === 'champion')!
  const other = all.find(row => row.role === 'challenger')!
  await decideVersion(app, 'churn', other.id, 'approve', by)
  assert.equal((await planTraining(app, '2011-09-01')).champion!.versionId, other.id)
  await assert.rejects(decideVersion(app, 'churn', other.id, 'reject', by), { code: 'analyze.version-in-use' })
  await decideVersion(app, 'churn', champion.id, 'approve', by)
  assert.equal((await planTraining(app, '2011-09-01')).champion!.versionId, champion.id)
  await decideVersion(app, 'churn', other.id, 'reject', by)
  await assert.rejects(decideVersion(app, 'churn', 99_999, 'approve', by), { code: 'analyze.no-such-version' })
  // Trained between turns: what waited makes room, what is in use stays.
  await app.workflow.transaction(tx =>
    keepVersions(
      tx,
      { runId: NO_RUN, asOf: '2011-04-01' },
      { model: 'churn', trainedOn: 0, parameters: {}, metrics: {}, definition: null, problem: null },
      defaultChurnSettings.definition,
      'rule',
    ),
  )
  assert.equal((await versions()).find(row => row.role === 'champion')!.id, champion.id)
})

test('the past tried again is judged, and segments that rest on the model hear of it', async () => {
  const turn = await app.runs.turnOf((await app.runs.latest('models'))!)
  const identityRun = await app.runs.of(turn.id, 'identity')
  const found = await backtestChurn(
    app.facts,
    { identityRun, asOf: '2011-10-01', settings: defaultChurnSettings, dates: 2, customers: CUSTOMERS },
    () => undefined,
  )
  assert.deepEqual(
    found.map(test => [test.learner, test.asOf, test.until]),
    [
      ['logistic', '2011-04-04', '2011-10-01'],
      ['trees', '2011-04-04', '2011-10-01'],
      ['logistic', '2011-01-04', '2011-07-03'],
      ['trees', '2011-01-04', '2011-07-03'],
    ],
  )
  for (const { metrics } of found) {
    assert.ok(metrics['auc']! > 0.6, `AUC ${metrics['auc']}`)
    assert.ok(Math.abs(metrics['expected']! / metrics['actual']! - 1) < 0.5)
  }
  const used = (await modelOf(app.workflow, (await app.runs.latest('models'))!, 'churn'))!
  await app.workflow.db
    .updateTable('models')
    .set({ verdict: 'unjudged', evidence: null })
    .where('model', '=', 'churn')
    .execute()
  const own = found.find(test => test.learner === used.learner)!
  await app.workflow.db
    .insertInto('model_backtests')
    .values({
      ...{
        model: 'churn',
        learner: own.learner,
        code: used.code!,
        as_of: own.asOf,
        until: own.until,
        created_at: new Date(),
      },
      ...{ trained_on: own.trainedOn, judged_on: own.judgedOn, deciles: asJson(own.deciles) },
      metrics: asJson({ ...own.metrics, auc: 0.5 }),
    })
    .execute()
  const verdict = (await verdictsOf(app)).get('churn_probability')!
  assert.deepEqual([verdict.verdict, verdict.source, verdict.asOf], ['stop', 'backtest', '2011-04-04'])
})

test('where contracts end, leaving is their end', async () => {
  const contract: ChurnSettings['definition'] = {
    kind: 'contract',
    days: 90,
    starts: ['contract-started'],
    ends: ['contract-ended'],
  }
  await settle({ ...defaultChurnSettings, definition: contract })
  // Everybody signs in the first days of 2010; who has an odd number leaves early, the earlier the lower the number.
  const held = Array.from({ length: CUSTOMERS }, (_, i) => i + 1)
  const event = (customer: number, type: string, day: number) => ({
    event_id: `${type}-${customer}`,
    customer_id: customer,
    type,
    channel: '',
    at: new Date(Date.UTC(2010, 0, 1) + day * 86_400_000),
  })
  const rows = held.flatMap(c => [
    event(c, 'contract-started', c % 10),
    ...(c % 2 ? [event(c, 'contract-ended', 60 + Math.floor((c * 7919) % 700))] : []),
  ])
  await app.facts.insertColumns('events', {
    event_id: { type: 'String', values: rows.map(row => row.event_id) },
    customer_id: { type: 'UInt64', values: rows.map(row => row.customer_id) },
    type: { type: 'LowCardinality(String)', values: rows.map(row => row.type) },
    channel: { type: 'LowCardinality(String)', values: rows.map(row => row.channel) },
    at: { type: "DateTime64(3, 'UTC')", values: rows.map(row => row.at) },
  })
  const run = await turnAsOf('2011-03-01')
  const used = (await modelOf(app.workflow, run, 'churn'))!
  assert.equal(used.problem, null)
  const at = (Date.UTC(2011, 2, 1) - Date.UTC(2010, 0, 1)) / 86_400_000
  const open = held.filter(c => c % 2 === 0 || 60 + ((c * 7919) % 700) >= at).length
  const { scored } = await app.facts.one<{ scored: number }>(
    'SELECT countIf(churn_probability > 0) AS scored FROM scores WHERE run_id = {run:UInt64}',
    { run },
  )
  assert.equal(scored, open)
  const leaving = (await modelOf(app.workflow, run, 'leaving'))!
  assert.equal(leaving.problem, null)
  const model = leaving.definition as HazardModel
  const matrix = { rows: 1, features: predictors, columns: predictors.map(() => Float64Array.of(30)) }
  assert.ok(Math.abs(leavingCurve(model, matrix, 0, 0.2)[2]! - 0.2) < 1e-6)
  // Half of them leave at random over 700 days.
  const turn = await app.runs.turnOf(run)
  const [judged] = (
    await judgeModels(
      app.facts,
      {
        ...{ runId: 1, modelsRun: run, asOf: '2011-03-01', churnDays: 90, leaving: contract, customers: CUSTOMERS },
        identityRun: await app.runs.of(turn.id, 'identity'),
        featuresRun: await app.runs.of(turn.id, 'features'),
      },
      () => undefined,
    )
  ).filter(judgement => judgement.model === 'churn')
  const [expected, actual] = [judged!.metrics['expected']!, judged!.metrics['actual']!]
  assert.ok(Math.abs(expected - actual) < 4 * Math.sqrt(actual), `${expected} against ${actual}`)
  assert.ok((used.definition as ChurnModel).kind)
})

test('a training that somebody approved beforehand takes over from the next turn on, also where persons promote', async () => {
  const asked = { retrain: { mode: 'person' as const }, promotion: { mode: 'person' as const, errors: 1 } }
  await settle({ ...defaultChurnSettings, ...asked, learners: ['logistic'] })
  const turn = await app.runs.turnOf((await app.runs.latest('models'))!)
  const segmented: Step = {
    id: 'segments',
    title: { en: '', zh: '' },
    resumes: false,
    writes: [],
    run: async () => ({}),
  }
  await runSteps(app, turn, [segmented])
  await trainNow(app)
  const waiting = (await planTraining(app, '2011-03-02')).champion?.versionId ?? null
  await trainNow(app, 'Li')
  const plan = await planTraining(app, '2011-03-02')
  assert.ok(plan.champion && plan.champion.versionId !== waiting && !plan.train)
  const row = await app.workflow.db
    .selectFrom('model_versions')
    .select(['role', 'decided_name'])
    .where('id', '=', plan.champion.versionId)
    .executeTakeFirstOrThrow()
  assert.deepEqual(row, { role: 'champion', decided_name: 'Li' })
})
