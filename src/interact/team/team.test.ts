import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Http } from '../../platform/app.ts'
import { openSession } from '../../platform/auth/sessions.ts'
import { addUser } from '../../platform/auth/users.ts'
import { buildServer } from '../../platform/http/server.ts'
import type { OpenApp } from '../../platform/open-app.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import { inventTurn, openInvented, runInvented } from '../invented-turn.ts'
import { takeTask } from '../tasks/claim.ts'
import { recordOutcome } from '../tasks/outcome.ts'
import { meanOf } from './samples.ts'
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
  http = await buildServer(app, { stages: [(await import('../index.ts')).stage], webRoot: join(folder, 'no-web') })
  for (const [login, role] of [
    ['anna', 'agent'],
    ['bela', 'agent'],
    ['lena', 'segment-manager'],
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

  assert.equal((await ask('lena', 'POST', `/team/trials/${trialId}/close`, { kept: 'b' })).status, 200)
  assert.equal((await ask('lena', 'POST', `/team/trials/${trialId}/close`, { kept: 'a' })).status, 409)
  if (ofB[2]) assert.notEqual(await opening(ofB[2].task_id), words)
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
