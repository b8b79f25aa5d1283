import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import * as personalize from '../../personalize/index.ts'
import type { Http } from '../../platform/app.ts'
import { openSession } from '../../platform/auth/sessions.ts'
import { addUser } from '../../platform/auth/users.ts'
import { buildServer } from '../../platform/http/server.ts'
import type { OpenApp } from '../../platform/open-app.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import { objectionsTo } from '../desk/objections.ts'
import { inventTurn, openInvented, runInvented } from '../invented-turn.ts'
import { takeTask } from '../tasks/claim.ts'
import { recordOutcome } from '../tasks/outcome.ts'
import { meanOf } from './samples.ts'
import { endingOf, settleTrials } from './settle-trials.ts'
import { alwaysValidP } from './trial-evidence.ts'
import { variantOf } from './variant.ts'

let folder: string
let app: OpenApp
let http: Http
const users: Record<string, number> = {}
const cookies: Record<string, string> = {}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiyin-team-'))
  app = await openInvented(folder)
  await inventTurn(app, 40, '2010-12-01')
  await app.facts.exec("ALTER TABLE campaign_members DELETE WHERE channel != 'call' SETTINGS mutations_sync = 1")
  await runInvented(app, '2010-12-01')
  http = await buildServer(app, {
    stages: [personalize.stage, (await import('../index.ts')).stage],
    webRoot: join(folder, 'no-web'),
  })
  for (const [login, role] of [
    ['anna', 'agent'],
    ['bela', 'agent'],
    ['lena', 'segment-manager'],
    ['mara', 'marketer'],
    ['otto', 'author'],
  ] as const) {
    users[login] = await addUser(app, { login, name: login, roles: [role], password: 'long enough', lang: 'en' })
    cookies[login] = `huiyin_session=${(await openSession(app, users[login])).token}`
  }
})

after(async () => {
  await http.close()
  await app.close()
  await rm(folder, { recursive: true })
})

async function ask(who: string, method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) {
  const answer = await http.inject({
    method,
    url: `/api/v1${url}`,
    headers: { cookie: cookies[who]!, 'x-huiyin': '1' },
    ...(payload ? { payload } : {}),
  })
  return {
    status: answer.statusCode,
    text: answer.body,
    body: answer.headers['content-type']?.toString().includes('json') ? answer.json() : null,
  }
}

const LIST = 'campaign:COME-BACK'

/** A second version of the call script that opens with other words. */
async function secondVersion(): Promise<{ template: string; a: number; b: number; words: string }> {
  const row = await app.workflow.db
    .selectFrom('template_versions')
    .selectAll()
    .where('template', '=', 'script')
    .orderBy('version', 'desc')
    .executeTakeFirstOrThrow()
  const skeleton = JSON.parse(row.body.files['script.json']!) as { blocks: { say: string }[] }
  const words = 'Variant B opens with other words.'
  skeleton.blocks[0]!.say = words
  const hash = 'b'.repeat(64)
  const body = { ...row.body, hash, files: { ...row.body.files, 'script.json': JSON.stringify(skeleton) } }
  const version = row.version + 1
  await app.workflow.db
    .insertInto('template_versions')
    .values({ ...row, version, hash, body: asJson(body), effective_from: '2999-01-01' })
    .execute()
  return { template: row.template, a: row.version, b: version, words }
}

test('of tasks the share wanted gets B, a task always the same, and trials split independently', () => {
  const ids = Array.from({ length: 20_000 }, (_, i) => `task-${i}`)
  for (const share of [0.5, 0.2]) {
    const b = ids.filter(id => variantOf(7, id, share) === 'b').length / ids.length
    // Five standard errors.
    assert.ok(Math.abs(b - share) < 5 * Math.sqrt((share * (1 - share)) / ids.length), `${b} of ${share}`)
  }
  assert.deepEqual(
    ids.map(id => variantOf(7, id, 0.5)),
    ids.map(id => variantOf(7, id, 0.5)),
  )
  const both = ids.filter(id => variantOf(7, id, 0.5) === 'b' && variantOf(8, id, 0.5) === 'b').length / ids.length
  assert.ok(Math.abs(both - 0.25) < 0.016, String(both))
})

test('equal scripts looked at after every success raise an alarm in at most 5 % of trials; a real lift is found', () => {
  let state = 12345
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  const trial = (chanceOfB: number, share: number, successes: number): number =>
    alwaysValidP(
      Array.from({ length: successes }, () => (random() < chanceOfB ? ('b' as const) : ('a' as const))),
      share,
    )
  for (const share of [0.5, 0.2]) {
    const alarms = Array.from({ length: 1000 }, () => trial(share, share, 300)).filter(p => p <= 0.05).length
    assert.ok(alarms <= 50, `${alarms} of 1000 at ${share}`)
  }
  const found = Array.from({ length: 200 }, () => trial(0.6, 0.5, 600)).filter(p => p <= 0.05).length
  assert.ok(found >= 180, `${found} of 200 with a lift of half`)
  assert.equal(alwaysValidP([], 0.5), 1)
})

test('the mean of scores has the interval of Student', () => {
  assert.deepEqual(meanOf([4]), { n: 1, mean: 4, low: null, high: null })
  const { mean, low, high } = meanOf([3, 4, 5, 4])
  // t(3, 0.975) = 3.1824 and s = 0.8165; the quantile is right to 2 %.
  assert.ok(mean === 4 && Math.abs(low! - (4 - (3.1824 * 0.8165) / 2)) < 0.026 && high === 5, String(low))
})

test('a trial shows the desk its variant, is counted by it, and closed gives the composed words again', async () => {
  const { template, a, b, words } = await secondVersion()
  const wanted = { name: 'Opening', list: LIST, template, versionA: a, versionB: b, share: 0.5, planned: 100 }
  assert.equal((await ask('anna', 'POST', '/team/trials', wanted)).status, 403)
  assert.equal((await ask('lena', 'POST', '/team/trials', { ...wanted, versionB: a })).status, 400)
  const { trialId } = (await ask('lena', 'POST', '/team/trials', wanted)).body
  assert.equal((await ask('lena', 'POST', '/team/trials', wanted)).status, 409)

  const tasks = await app.workflow.db
    .selectFrom('tasks')
    .selectAll()
    .where('list', '=', LIST)
    .orderBy('task_id')
    .execute()
  const ofVariant = (variant: 'a' | 'b') => tasks.filter(task => variantOf(trialId, task.task_id, 0.5) === variant)
  const [ofA, ofB] = [ofVariant('a').slice(0, 2), ofVariant('b').slice(0, 3)]
  assert.ok(ofA.length > 0 && ofB.length > 1, `${tasks.length} tasks`)
  const opening = async (taskId: string): Promise<string> =>
    (await ask('anna', 'GET', `/tasks/${taskId}`)).body.script.blocks[0].say
  for (const task of ofA) assert.notEqual(await opening(task.task_id), words)
  for (const task of ofB) assert.equal(await opening(task.task_id), words)

  const end = async (taskId: string, outcome: 'accepted' | 'refused' | 'no-answer' | 'callback', who = 'anna') => {
    await takeTask(app, taskId, users[who]!)
    const callbackAt = new Date(Date.now() + 3600_000).toISOString()
    await recordOutcome(app, taskId, users[who]!, {
      id: randomUUID(),
      outcome,
      note: 'rang +8613800138000',
      attributes: outcome === 'accepted' ? { household: '3' } : {},
      objections: outcome === 'accepted' ? ['objection-too-dear'] : [],
      ...(outcome === 'callback' ? { callbackAt } : {}),
    })
  }
  await end(ofA[0]!.task_id, 'refused')
  await end(ofB[0]!.task_id, 'accepted', 'bela')
  await end(ofB[1]!.task_id, 'callback', 'bela')
  const [row] = (await ask('lena', 'GET', '/team/trials')).body.rows
  assert.deepEqual(
    [row.tasks, row.calls],
    [
      { a: 1, b: 2 },
      { a: 1, b: 2 },
    ],
  )
  const measure = Object.fromEntries(row.measures.map((one: { measure: string }) => [one.measure, one]))
  assert.deepEqual([measure.contact.a.share, measure.contact.b.share], [1, 1])
  assert.deepEqual([measure.completion.b.share, measure.conversion.b.share, measure.fields.b.share], [0.5, 0.5, 0.5])
  assert.ok(measure.conversion.lift.low < 0.5 && measure.conversion.lift.high > 0.5 && measure.conversion.p > 0.2)

  const circle = {
    title: 'Opening',
    plan: { aim: 'More say yes', measure: 'conversion', target: 0.3, due: '2030-01-01', list: LIST },
    do: { kind: 'trial', trialId },
    act: {},
  }
  const { circleId } = (await ask('lena', 'POST', '/team/circles', { body: circle })).body
  const kept = await ask('mara', 'POST', `/team/trials/${trialId}/close`, { kept: 'b', remark: 'B asks sooner' })
  assert.equal(kept.status, 200, kept.text)
  assert.equal((await ask('lena', 'POST', `/team/trials/${trialId}/close`, { kept: 'a' })).status, 409)
  const { state, body: improved, notes } = (await ask('lena', 'GET', `/team/circles/${circleId}`)).body
  assert.deepEqual([state, improved.act.decision, improved.act.words], ['plan', 'kept', 'B asks sooner'])
  assert.deepEqual([notes[0].kind, notes[0].text], ['trial', `B v${b} #${kept.body.draft}`])
  await approved(kept.body.draft, template, words)
  if (ofB[2]) assert.notEqual(await opening(ofB[2].task_id), words)
})

/** The script that was kept is a draft until a second person approves it, then the newest version in force. */
async function approved(draft: number, template: string, words: string): Promise<void> {
  const approve = (who: string) => ask(who, 'POST', `/content/drafts/${draft}/answer`, { answer: 'approve' })
  assert.equal((await approve('mara')).body.error.code, 'personalize.second-person')
  assert.equal((await approve('otto')).status, 200)
  const row = await app.workflow.db
    .selectFrom('template_versions')
    .select(['body', 'note', 'approved_by_name'])
    .where('template', '=', template)
    .orderBy('version', 'desc')
    .executeTakeFirstOrThrow()
  assert.equal(row.approved_by_name, 'otto')
  assert.match(row.note, /B asks sooner/)
  assert.match(row.body.files['script.json']!, new RegExp(words))
}

test('a trial ends by itself when its measure is decided or its horizon is reached, and says so once', async () => {
  const result = (p: number, calls: number) =>
    ({ calls: { a: calls, b: 0 }, measures: [{ measure: 'conversion', p }] }) as Parameters<typeof endingOf>[1]
  const trial = { measure: 'conversion', planned: 50, until: '2026-03-31' } as const
  assert.equal(endingOf(trial, result(0.2, 49), '2026-03-31'), null)
  assert.equal(endingOf(trial, result(0.04, 3), '2026-03-01'), 'evidence')
  assert.equal(endingOf({ ...trial, measure: 'contact' }, result(0.04, 3), '2026-03-01'), null, 'of its measure alone')
  assert.equal(endingOf(trial, result(0.2, 50), '2026-03-01'), 'calls')
  assert.equal(endingOf(trial, result(0.2, 3), '2026-04-01'), 'day')

  const { template, a, b } = await secondVersion()
  const wanted = { name: 'Once more', list: LIST, template, versionA: a, versionB: b, share: 0.5, planned: 1000 }
  const { trialId } = (await ask('lena', 'POST', '/team/trials', wanted)).body
  assert.deepEqual(await settleTrials(app), [])
  // Thirty successes, all of B: the beta mixture is far beyond 20 to 1.
  const rows = Array.from({ length: 60 }, (_, at) => ({
    outcome_id: `trial-${at}`,
    task_id: `trial-task-${at}`,
    customer_id: 0,
    user_id: users['anna']!,
    list: LIST,
    kind: 'campaign',
    offer: 'COME-BACK',
    outcome: at % 2 === 0 ? 'accepted' : 'refused',
    reached: true,
    seconds: 60,
    fields: [],
    at: new Date(Date.UTC(2020, 0, 1, 9, at)),
    trial_id: trialId,
    variant: at % 2 === 0 ? 'b' : 'a',
    objections: at % 3 === 0 ? ['objection-too-dear'] : [],
  }))
  await app.workflow.db.insertInto('desk_outcomes').values(rows).execute()
  assert.deepEqual(await settleTrials(app), [trialId])
  assert.deepEqual(await settleTrials(app), [])
  const { ended, state, decided } = (await ask('lena', 'GET', '/team/trials')).body.rows[0]
  assert.deepEqual([ended, state, decided], ['evidence', 'closed', false])
  const notices = (await ask('lena', 'GET', '/notices')).body.rows
  assert.match(notices[0].says.en, /^B is better in conversion by 100\.0 points/)
  assert.equal((await ask('anna', 'GET', '/notices')).body.unseen, 0)
  const decision = { kept: '', remark: 'Too few to trust' }
  assert.deepEqual((await ask('lena', 'POST', `/team/trials/${trialId}/close`, decision)).body, { draft: null })
})

test('objections heard are counted with how often the offer was taken after all, beside calls without any', async () => {
  const path = '/team/objections?from=2020-01-01&to=2020-01-01'
  const { spoken, none, rows } = (await ask('lena', 'GET', path)).body
  const dear = rows.find((row: { id: string }) => row.id === 'objection-too-dear')
  assert.deepEqual([spoken, dear.heard.yes, dear.accepted.of, dear.accepted.yes], [60, 20, 20, 10])
  assert.deepEqual([none.of, none.yes], [40, 20])
  assert.ok(dear.accepted.low < 0.5 && dear.accepted.high > 0.5 && dear.says.zh === '太贵了' && dear.live)
  const elsewhere = rows.find((row: { id: string }) => row.id === 'objection-elsewhere')
  assert.deepEqual([elsewhere.heard.yes, elsewhere.offers.length], [0, 1])
  assert.equal((await ask('anna', 'GET', path)).status, 403)
  const ofOffer = (await ask('lena', 'GET', `${path}&offer=COME-BACK`)).body.rows.map((row: { id: string }) => row.id)
  assert.ok(ofOffer.includes('objection-no-need') && !ofOffer.includes('objection-elsewhere'))
  assert.deepEqual(
    (await objectionsTo(app, 'COME-BACK')).map(({ id }) => id),
    ['objection-no-need', 'objection-no-time', 'objection-too-dear', 'objection-whence'],
    "the offer's own first",
  )
  const kept = await app.workflow.db
    .selectFrom('desk_outcomes')
    .select('objections')
    .where('outcome', '=', 'accepted')
    .orderBy('at', 'desc')
    .executeTakeFirstOrThrow()
  assert.deepEqual(kept.objections, ['objection-too-dear'])
})

test('live and figures count what ended, with intervals; as a file too', async () => {
  const live = (await ask('lena', 'GET', '/team/live')).body
  assert.deepEqual(
    live.agents.map((row: { name: string; today: { calls: number } }) => [row.name, row.today.calls]).sort(),
    [
      ['anna', 1],
      ['bela', 2],
    ],
  )
  assert.equal(live.all.accepted, 1)
  assert.ok(live.all.conversion.low > 0 && live.all.conversion.high < 1)
  assert.equal(live.callbacks.rows.length, 1)
  assert.equal(live.queues.find((row: { list: string }) => row.list === LIST).held, 0)
  const today = new Date().toISOString().slice(0, 10)
  const query = `from=${today}&to=${today}&by=agent`
  const { rows } = (await ask('lena', 'GET', `/team/figures?${query}`)).body
  assert.deepEqual(
    rows.map((row: { name: { en: string }; fields: number }) => [row.name.en, row.fields]),
    [
      ['anna', 0],
      ['bela', 1],
    ],
  )
  const csv = await ask('lena', 'GET', `/team/figures/export?${query}&format=csv`)
  assert.match(csv.text, /bela/)
  assert.equal((await ask('lena', 'GET', '/team/figures?from=2026-02-01&to=2026-01-01')).status, 400)
  assert.equal((await ask('anna', 'GET', '/team/live')).status, 403)
})

test('samples are drawn once, heard with names and numbers masked, scored, and shown to the agent', async () => {
  const day = new Date().toISOString().slice(0, 10)
  assert.equal((await ask('lena', 'POST', '/team/samples/draw', { day, each: 1 })).body.drawn, 2)
  assert.equal((await ask('lena', 'POST', '/team/samples/draw', { day, each: 1 })).body.drawn, 0)
  assert.equal((await ask('lena', 'POST', '/team/samples/draw', { day, each: 5 })).body.drawn, 1)
  const { rows, criteria } = (await ask('lena', 'GET', '/team/samples')).body
  assert.equal(rows.length, 3)
  const sample = rows.find((row: { agent: string }) => row.agent === 'anna')
  const heard = (await ask('lena', 'GET', `/team/samples/${sample.sampleId}`)).body
  assert.equal(heard.note, 'rang +86138****8000')
  assert.ok(heard.script.length > 0 && heard.variant === 'a')
  const scores = Object.fromEntries(criteria.map((one: { id: string }) => [one.id, 4]))
  assert.equal((await ask('lena', 'PUT', `/team/samples/${sample.sampleId}`, { scores: { greeting: 4 } })).status, 400)
  assert.equal(
    (await ask('lena', 'PUT', `/team/samples/${sample.sampleId}`, { scores, remark: 'Well done' })).status,
    200,
  )
  const mine = (await ask('anna', 'GET', '/team/my-scores')).body
  assert.deepEqual(
    mine.rows.map((row: { remark: string }) => row.remark),
    ['Well done'],
  )
  assert.equal(mine.means[0].mean, 4)
  assert.equal((await ask('bela', 'GET', '/team/my-scores')).body.rows.length, 0)
})

test('a circle goes from plan to act, its check from the calls before and after', async () => {
  const today = new Date().toISOString().slice(0, 10)
  const body = {
    title: 'Warmer opening',
    plan: { aim: 'More customers say yes', measure: 'conversion', target: 0.3, owner: 'lena', due: today, list: LIST },
    do: { kind: 'training', what: '' },
    act: {},
  }
  const { circleId } = (await ask('lena', 'POST', '/team/circles', { body })).body
  const path = `/team/circles/${circleId}`
  assert.equal((await ask('lena', 'POST', `${path}/state`, { state: 'do' })).status, 409)
  assert.equal((await ask('lena', 'GET', path)).body.check, null)
  const done = { ...body, do: { kind: 'training', what: 'Two hours with examples', from: today } }
  assert.equal((await ask('lena', 'PUT', path, done)).status, 200)
  for (const state of ['do', 'check']) assert.equal((await ask('lena', 'POST', `${path}/state`, { state })).status, 200)
  await ask('lena', 'POST', `${path}/notes`, { text: 'Anna likes it' })
  const { check, notes, state } = (await ask('lena', 'GET', path)).body
  assert.deepEqual([check.before.of, check.after.of, check.change], [0, 3, null])
  assert.ok(Math.abs(check.after.share - 1 / 3) < 1e-9 && check.after.low < 1 / 3 && check.after.high > 1 / 3)
  assert.deepEqual(
    [state, notes.map((one: { kind: string }) => one.kind)],
    ['check', ['note', 'check', 'do', 'changed']],
  )
  assert.equal((await ask('lena', 'POST', `${path}/state`, { state: 'act' })).status, 409)
})
