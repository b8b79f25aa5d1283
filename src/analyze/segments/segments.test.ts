import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { stage as collect } from '../../collect/index.ts'
import type { OpenApp } from '../../platform/open-app.ts'
import { openTestApp } from '../../platform/open-test-app.ts'
import { stage as analyze, steps } from '../index.ts'
import { runsOfTurn } from '../runs-of-turn.ts'
import { identityOf, runSteps, simulatedLines } from '../test-company.ts'
import { lookView, management as managementShape, matrixView, trialResult } from './api.ts'
import { countHolding } from './look/count-holding.ts'
import { lookAt } from './look/look.ts'
import { management } from './manager/management.ts'
import { cellMembers, readMatrix } from './matrix/read-matrix.ts'
import { REFRESHES } from './refresh/jobs.ts'
import { refreshSegments } from './refresh/refresh.ts'
import type { Rule } from './rule.ts'
import type { SegmentSet } from './segment-set.ts'
import { findGroups } from './suggest/find-groups.ts'
import { runTrial } from './trial/run-trial.ts'
import { dropDraft, saveDraft, startDraft } from './versions/drafts.ts'
import { answerVersion, askApproval, rollBack } from './versions/release.ts'
import { definitions, saveDefinitions, versionAt } from './versions/versions.ts'

const AS_OF = '2011-06-01'
const CUSTOMERS = 240
let app: OpenApp
let folder: string

const segment = (code: string, rule: Rule) => ({
  code,
  name: { en: code, zh: code },
  strategy: { en: '', zh: '' },
  rule,
})
const orders = (op: '<' | '>=', value: number): Rule => ({ all: [{ feature: 'frequency', op, value }] })
const setOf = (limit: number): SegmentSet => ({
  ordered: true,
  segments: [segment('MANY', orders('>=', limit)), segment('FEW', orders('>=', 1)), segment('NONE', { all: [] })],
})
const sizes = async () => {
  const { segments } = await runsOfTurn(app)
  const rows = await app.facts.query<{ segment: string; n: number }>(
    'SELECT toString(segment) AS segment, count() AS n FROM segment_members WHERE run_id = {segments:UInt64} GROUP BY segment',
    { segments },
  )
  return Object.fromEntries(rows.map(row => [row.segment, row.n]))
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiyin-segments-'))
  app = await openTestApp(folder, [collect, analyze])
  await app.jobs.work(analyze.jobs, { workflow: app.workflow, app })
  await saveDefinitions(app, setOf(4).segments)
  const ids = Array.from({ length: CUSTOMERS + 10 }, (_, i) => i + 1)
  const turn = await app.runs.openTurn(AS_OF)
  const upToSegments = steps.filter(({ id }) => id === 'features' || id === 'models' || id === 'segments')
  await runSteps(app, turn, [identityOf(simulatedLines(CUSTOMERS, 5), ids), ...upToSegments])
  await app.runs.closeTurn(turn)
})
after(async () => {
  await app.close()
  await rm(folder, { recursive: true, force: true })
})

const anna = { userId: 1, name: 'Anna' }
const bert = { userId: 2, name: 'Bert' }

test('while rules are written: whom each takes, where they meet, whom they miss, leaf by leaf', async () => {
  const look = lookView.parse(await lookAt(app, setOf(4), false))
  const members = await sizes()
  assert.deepEqual(
    look.rows.map(({ code, taken }) => [code, taken]),
    ['MANY', 'FEW', 'NONE'].map(code => [code, members[code]]),
  )
  assert.deepEqual([look.none, look.customers, look.proof.complete], [0, CUSTOMERS + 10, 'proven'])
  const [, few] = look.rows
  assert.equal(few!.holds, members['MANY']! + members['FEW']!)
  assert.deepEqual(look.pairs.find(({ a, b }) => a === 'MANY' && b === 'FEW')!.customers, members['MANY'])
  assert.equal(look.tree!.customers, CUSTOMERS + 10)

  // Thirty-five rules take two words of bits; the last three leave a gap of one value.
  const many = Array.from({ length: 35 }, (_, i) =>
    segment(`S${i}`, { all: [{ feature: 'frequency', op: '=', value: i }] }),
  )
  const counted = await countHolding(app, { ordered: false, segments: many }, { exact: true })
  const { rest } = await app.facts.one<{ rest: number }>(
    'SELECT countIf(frequency > 34) AS rest FROM features WHERE run_id = {run:UInt64}',
    { run: (await runsOfTurn(app)).features },
  )
  assert.deepEqual([counted.none, counted.twice], [rest, 0])
  assert.equal(counted.taken.reduce((sum, n) => sum + n, 0) + rest, CUSTOMERS + 10)
})

test('a draft becomes rules by another person, holds from its date, and can be rolled back', async () => {
  const id = await startDraft(app, { name: 'more' }, anna)
  assert.equal(await saveDraft(app, id, 1, { name: 'more', note: '', set: setOf(6) }, anna), 2)
  await assert.rejects(saveDraft(app, id, 1, { name: 'x', note: '', set: setOf(9) }, bert), /Anna saved draft/)
  await dropDraft(app, id, true)
  await assert.rejects(askApproval(app, id, { from: AS_OF, note: '' }, anna), /no draft any more/)
  await dropDraft(app, id, false)

  const holed = await startDraft(
    app,
    { name: '', set: { ordered: true, segments: [segment('MANY', orders('>=', 1))] } },
    anna,
  )
  await assert.rejects(askApproval(app, holed, { from: AS_OF, note: '' }, anna), /in no segment/)

  await askApproval(app, id, { from: AS_OF, note: 'fewer of them' }, anna)
  await assert.rejects(answerVersion(app, id, 'approve', '', anna), /another person/)
  const before = await sizes()
  await answerVersion(app, id, 'approve', '', bert)
  await app.jobs.drain({ group: REFRESHES })
  // It holds from the date of the turn, so customers were put into the new segments at once.
  const now = await sizes()
  assert.ok(now['MANY']! < before['MANY']!)
  assert.equal(now['MANY']! + now['FEW']!, before['MANY']! + before['FEW']!)
  assert.deepEqual([(await versionAt(app, AS_OF))!.id, (await versionAt(app, '2011-05-31'))!.id], [id, 1])

  await rollBack(app, 1, { from: AS_OF, note: 'too few' }, bert)
  await app.jobs.drain({ group: REFRESHES })
  assert.deepEqual(await sizes(), before)
  assert.deepEqual(await definitions(app, AS_OF), setOf(4).segments)
})

test('a trial shows today and a year ago, and what it would take; groups are found and the pages have their figures', async () => {
  const set = setOf(6)
  set.segments[0]!.service = { per: 'month', calls: 1, minutes: 6, offers: 2 }
  const result = trialResult.parse(await runTrial(app, { set, stepMonths: 12 }, () => {}))
  assert.deepEqual(
    result.dates.map(({ asOf }) => asOf),
    ['2010-06-01', AS_OF],
  )
  for (const { sizes } of result.dates)
    assert.equal(
      Object.values(sizes).reduce((sum, n) => sum + n, 0),
      CUSTOMERS + 10,
    )
  // Orders only grow: nobody leaves MANY, and nobody comes back to NONE.
  const [many] = result.segments
  assert.equal(many!.stays, 1)
  assert.equal(
    result.overTheYear.find(({ from, to }) => from !== 'NONE' && to === 'NONE'),
    undefined,
  )
  assert.equal(many!.minutes, many!.customers * 6)
  assert.ok(Math.abs(many!.agents - many!.minutes / (5 * 60 * 21)) < 1e-9)
  const before = await sizes()
  assert.equal(
    result.change.find(({ from, to }) => from === 'MANY' && to === 'FEW')!.customers,
    before['MANY']! - many!.customers,
  )
  const { left } = await app.facts.one<{ left: number }>('SELECT count() AS left FROM segment_trial_members')
  assert.equal(left, 0)

  const turn = await runsOfTurn(app)
  const input = { featuresRun: turn.features, modelsRun: turn.models, columns: ['f.recency_days', 'f.frequency'] }
  const groups = await findGroups(app.facts, { ...input, from: 2, to: 4, seed: 1 }, () => {})
  assert.ok('tree' in groups && groups.groups.length === groups.k && groups.tried.length === 3)

  const matrix = matrixView.parse(await readMatrix(app))
  assert.equal(
    matrix.cells.reduce((sum, cell) => sum + cell.customers, 0),
    matrix.customers,
  )
  const fullest = matrix.cells.reduce((a, b) => (a.customers > b.customers ? a : b))
  const people = await cellMembers(app, { ...fullest, offset: 0, limit: 5 })
  assert.equal(people.total, fullest.customers)
  assert.ok(people.rows.every(row => row.name === `N${row.customerId}`))
  const view = managementShape.parse(await management(app, 'MANY'))
  assert.equal(view.customers, before['MANY'])
  assert.ok(view.result.revenueMinor > view.before.revenueMinor / 10 && view.bought.length > 0)
})

test('rows that arrive count without a turn: whoever they concern moves, the others’ scores stay', async () => {
  const { identity, features, models } = await runsOfTurn(app)
  assert.equal(await refreshSegments(app, 'rows'), null)
  const someone = await app.facts.one<{ id: number }>(
    'SELECT min(customer_id) AS id FROM features WHERE run_id = {features:UInt64} AND frequency = 0',
    { features },
  )
  const scores = () =>
    app.facts.one<{ hash: string }>(
      'SELECT toString(sum(cityHash64(customer_id, value_minor))) AS hash FROM scores WHERE run_id = {models:UInt64} AND customer_id != {id:UInt64}',
      { models, ...someone },
    )
  const before = await sizes()
  const othersBefore = await scores()
  await app.facts.insert('purchases', [
    ...Array.from({ length: 4 }, (_, i) => ({
      run_id: identity,
      customer_id: someone.id,
      sold_at: `2011-05-0${i + 1} 10:00:00`,
      invoice: `L${i}`,
      product_code: 'P1',
      category: 'C1',
      quantity: 1,
      amount_minor: 1500,
      margin_minor: 600,
    })),
  ])
  const done = await refreshSegments(app, 'rows')
  assert.equal(done!.moved, 1)
  const now = await sizes()
  assert.deepEqual([now['MANY'], now['NONE']], [before['MANY']! + 1, before['NONE']! - 1])
  assert.deepEqual(await scores(), othersBefore)
  assert.equal(await refreshSegments(app, 'rows'), null)
})
