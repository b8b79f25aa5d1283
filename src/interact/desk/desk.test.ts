import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { sql } from 'kysely'
import * as analyze from '../../analyze/index.ts'
import * as campaign from '../../campaign/index.ts'
import * as collect from '../../collect/index.ts'
import * as optimize from '../../optimize/index.ts'
import * as personalize from '../../personalize/index.ts'
import type { Http } from '../../platform/app.ts'
import { makeKey } from '../../platform/auth/api-keys.ts'
import { openSession } from '../../platform/auth/sessions.ts'
import { addUser } from '../../platform/auth/users.ts'
import { buildServer } from '../../platform/http/server.ts'
import type { OpenApp } from '../../platform/open-app.ts'
import { openTestApp } from '../../platform/open-test-app.ts'
import { lostCallsTests } from '../calls/lost-calls-tests.ts'
import * as interact from '../index.ts'
import { takeBackTests } from '../outcomes/take-back-tests.ts'
import { claimNext, forgetGroups } from '../tasks/claim.ts'
import { refillList } from '../tasks/lists.ts'
import { openTasks } from '../tasks/open-tasks.ts'
import { whereWorkComesFromTests } from '../tasks/where-work-comes-from-tests.ts'
import { reportDeskCapacity } from './capacity.ts'

const stages = [collect, analyze, optimize, campaign, personalize, interact].map(part => part.stage)
const RUN = 1_000_001
let folder: string
let app: OpenApp
let http: Http
let machine: string
const cookies: Record<string, string> = {}
const users: Record<string, number> = {}

/** 1 and 2 share a telephone; 3 has two numbers by its records; 4 to 6 are for what becomes of customers. */
const people = [1, 2, 3, 4, 5, 6, 7, 8, 9].map(id => ({
  run_id: RUN,
  customer_id: id,
  kind: 'person',
  name: `王${'一二三四五六七八九'[id - 1]}`,
  birth_date: `198${id}-03-0${id}`,
  mobile: `+8613800000${id <= 2 ? '100' : `00${id}`}`,
  email: `w${id}@mail.example`,
  country: 'CN',
  city: '杭州市',
  street: `文三路${id}号`,
  postcode: '310012',
  language: 'zh-CN',
  accounts: [`10${id}`],
  records: 1,
  provenance: '{}',
}))

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiyin-desk-'))
  app = await openTestApp(folder, stages)
  await optimize.loadSample(app, join(import.meta.dirname, '../../../samples'), () => undefined)
  const turn = await app.runs.openTurn('2010-12-01')
  await app.runs.closeTurn(turn)
  await sql`INSERT INTO runs (id, turn_id, step, state, finished_at) OVERRIDING SYSTEM VALUE
    VALUES (${RUN}, ${turn.id}, 'identity', 'committed', now())`.execute(app.workflow.db)
  await app.facts.insert('golden_records', people)
  await app.facts.insert('import_commits', [
    { import_id: 1, source: 'crm', file: 'crm.csv', file_sha256: '0'.repeat(64), committed_at: new Date(0) },
  ])
  const record = (id: number, key: string, mobile: string) => ({
    source: 'crm',
    row_key: key,
    import_id: 1,
    kind: 'person',
    full_name: people[id - 1]!.name,
    mobile,
    email: people[id - 1]!.email,
    birth_date: people[id - 1]!.birth_date,
    updated_at: new Date('2010-01-01'),
    raw: '{}',
  })
  await app.facts.insert('source_records', [
    record(3, 'r3', '+8613800000003'),
    record(3, 'r3b', '+8613911110003'),
    record(7, 'r7', '+8613800000007'),
  ])
  await app.facts.insert('current_records', [
    { run_id: RUN, record_no: 0, source: 'crm', row_key: 'r7', mobile: '+8613800000007' },
  ])
  await app.facts.insert('record_links', [
    { run_id: RUN, customer_id: 3, source: 'crm', row_key: 'r3', probability: 1 },
    { run_id: RUN, customer_id: 3, source: 'crm', row_key: 'r3b', probability: 1 },
    { run_id: RUN, customer_id: 7, source: 'crm', row_key: 'r7', probability: 1 },
  ])
  http = await buildServer(app, { stages, webRoot: join(folder, 'no-web') })
  await http.listen({ host: '127.0.0.1', port: 0 })
  for (const login of ['anna', 'bela']) {
    users[login] = await addUser(app, { login, name: login, roles: ['agent'], password: 'long enough', lang: 'zh-CN' })
    cookies[login] = `huiyin_session=${(await openSession(app, users[login])).token}`
  }
  machine = (await makeKey(app, { name: 'pbx', scopes: ['calls.write'], userId: 0 })).token
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
  return { status: answer.statusCode, body: answer.body === '' ? null : answer.json() }
}
const report = async (payload: object) => {
  const answer = await http.inject({
    method: 'POST',
    url: '/api/v1/calls',
    headers: { authorization: `Bearer ${machine}` },
    payload,
  })
  return { status: answer.statusCode, body: answer.json() }
}
const call = (taskId: string, customerId: number, more: object = {}) =>
  openTasks(app, [{ taskId, kind: 'callback', customerId, priority: 1, dueAt: new Date(), ...more }])

test('a call that rings is pushed to the agent it rings at, and to nobody else; two at once are two', async () => {
  await ask('anna', 'PUT', '/desk/me', { extension: '201' })
  const { port } = http.server.address() as { port: number }
  const stop = new AbortController()
  const stream = await fetch(`http://127.0.0.1:${port}/api/v1/desk/events`, {
    headers: { cookie: cookies['anna']!, accept: 'text/event-stream' },
    signal: stop.signal,
  })
  const seen: { callId: string; customerId: number; state: string; gone?: boolean }[] = []
  const read = (async () => {
    for await (const chunk of stream.body! as unknown as AsyncIterable<Uint8Array>)
      for (const line of Buffer.from(chunk).toString().split('\n'))
        if (line.startsWith('data: {"')) seen.push(JSON.parse(line.slice(6)))
  })().catch(() => undefined)
  const until = async (what: () => boolean) => {
    const started = performance.now()
    while (!what() && performance.now() - started < 20_000) await new Promise(resolve => setTimeout(resolve, 5))
    assert.ok(what(), JSON.stringify(seen))
    return performance.now() - started
  }
  const rang = await report({ callId: 'c1', event: 'ring', number: '13800000003', agent: '201' })
  assert.deepEqual([rang.status, rang.body.how], [200, 'number'])
  const ms = await until(() => seen.some(one => one.callId === 'c1' && one.customerId === 3))
  assert.ok(ms < 30_000, `${ms} ms to the screen`)
  await report({ callId: 'c2', event: 'ring', number: 'anonymous', agent: 'anna' })
  await report({ callId: 'c3', event: 'ring', number: '13800000004', agent: 'bela' })
  await until(() => seen.some(one => one.callId === 'c2') && seen.some(one => one.callId === 'c3' && one.gone === true))
  assert.equal(
    seen.some(one => one.callId === 'c3' && one.customerId === 4),
    false,
  )
  const out = { cookie: cookies['anna']!, 'x-huiyin': '1' }
  await http.inject({ method: 'DELETE', url: '/api/v1/session', headers: out })
  const late = setTimeout(() => stop.abort(), 10_000)
  await read
  clearTimeout(late)
  assert.equal(stop.signal.aborted, false, 'the stream ended with the session')
  cookies['anna'] = `huiyin_session=${(await openSession(app, users['anna']!)).token}`
  const { body } = await ask('anna', 'GET', '/desk/calls')
  assert.deepEqual(body.rows.map((one: { callId: string }) => one.callId).sort(), ['c1', 'c2'])
  assert.equal((await ask('bela', 'POST', '/desk/calls/c1/take')).status, 409)
  // Reports may come twice and in another order; what was over stays over.
  for (const event of ['hangup', 'answer', 'ring', 'hangup']) await report({ callId: 'c9', event, number: '12' })
  const row = await app.workflow.db
    .selectFrom('desk_calls')
    .selectAll()
    .where('call_id', '=', 'c9')
    .executeTakeFirstOrThrow()
  assert.deepEqual([row.state, row.number_state, row.how, row.candidates], ['ended', 'malformed', 'unknown', []])
  assert.ok(row.answered_at && row.ended_at)
  const odd = await report({ callId: '../etc', event: 'ring' })
  assert.equal(odd.status, 400)
  assert.equal((await report({ callId: 'c8', event: 'ring', agent: 'nobody' })).body.error.code, 'desk.no-agent')
  // A call that was passed on to a line of nobody's still ends.
  assert.equal((await report({ callId: 'c1', event: 'hangup', agent: 'nobody' })).body.state, 'ended')
})

test('the number may come after the answer, a clock may be wrong, and a document is seen at the counter only', async () => {
  await report({ callId: 'l1', event: 'answer', agent: '201' })
  assert.equal((await report({ callId: 'l1', event: 'ring', number: '13800000003', agent: '201' })).body.how, 'number')
  await report({ callId: 'l2', event: 'answer', agent: '201', at: '9999-01-01T00:00:00Z' })
  await ask('anna', 'POST', '/desk/calls/l2/take')
  await report({ callId: 'l2', event: 'ring', number: '13800000004', agent: '201', at: '1999-01-01T00:00:00Z' })
  const { rows } = (await ask('anna', 'GET', '/desk/calls')).body
  const late = rows.find((one: { callId: string }) => one.callId === 'l2')
  assert.deepEqual([late.customerId, late.how, late.candidates.length], [0, 'shared', 1], 'the agent asks')
  assert.ok(Math.abs(Date.parse(late.rangAt) - Date.now()) < 60_000)
  const who = (payload: object) => ask('anna', 'POST', '/desk/calls/l2/who', payload)
  assert.equal((await who({ customerId: 7, said: { document: true } })).status, 403)
  const guesses = Array.from({ length: 9 }, (_, n) => who({ said: { account: `7${n}`, birthDate: '1981-01-01' } }))
  const answers = (await Promise.all(guesses)).map(({ status }) => status).sort()
  assert.deepEqual(answers, [403, 403, 429, 429, 429, 429, 429, 429, 429], 'tries side by side are tries')
  await ask('anna', 'POST', '/tasks/in-l2/outcome', { id: randomUUID(), outcome: 'served' })
})

test('a shared number shows nobody before the caller said who it is, and after three wrong tries nobody at all', async () => {
  await report({ callId: 's1', event: 'ring', number: '+86 138 0000 0100', agent: '201' })
  const taken = await ask('anna', 'POST', '/desk/calls/s1/take')
  assert.equal(taken.body.customerId, 0)
  assert.deepEqual(
    taken.body.candidates.map((one: { name: string }) => one.name),
    ['王*', '王*'],
  )
  assert.equal(JSON.stringify(taken.body).includes('198'), false, 'no birth date before it was said')
  const said = (facts: object, customerId?: number) =>
    ask('anna', 'POST', '/desk/calls/s1/who', { said: facts, ...(customerId ? { customerId } : {}) })
  const saved = await ask('anna', 'POST', `/tasks/${taken.body.taskId}/outcome`, {
    id: randomUUID(),
    outcome: 'accepted',
    fields: { email: 'x@y.example' },
  })
  assert.equal(saved.body.error.code, 'desk.who-first')
  assert.equal((await said({ birthDate: '1999-01-01' })).status, 403)
  assert.equal(
    (await said({ name: '王二', postcode: '310012' })).status,
    403,
    'names and postcodes are on every envelope',
  )
  const right = await said({ birthDate: '1982-03-02' })
  assert.deepEqual([right.status, right.body.customerId, right.body.how], [200, 2, 'confirmed'])
  assert.equal((await ask('anna', 'GET', `/tasks/${right.body.taskId}`)).body.customerId, 2)
  await report({ callId: 's2', event: 'answer', number: 'withheld', agent: '201' })
  await ask('anna', 'POST', '/desk/calls/s2/take')
  const again = (facts: object) => ask('anna', 'POST', '/desk/calls/s2/who', { said: facts })
  for (const account of ['900', '901', '902'])
    assert.equal((await again({ account, birthDate: '1981-03-01' })).status, 403)
  assert.equal((await again({ account: '101', birthDate: '1981-03-01' })).body.error.code, 'desk.too-many-tries')
  const log = await app.workflow.db
    .selectFrom('audit')
    .select(['action', 'object'])
    .where('action', 'like', 'call.%')
    .execute()
  assert.ok(log.some(row => row.action === 'call.identified' && row.object === 'customer/2'))
  assert.equal(log.filter(row => row.object === 'call/s2').length, 3)
  for (const task of ['in-s1', 'in-s2'])
    await ask('anna', 'POST', `/tasks/${task}/outcome`, { id: randomUUID(), outcome: 'served' })
})

test('a wrong number is shut and the next one rung; the last one wrong ends the task', async () => {
  await call('callback-3', 3)
  const first = await ask('anna', 'POST', '/tasks/callback-3/hold')
  assert.deepEqual(first.body.numbers, ['+8613800000003', '+8613911110003'])
  assert.deepEqual(
    (await ask('bela', 'GET', '/tasks/callback-3')).body.numbers,
    [],
    'only whoever holds it sees numbers',
  )
  const wrong = () => ask('anna', 'POST', '/tasks/callback-3/outcome', { id: randomUUID(), outcome: 'wrong-number' })
  assert.equal((await wrong()).body.state, 'open')
  const second = await ask('anna', 'POST', '/tasks/callback-3/hold')
  assert.deepEqual(second.body.numbers, ['+8613911110003'])
  assert.equal((await wrong()).body.state, 'done')
})

test('whoever was merged, split or erased meanwhile: said to the agent, and never written to somebody else', async () => {
  for (const id of [4, 5, 6]) await call(`callback-${id}`, id)
  for (const id of [4, 5, 6]) await ask('anna', 'POST', `/tasks/callback-${id}/hold`)
  await ask('anna', 'PUT', '/tasks/callback-6/draft', { revision: 1, body: { note: '私人内容' } })
  // 4 went into 8; 5 was found to be 5 and 9; 6 asked to be erased.
  await app.facts.insert('customer_redirects', [{ run_id: RUN, old_id: 4, customer_id: 8 }])
  await app.facts.exec('DELETE FROM golden_records WHERE customer_id IN (4, 6)')
  await app.facts.insert('identity_events', [
    { run_id: RUN, kind: 'split', old_ids: [5], new_ids: [5, 9], actor: '1', reason: 'split', at: new Date() },
  ])
  await sql`INSERT INTO rights_erased (customer_id, certificate_id, at) VALUES (6, 1, now())`.execute(app.workflow.db)
  // Splits are looked for every second.
  await new Promise(resolve => setTimeout(resolve, 1100))
  const meanwhile = async (id: number) => (await ask('anna', 'GET', `/tasks/callback-${id}`)).body.meanwhile
  assert.deepEqual(await meanwhile(4), { kind: 'merged', customerId: 8, others: [] })
  assert.deepEqual(await meanwhile(5), { kind: 'split', customerId: 5, others: [9] })
  assert.deepEqual(await meanwhile(6), { kind: 'erased', customerId: null, others: [] })
  assert.equal((await ask('anna', 'GET', '/desk/customers/6')).status, 410)
  const end = (id: number, more: object = {}) =>
    ask('anna', 'POST', `/tasks/callback-${id}/outcome`, { id: randomUUID(), outcome: 'served', ...more })
  assert.equal((await end(4)).status, 200)
  assert.equal((await end(5)).body.error.code, 'desk.customer-split')
  assert.equal((await end(5, { customerId: 7 })).status, 409, 'only one of the parts can have been on the line')
  assert.equal((await end(5, { customerId: 9 })).status, 200)
  assert.equal((await end(6, { note: '私人内容' })).status, 410)
  const events = await app.facts.query<{ id: number; task: string }>(
    "SELECT customer_id AS id, task_id AS task FROM events FINAL WHERE type = 'called' AND task_id LIKE 'callback-%' AND task_id != 'callback-3' ORDER BY id",
  )
  assert.deepEqual(events, [
    { id: 8, task: 'callback-4' },
    { id: 9, task: 'callback-5' },
  ])
  const left = await app.workflow.db
    .selectFrom('desk_drafts')
    .select('task_id')
    .where('task_id', '=', 'callback-6')
    .execute()
  assert.deepEqual(left, [])
  const task = await ask('anna', 'GET', '/tasks/callback-6')
  assert.deepEqual([task.body.state, task.body.notes], ['stopped', ''])
})

test('an answer is in the profile, stops what it closes and is on the desk at once', async () => {
  const consents = ['call', 'email'].map(channel => ({
    run_id: RUN,
    customer_id: 7,
    channel,
    granted: 1,
    at: new Date('2010-01-01'),
    source: 'crm',
  }))
  await app.facts.insert('customer_consents', consents)
  await openTasks(app, [{ taskId: 'opportunity-7', kind: 'opportunity', customerId: 7, priority: 5 }])
  await call('callback-7', 7)
  await ask('anna', 'POST', '/tasks/callback-7/hold')
  const started = performance.now()
  const done = await ask('anna', 'POST', '/tasks/callback-7/outcome', {
    id: randomUUID(),
    outcome: 'refused',
    answers: { 'consent.call': 'refused' },
    fields: { street: '新地址8号', email: 'New@Mail.example' },
    attributes: { price_sensitivity: 'high' },
  })
  assert.equal(done.status, 200, JSON.stringify(done.body))
  const picture = await ask('anna', 'GET', '/desk/customers/7')
  const ms = performance.now() - started
  assert.match(picture.body.who.address, /新地址8号/)
  assert.equal(picture.body.who.email, 'new@mail.example', 'standardised on its way in')
  assert.equal(picture.body.who.consents.find((one: { channel: string }) => one.channel === 'call').granted, false)
  assert.deepEqual(picture.body.tasks, [], 'the call that would offer something is gone from the list')
  assert.equal((await collect.standingConsents(app, RUN, [7])).get('7/call')?.granted, false)
  const known = await app.facts.query(
    "SELECT value FROM customer_attributes WHERE customer_id = 7 AND name = 'price_sensitivity'",
  )
  assert.deepEqual(known, [{ value: 'high' }])
  const row = await app.workflow.db
    .selectFrom('tasks')
    .select(['state', 'stop_reason'])
    .where('task_id', '=', 'opportunity-7')
    .executeTakeFirst()
  assert.deepEqual(row, { state: 'stopped', stop_reason: 'no-consent' })
  assert.ok(ms < 30_000, `${ms} ms; the benchmark says what it is on a quiet machine`)
})

test('what the customer says by another way stops a call that was about to be given out', async () => {
  await app.facts.insert('customer_consents', [
    { run_id: RUN, customer_id: 8, channel: 'call', granted: 1, at: new Date('2010-01-01'), source: 'crm' },
  ])
  await openTasks(app, [{ taskId: 'opportunity-8', kind: 'opportunity', customerId: 8, priority: 9 }])
  forgetGroups(app)
  const given = await ask('bela', 'POST', '/tasks/next', {})
  assert.equal(given.body?.taskId, 'opportunity-8')
  await ask('bela', 'POST', '/tasks/opportunity-8/release')
  await ask('bela', 'POST', '/customers/8/answers', {
    id: randomUUID(),
    consents: [{ channel: 'call', granted: false }],
  })
  const none = await ask('bela', 'POST', '/tasks/next', {})
  assert.deepEqual(
    [none.status, (await ask('bela', 'GET', '/tasks/opportunity-8')).body.stopped?.en],
    [204, 'No consent for this channel'],
  )
})

test('lists are paused, ordered and filled again by who may; a browser that dies finds its call and every word', async () => {
  assert.equal((await ask('anna', 'PUT', '/desk/lists/callback', { paused: true })).status, 403)
  await call('callback-1', 1)
  await call('callback-2', 2, { kind: 'callback' })
  const mine = await ask('anna', 'POST', '/tasks/next', {})
  await ask('anna', 'PUT', `/tasks/${mine.body.taskId}/draft`, { revision: 10, body: { note: '客户要蓝色的' } })
  await ask('anna', 'PUT', `/tasks/${mine.body.taskId}/draft`, { revision: 7, body: { note: '旧' } })
  const back = await ask('anna', 'POST', '/tasks/next', {})
  assert.deepEqual([back.body.taskId, back.body.draft.body], [mine.body.taskId, { note: '客户要蓝色的' }])
  const big = await ask('anna', 'PUT', `/tasks/${mine.body.taskId}/draft`, {
    revision: 11,
    body: { note: 'x'.repeat(70_000) },
  })
  assert.equal(big.body.error.code, 'desk.draft-too-large')
  const other = await claimNext(app, users['bela']!)
  assert.ok(other && other.task_id !== mine.body.taskId)
})

test('unanswered calls are opened again; what the desk carries a day is counted and goes into the next plan', async () => {
  await call('callback-9', 9)
  await sql`UPDATE tasks SET state = 'done', outcome = 'no-answer', tries = '{"no-answer":3}' WHERE task_id = 'callback-9'`.execute(
    app.workflow.db,
  )
  assert.deepEqual(await refillList(app, 'callback', true), { opened: 1 })
  // Six days of two agents, ten calls each, six minutes apart.
  await sql`DELETE FROM desk_outcomes`.execute(app.workflow.db)
  await sql`INSERT INTO desk_outcomes (outcome_id, task_id, customer_id, user_id, list, kind, offer, outcome, reached, seconds, fields, at)
    SELECT d || '-' || u || '-' || c, 't', 1, u, 'a', 'campaign', '', 'refused', true, 360, '{}',
      date_trunc('day', now()) - make_interval(days => d) + make_interval(mins => 6 * c)
    FROM generate_series(1, 6) AS d, generate_series(1, 2) AS u, generate_series(1, 10) AS c`.execute(app.workflow.db)
  const counted = await reportDeskCapacity(app)
  assert.deepEqual(
    {
      ...counted,
      hoursPerDay: Math.round(counted.hoursPerDay * 100) / 100,
      callsPerHour: Math.round(counted.callsPerHour),
    },
    { agents: 2, hoursPerDay: 1, callsPerHour: 10, callsPerDay: 20, days: 6, settled: true },
  )
  const policy = await optimize.contactPolicy(app)
  const teams = { kind: 'agents' as const, teams: [{ name: 'A', agents: 5 }], days: 10, measured: true }
  const call_ = { ...policy.channels.call!, capacity: teams }
  const planned = await optimize.withMeasured(app, { ...policy, channels: { ...policy.channels, call: call_ } })
  assert.deepEqual(planned.channels.call?.capacity, { kind: 'days', per_day: 20, days: 10 })
  assert.deepEqual(await optimize.withMeasured(app, policy), policy, 'who does not ask for it keeps the hours on paper')
})

test('of what is missing the answer that tells most is asked first, and nothing that is known', async () => {
  const turn = await app.runs.latestTurn()
  for (const [id, step] of [
    [2, 'features'],
    [3, 'models'],
    [4, 'segments'],
  ] as const)
    await sql`INSERT INTO runs (id, turn_id, step, state, finished_at) OVERRIDING SYSTEM VALUE
      VALUES (${1_000_000 + id}, ${turn!.id}, ${step}, 'committed', now())`.execute(app.workflow.db)
  // Whoever looks at the price buys least; satisfaction says nothing; half of them told neither.
  await app.facts.exec(`INSERT INTO features (run_id, customer_id, as_of, kind, price_sensitivity, satisfaction)
    SELECT 1000002, number + 1, today(), 'person', if(number % 2 = 0, if(number % 4 = 0, 'high', 'low'), NULL), if(number % 2 = 0, 1 + intDiv(number, 4) % 5, NULL) FROM numbers(400)`)
  await app.facts.exec(`INSERT INTO scores (run_id, customer_id, m, churn_probability)
    SELECT 1000003, number + 1, if(number % 4 = 0, 1, 5), 0.1 FROM numbers(400)`)
  await app.facts.exec(
    `INSERT INTO segment_members (run_id, customer_id, segment) SELECT 1000004, number + 1, 'A' FROM numbers(400)`,
  )
  const asked = async (id: number) =>
    (await ask('anna', 'GET', `/desk/customers/${id}/key-fields`)).body.rows.map(
      (row: { writesTo: string }) => row.writesTo,
    )
  assert.deepEqual(await asked(2), ['price_sensitivity'], 'chance is taken away from satisfaction')
  assert.deepEqual(await asked(7), [], 'customer 7 told it in a call above')
})

test('two windows end one call at once: one outcome, one event; one cut off half-way is finished when it is sent again', async () => {
  const events = () =>
    app.facts.query<{ id: string }>(
      "SELECT event_id AS id FROM events FINAL WHERE task_id = 'callback-two' AND type IN ('called', 'complaint')",
    )
  await call('callback-two', 9)
  await ask('anna', 'POST', '/tasks/callback-two/hold')
  const body = (outcome: string) => ({ id: randomUUID(), outcome, note: 'lamp' })
  const ends = await Promise.all(
    ['served', 'complaint', 'accepted'].map(outcome =>
      ask('anna', 'POST', '/tasks/callback-two/outcome', body(outcome)),
    ),
  )
  assert.deepEqual(ends.map(({ status }) => status).sort(), [200, 409, 409])
  const codes = ends.flatMap(end => end.body.error?.code ?? [])
  assert.ok(
    codes.every(code => ['desk.outcome-underway', 'interact.task-not-held', 'interact.task-done'].includes(code)),
    codes.join(),
  )
  const first = await events()
  assert.ok(first.length === 1 || first.length === 2, 'of one outcome')
  assert.equal(new Set(first.map(({ id }) => id.split(':')[1])).size, 1)
  await call('callback-cut', 8)
  await ask('anna', 'POST', '/tasks/callback-cut/hold')
  const cut = body('complaint')
  const sent = await Promise.all([cut, cut].map(one => ask('anna', 'POST', '/tasks/callback-cut/outcome', one)))
  assert.deepEqual(
    sent.map(({ status }) => status),
    [200, 200],
    'sent twice at once is sent once',
  )
  const cases = () =>
    app.workflow.db.selectFrom('cases').select('case_id').where('source_key', '=', `call:call:${cut.id}`).execute()
  assert.equal((await cases()).length, 1)
  // As a kill between the task and what follows leaves it.
  await sql`DELETE FROM cases WHERE source_key = ${`call:call:${cut.id}`}`.execute(app.workflow.db)
  await ask('anna', 'POST', '/tasks/callback-cut/outcome', cut)
  assert.equal((await cases()).length, 0, 'it was finished')
  await sql`UPDATE tasks SET ending = ${cut.id}, ending_at = now() WHERE task_id = 'callback-cut'`.execute(
    app.workflow.db,
  )
  await ask('anna', 'POST', '/tasks/callback-cut/outcome', cut)
  assert.equal((await cases()).length, 1)
})

describe('an outcome is taken back', () => takeBackTests(() => app))
describe('calls nobody hung up', () => lostCallsTests(() => app))
describe('where work comes from', () => whereWorkComesFromTests(() => app))
