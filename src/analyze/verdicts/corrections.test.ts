import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { App, Step, StepContext } from '../../platform/app.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import { featuresStep } from '../features/step.ts'
import { saveModels } from '../models/registry.ts'
import { scoreCustomers } from '../models/score-customers.ts'
import { proposeByNeeds } from '../needs/propose.ts'
import { releaseDraft, saveDraft } from '../needs/versions.ts'
import { defaultChurnSettings } from '../registry/churn-settings.ts'
import { trainModelsJob } from '../registry/jobs.ts'
import { planTraining } from '../registry/plan-training.ts'
import { fillMembers } from '../segments/fill-members.ts'
import { alternatives, type Condition } from '../segments/rule.ts'
import { answerVersion } from '../segments/versions/release.ts'
import { saveDefinitions, versionAt, versionRow } from '../segments/versions/versions.ts'
import { nextProducts, scores, segmentMembers } from '../tables.ts'
import { identityOf, openTestApp, runSteps, simulatedLines } from '../test-company.ts'
import { proposeCorrection, type Subject } from './corrections.ts'
import { forgetVerdict } from './customer-model.ts'
import { decideCorrection } from './decide-correction.ts'
import { takeBackCorrection } from './take-back.ts'
import { correctionsView, verdictView } from './views.ts'

/** Corrections of every kind from the evidence to the turn they hold in, and back again. */

const CUSTOMERS = 600
/** Of what is known: a quarter after the first turn, so that needs are judged and leaving is not yet. */
const DAYS = 470
const [wang, li] = [
  { userId: 1, name: 'Wang' },
  { userId: 2, name: 'Li' },
]
let app: App & { close(): Promise<void> }

/** What the steps of a turn do about churn, needs and segments, in this thread and without what pages read. */
const step = (
  id: 'models' | 'segments',
  writes: Step['writes'],
  run: (context: StepContext) => Promise<void>,
): Step => ({
  ...{ id, title: { en: id, zh: id }, resumes: false, writes },
  async run(context) {
    await run(context)
    return {}
  },
})
const models = step('models', [scores, nextProducts], async ({ app, turn, runId, runOf }) => {
  const plan = await planTraining(app, turn.asOf)
  const runs = { runId, identityRun: runOf('identity'), featuresRun: runOf('features'), asOf: turn.asOf }
  const records = await scoreCustomers(app.facts, { ...runs, churn: plan }, () => undefined)
  await proposeByNeeds(app, runs)
  await saveModels(app.workflow, { ...runs, plan }, records)
})
const segments = step('segments', [segmentMembers], async ({ app, turn, runId, runOf }) => {
  const version = (await versionAt(app, turn.asOf))!
  const runs = { runId, featuresRun: runOf('features'), modelsRun: runOf('models') }
  const { proof, used } = await fillMembers(app, version.set, runs)
  await app.workflow.db
    .insertInto('segment_runs')
    .values({
      run_id: runId,
      as_of: turn.asOf,
      proof: asJson(proof),
      segments: asJson(used),
      version: version.id,
      seen: '',
    })
    .execute()
})

async function turnAsOf(asOf: string) {
  const turn = await app.runs.openTurn(asOf)
  const customers = Array.from({ length: CUSTOMERS }, (_, i) => i + 1)
  const company = identityOf(simulatedLines(CUSTOMERS, 17, DAYS), customers)
  await runSteps(app, turn, [company, featuresStep, models, segments])
  await app.runs.closeTurn(turn)
  forgetVerdict(app)
}

/** Everybody of ACTIVE was written to; those silent for longer than 60 days answer far more readily than was said. */
const answers = (asOf: string, segments: number, features: number) =>
  app.facts.exec(
    `INSERT INTO events (event_id, customer_id, type, channel, at, payload)
     WITH contacted AS (
       SELECT m.customer_id AS customer_id, f.recency_days AS silent FROM segment_members AS m INNER JOIN features AS f ON f.customer_id = m.customer_id
       WHERE m.run_id = {segments:UInt64} AND m.segment = 'ACTIVE' AND f.run_id = {features:UInt64}
     )
     SELECT concat(told.1, toString(customer_id)), customer_id, told.1, 'email', toDateTime64({asOf:Date} + told.2, 3, 'UTC'), told.3
     FROM contacted ARRAY JOIN arrayFilter(t -> t.1 != 'accepted' OR customer_id % 20 < if(silent > 60, 13, 2), [
       ('assigned', 0, concat('{"asOf":"', toString({asOf:Date}), '","planned":[{"offer":"O","channel":"email","acceptance":0.1}]}')),
       ('sent', 0, concat('{"asOf":"', toString({asOf:Date}), '","class":"offer","offer":"O"}')),
       ('accepted', 5, '{"offer":"O"}')]) AS told`,
    { asOf, segments, features },
  )

const definition = (code: string, all: Condition[]) => ({
  ...{ code, rule: { all }, name: { en: code, zh: code }, strategy: { en: '', zh: '' } },
})
const SEGMENTS = [definition('ACTIVE', [{ feature: 'frequency', op: '>=', value: 2 }]), definition('REST', [])]

before(async () => {
  app = await openTestApp()
  await saveDefinitions(app, SEGMENTS)
  const body = { ...defaultChurnSettings, retrain: { mode: 'person' as const }, learners: ['logistic' as const] }
  await app.workflow.db
    .insertInto('model_settings')
    .values({ model: 'churn', body: asJson<unknown>(body) })
    .execute()
  // Proposed to whoever has long stopped buying: worse than chance.
  const both = { en: 'Lamps', zh: '灯' }
  const products = ['P0', 'P1', 'P2', 'P3', 'P4', 'P5'].map(product => ({ product, weight: 1, reason: both }))
  const rule = { all: [{ feature: 'recency_days', op: '>' as const, value: 150 }] }
  await saveDraft(app, 'LAMPS', { name: both, about: both, rule, products, validFrom: null, validTo: null }, null)
  await releaseDraft(app, 'LAMPS', null, null)
  await turnAsOf('2011-01-01')
  const turn = await app.runs.turnOf((await app.runs.latest('segments'))!)
  await answers('2011-01-01', await app.runs.of(turn.id, 'segments'), await app.runs.of(turn.id, 'features'))
  // As the judge of models finds it when a year has passed.
  const evidence = asJson({ en: '300 expected, 500 came', zh: '预期 300，实际 500' })
  await app.workflow.db
    .updateTable('models')
    .set({ verdict: 'retrain', evidence })
    .where('model', '=', 'churn')
    .execute()
})
after(() => app.close())

/** What the newest turn really did: who of ACTIVE is silent for longer than the cut, proposals by the need, version of the churn model. */
async function did(cut: number) {
  const turn = await app.runs.turnOf((await app.runs.latest('segments'))!)
  const run = { segments: 0, features: 0, models: 0 }
  for (const step of ['segments', 'features', 'models'] as const) run[step] = await app.runs.of(turn.id, step)
  const { silent } = await app.facts.one<{ silent: number }>(
    `SELECT count() AS silent FROM segment_members AS m INNER JOIN features AS f ON f.customer_id = m.customer_id
     WHERE m.run_id = {segments:UInt64} AND f.run_id = {features:UInt64} AND m.segment = 'ACTIVE' AND f.recency_days > {cut:UInt32}`,
    { ...run, cut },
  )
  const { proposed } = await app.facts.one<{ proposed: number }>(
    "SELECT count() AS proposed FROM next_products WHERE run_id = {models:UInt64} AND kind = 'need'",
    run,
  )
  const { version_id: version } = await app.workflow.db
    .selectFrom('models')
    .select('version_id')
    .where('run_id', '=', run.models)
    .where('model', '=', 'churn')
    .executeTakeFirstOrThrow()
  return { silent: silent > 0, proposed: proposed > 0, version }
}

/** What the rules of a day ask of silence. */
const conditionsOn = async (asOf: string): Promise<Condition[]> =>
  alternatives((await versionAt(app, asOf))!.set.segments[0]!.rule)
    .flat()
    .filter(({ feature }) => feature === 'recency_days')

const subjects: Subject[] = [
  { kind: 'segment', code: 'ACTIVE' },
  { kind: 'score', code: 'churn' },
  { kind: 'need', code: 'LAMPS' },
]
const ids: number[] = []
let cut = 0

test('each kind is proposed with its evidence and effect, and approved by another person', async () => {
  const verdict = await verdictView(app)
  assert.equal(verdict.segments.find(one => one.segment === 'ACTIVE')!.standing, 'not-held')
  const [need] = verdict.needs
  assert.deepEqual([need!.code, need!.standing, need!.inForce], ['LAMPS', 'not-held', 'yes'], JSON.stringify(need))
  assert.ok(need!.odds >= 20 && need!.high < 1)
  assert.equal(verdict.scores.find(one => one.model === 'churn')!.remedy, 'propose')
  for (const subject of subjects) ids.push(await proposeCorrection(app, subject, wang))
  const { rows } = await correctionsView(app)
  const split = rows.find(row => row.kind === 'segment-rule')!.split!
  assert.ok(Math.abs(split.after - 1) < Math.abs(split.before - 1))
  for (const id of ids) {
    await assert.rejects(decideCorrection(app, id, 'approve', '', wang), { code: 'analyze.correction-second-person' })
    await decideCorrection(app, id, 'approve', '', li)
  }
  const [condition] = await conditionsOn('2011-01-02')
  assert.ok(condition?.op === '<=', JSON.stringify((await versionAt(app, '2011-01-02'))!.set.segments[0]!.rule))
  cut = Number(condition.value)
  // What was approved shows as such until a turn has used it, and is not proposed again meanwhile.
  assert.equal((await verdictView(app)).segments.find(one => one.segment === 'ACTIVE')!.correction!.state, 'approved')
  await assert.rejects(proposeCorrection(app, subjects[0]!, wang), { code: 'analyze.correction-not-used-yet' })
  assert.ok(Math.abs(cut - 60) <= 15, `${cut}`)
})

test('approved, each holds in the next turn: who is in the segment, what is proposed, which model scores', async () => {
  const first = await did(cut)
  assert.ok(first.silent && first.proposed && first.version !== null)
  const correction = ids[1]!
  await trainModelsJob.handle({ model: 'churn', approvedBy: 'Li', correction }, { services: { app } } as never)
  const { outcome } = (await correctionsView(app)).rows.find(row => row.id === correction)!
  assert.ok(outcome?.version && outcome.version !== first.version)
  await turnAsOf('2011-04-01')
  assert.deepEqual(await did(cut), { silent: false, proposed: false, version: outcome.version })
  const { needs } = await verdictView(app)
  assert.equal(needs[0]!.inForce, 'no')
  await assert.rejects(proposeCorrection(app, subjects[2]!, wang), { code: 'analyze.need-not-judged' })
})

test('taken back, what was before holds again from the turn after; the turns in between stay as they were made', async () => {
  const champion = await app.workflow.db
    .selectFrom('models')
    .select('version_id')
    .where('model', '=', 'churn')
    .orderBy('id')
    .executeTakeFirstOrThrow()
  for (const id of ids) await takeBackCorrection(app, id, li)
  await assert.rejects(takeBackCorrection(app, ids[0]!, li), { code: 'analyze.correction-not-in-force' })
  await turnAsOf('2011-05-01')
  assert.deepEqual(await did(cut), { silent: true, proposed: true, version: champion.version_id })
  assert.equal((await conditionsOn('2011-04-01')).length, 1)
})

test('rules that were changed meanwhile are not undone; a correction answered on the rules’ own page has that answer', async () => {
  const id = await proposeCorrection(app, subjects[0]!, wang)
  const from = '2011-05-02'
  await saveDefinitions(app, [definition('ACTIVE', [{ feature: 'frequency', op: '>=', value: 3 }]), SEGMENTS[1]!], {
    from,
  })
  await assert.rejects(decideCorrection(app, id, 'approve', '', li), { code: 'analyze.correction-outdated' })
  await decideCorrection(app, id, 'refuse', 'anew', li)
  const row = (await correctionsView(app)).rows.find(one => one.id === id)!
  assert.equal(row.state, 'refused')
  assert.ok((await versionRow(app, row.versionId!)).deleted_at, 'no draft is left behind')
  await saveDefinitions(app, SEGMENTS, { from })
  forgetVerdict(app)
  const again = await proposeCorrection(app, subjects[0]!, wang)
  const { versionId } = (await correctionsView(app)).rows.find(one => one.id === again)!
  await answerVersion(app, versionId!, 'approve', 'seen there', li)
  const settled = (await correctionsView(app)).rows.find(one => one.id === again)!
  assert.deepEqual([settled.state, settled.decidedBy], ['approved', 'Li'])
})
