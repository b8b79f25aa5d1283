/** Cards are what would be read now, and whatever changes makes them void. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import * as analyze from '../../analyze/index.ts'
import * as campaign from '../../campaign/index.ts'
import * as collect from '../../collect/index.ts'
import * as optimize from '../../optimize/index.ts'
import * as personalize from '../../personalize/index.ts'
import type { Http } from '../../platform/app.ts'
import { openSession } from '../../platform/auth/sessions.ts'
import { addUser } from '../../platform/auth/users.ts'
import { buildServer } from '../../platform/http/server.ts'
import type { OpenApp } from '../../platform/open-app.ts'
import { openTestApp } from '../../platform/open-test-app.ts'
import * as interact from '../index.ts'
import { openTasks } from '../tasks/open-tasks.ts'
import { taskById } from '../tasks/task-table.ts'
import { cardOf, forgetCard, hasCard } from './cards.ts'
import { lookAhead } from './look-ahead.ts'
import { marksOf } from './mark.ts'

const stages = [collect, analyze, optimize, campaign, personalize, interact].map(part => part.stage)
const RUN = 1_000_001
const IDS = [1, 2, 3, 4]
let folder: string
let app: OpenApp
let http: Http
let cookie: string
let turnId: number

const golden = (id: number, more: object = {}) => ({
  run_id: RUN,
  customer_id: id,
  kind: 'person',
  name: `王${id}`,
  mobile: `+861380000010${id}`,
  email: `w${id}@mail.example`,
  country: 'CN',
  street: `文三路${id}号`,
  language: 'zh-CN',
  accounts: [`10${id}`],
  records: 1,
  provenance: '{}',
  ...more,
})
const paper = (id: number, nth: number) => ({
  run_id: RUN,
  communication_id: `${id}${nth}`.padStart(32, '0'),
  customer_id: id,
  kind: 'bill',
  class: 'service',
  channel: 'email',
  state: 'composed',
  subject: `${nth}`,
  composed_at: `2010-11-0${nth} 08:00:00.000`,
})
const delivery = (id: number, nth: number, state: string) => ({
  run_id: RUN,
  communication_id: `${id}${nth}`.padStart(32, '0'),
  customer_id: id,
  channel: 'email',
  state,
  attempt: 1,
  at: '2010-11-09 08:00:00.000',
})
const happened = (id: number, eventId: string, type: string) => ({
  event_id: eventId,
  customer_id: id,
  type,
  at: '2010-11-10 08:00:00.000',
  payload: '{}',
})
const attribute = (id: number, value: string, version: number) => ({
  run_id: RUN,
  customer_id: id,
  name: 'likes',
  value,
  source: 'research',
  at: '2010-01-01 00:00:00',
  version,
})
const consent = (id: number, version: number) => ({
  run_id: RUN,
  customer_id: id,
  channel: 'call',
  granted: 1,
  at: '2010-01-01 00:00:00',
  source: 'crm',
  version,
})
const commit = (step: string, id: number) =>
  sql`INSERT INTO runs (id, turn_id, step, state, finished_at) OVERRIDING SYSTEM VALUE
    VALUES (${id}, ${turnId}, ${step}, 'committed', now())`.execute(app.workflow.db)

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiyin-ahead-'))
  app = await openTestApp(folder, stages)
  await optimize.loadSample(app, join(import.meta.dirname, '../../../samples'), () => undefined)
  const turn = await app.runs.openTurn('2010-12-01')
  turnId = turn.id
  await app.runs.closeTurn(turn)
  await commit('identity', RUN)
  await app.facts.insert(
    'golden_records',
    IDS.map(id => golden(id)),
  )
  await app.facts.insert('source_records', [
    {
      source: 'crm',
      row_key: 'r1',
      import_id: 1,
      kind: 'person',
      full_name: '王1',
      mobile: '+8613911110001',
      raw: '{}',
    },
  ])
  await app.facts.insert('record_links', [
    { run_id: RUN, customer_id: 1, source: 'crm', row_key: 'r1', probability: 1 },
  ])
  await app.facts.insert(
    'customer_consents',
    IDS.map(id => consent(id, 0)),
  )
  await app.facts.insert('customer_attributes', [attribute(1, 'service', 0), attribute(2, 'price', 0)])
  await app.facts.insert('communications', [paper(1, 1), paper(1, 2), paper(2, 3)])
  await app.facts.insert('deliveries', [delivery(1, 1, 'settled'), delivery(2, 3, 'failed')])
  await app.facts.insert('events', [happened(1, 'c-1', 'clicked'), happened(2, 'o-2', 'opened')])
  http = await buildServer(app, { stages, webRoot: join(folder, 'no-web') })
  const userId = await addUser(app, { login: 'anna', name: 'anna', roles: ['agent'], password: 'long enough' })
  cookie = `huiyin_session=${(await openSession(app, userId)).token}`
})

after(async () => {
  await http.close()
  await app.close()
  await rm(folder, { recursive: true })
})

async function ask(method: 'GET' | 'POST', path: string, payload?: object) {
  const answer = await http.inject({
    method,
    url: `/api/v1${path}`,
    headers: { cookie, 'x-huiyin': '1' },
    ...(payload ? { payload } : {}),
  })
  return { status: answer.statusCode, body: answer.body === '' ? null : answer.json() }
}

const taskOf = (id: number): string => `opportunity-${id}`

/** Calls to these customers, read ahead. */
async function readAhead(ids: readonly number[]): Promise<void> {
  await openTasks(
    app,
    ids.map(id => ({ taskId: taskOf(id), kind: 'opportunity', customerId: id, priority: 10 - id })),
  )
  for (const id of ids) forgetCard(app, id)
  await lookAhead(app, await taskById(app, taskOf(ids[0]!)))
}

test('the screen and the picture of a customer who was read ahead are those of one who was not', async () => {
  await readAhead([1, 2])
  for (const id of [1, 2]) {
    const next = await ask('POST', '/tasks/next', {})
    assert.equal(next.body?.taskId, taskOf(id))
    assert.ok(hasCard(app, id), 'its mark was found the same')
    const picture = await ask('GET', `/desk/customers/${id}`)
    forgetCard(app, id)
    assert.deepEqual(await ask('GET', `/tasks/${taskOf(id)}`), next)
    assert.deepEqual(await ask('GET', `/desk/customers/${id}`), picture)
    assert.equal(picture.body.communications.total, 3 - id)
    // Out of the way of what follows.
    await sql`UPDATE tasks SET state = 'stopped', held_by = NULL WHERE task_id = ${taskOf(id)}`.execute(app.workflow.db)
  }
})

test('whatever is written of a customer, by whomever, changes the mark; of another customer it does not', async () => {
  const { db } = app.workflow
  await sql`INSERT INTO segment_runs (run_id, as_of, segments, proof) VALUES (0, '2010-12-01', '[]', '{}')`.execute(db)
  const since = new Date()
  const mark = async () => {
    const { of, splits } = await marksOf(app, [1, 2], since)
    return { one: of.get(1), two: of.get(2), splits }
  }
  const own: Record<string, () => Promise<unknown>> = {
    'an event': () => app.facts.insert('events', [happened(1, 'new', 'replied')]),
    'the same event, told again': () => app.facts.insert('events', [happened(1, 'new', 'replied')]),
    'a communication': () => app.facts.insert('communications', [paper(1, 3)]),
    'what became of one': () => app.facts.insert('deliveries', [delivery(1, 2, 'settled')]),
    'a research answer': () => app.facts.insert('customer_attributes', [attribute(1, 'price', 7)]),
    'a consent worked out anew': () => app.facts.insert('customer_consents', [consent(1, 7)]),
    'a statement in the ledger': () =>
      sql`INSERT INTO consent_heads VALUES (1, 1, '') ON CONFLICT (customer_id) DO UPDATE SET seq = consent_heads.seq + 1`.execute(
        db,
      ),
    'the golden record': () => app.facts.insert('golden_records', [golden(1, { street: '新地址', version: 7 })]),
    'the golden record gone': () => app.facts.exec('DELETE FROM golden_records WHERE customer_id = 1'),
  }
  const everybodys: Record<string, () => Promise<unknown>> = {
    'an import': () =>
      app.facts.insert('import_commits', [{ import_id: 7, source: 'crm', file: 'x', file_sha256: '0'.repeat(64) }]),
    'a new plan': () => commit('plan', RUN + 1),
    'segments worked out anew within their run': () =>
      sql`UPDATE segment_runs SET as_of = as_of WHERE run_id = 0`.execute(db),
    'what is past its years': () =>
      sql`INSERT INTO archive_retention_runs (at, kind, older_than, communications, files) VALUES (now(), 'bill', now(), 1, 0)`.execute(
        db,
      ),
  }
  let known = await mark()
  assert.deepEqual(await mark(), known, 'nothing happened')
  for (const [what, write] of Object.entries(own)) {
    await write()
    const now = await mark()
    assert.notEqual(now.one, known.one, what)
    assert.equal(now.two, known.two, what)
    known = now
  }
  for (const [what, write] of Object.entries(everybodys)) {
    await write()
    const now = await mark()
    assert.notEqual(now.two, known.two, what)
    known = now
  }
  await app.facts.insert('identity_events', [
    { run_id: RUN, kind: 'split', old_ids: [9], new_ids: [9, 10], actor: '1', reason: '', at: new Date() },
  ])
  assert.deepEqual([known.splits, (await mark()).splits], [false, true])
})

test('what a customer says by another way after being read ahead stops the call; what is told in one is on the desk at once', async () => {
  await app.facts.exec("DELETE FROM identity_events WHERE kind = 'split'")
  await readAhead([3, 4])
  assert.ok((await cardOf(app, 3, { anew: true })) && (await cardOf(app, 4, { anew: true })))
  assert.ok((await taskById(app, taskOf(3))).cleared_at, 'the gate was asked')
  await ask('POST', '/customers/3/answers', { id: randomUUID(), consents: [{ channel: 'call', granted: false }] })
  const next = await ask('POST', '/tasks/next', {})
  assert.equal(next.body?.taskId, taskOf(4))
  assert.equal((await taskById(app, taskOf(3))).stop_reason, 'no-consent')
  assert.ok(hasCard(app, 4))
  assert.equal((await ask('GET', '/desk/customers/4')).body.who.address, '文三路4号')
  const ended = await ask('POST', `/tasks/${taskOf(4)}/outcome`, {
    id: randomUUID(),
    outcome: 'refused',
    answers: { 'consent.sms': 'refused' },
  })
  assert.equal(ended.status, 200, JSON.stringify(ended.body))
  const { consents } = (await ask('GET', '/desk/customers/4')).body.who
  assert.equal(consents.find((one: { channel: string }) => one.channel === 'sms')?.granted, false)
})
