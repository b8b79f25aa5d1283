import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { Http, Stage } from '../../platform/app.ts'
import { makeKey, revokeKey } from '../../platform/auth/api-keys.ts'
import { buildServer } from '../../platform/http/server.ts'
import type { OpenApp } from '../../platform/open-app.ts'
import { openTestApp } from '../../platform/open-test-app.ts'
import { factTables } from '../tables.ts'
import { intakeOf, MOST_IN_FLIGHT } from './intake.ts'
import { placeVisitor, placeWaitingEvents } from './place-waiting.ts'
import { eventRoutes } from './routes.ts'

const stage: Stage = {
  name: 'collect',
  title: { en: 'Events', zh: '事件' },
  factTables,
  workflowMigrations: {},
  jobs: [],
  routes: eventRoutes,
  commands: [],
}

let dir: string
let app: OpenApp
let http: Http
let token = ''

before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'huiyin-events-'))
  app = await openTestApp(join(dir, 'data'), [stage], { logLevel: 'silent' })
  http = await buildServer(app, { stages: [stage], webRoot: join(dir, 'no-web') })
  token = (await makeKey(app, { name: 'test', scopes: ['events.write'], userId: 0 })).token
  await somePeople(1)
})
after(async () => {
  await http?.close()
  await app?.close()
  await rm(dir, { recursive: true, force: true })
})

/** Customers 1 to 3 of an identity run; 2 and 3 share a telephone. */
async function somePeople(from: number): Promise<number> {
  const turn = await app.runs.openTurn('2026-01-01', true)
  const { runId } = await app.runs.begin(turn, {
    id: 'identity',
    title: { en: '', zh: '' },
    resumes: false,
    writes: [],
    run: async () => ({}),
  })
  const people = Array.from({ length: 3 }, (_, i) => from + i)
  const run = { run_id: runId }
  await app.facts.insert(
    'golden_records',
    people.map(id => ({ ...run, customer_id: id, kind: 'person', email: `p${id}@example.com` })),
  )
  await app.facts.insert(
    'record_links',
    people.map(id => ({
      ...run,
      customer_id: id,
      source: 'crm',
      row_key: `r${id}`,
      account_no: `A${id}`,
      probability: 1,
    })),
  )
  await app.facts.insert(
    'current_records',
    people.map((id, i) => ({
      ...run,
      record_no: i,
      source: 'crm',
      row_key: `r${id}`,
      at: '2026-01-01T00:00:00Z',
      email: `p${id}@example.com`,
      mobile: id === from ? '+8613800138000' : '+8613900139000',
      account_no: `A${id}`,
    })),
  )
  await app.runs.commit(runId, {})
  await app.runs.closeTurn(turn)
  return runId
}

const at = '2026-01-02T03:04:05+08:00'
const event = (eventId: string, more: object = { customerId: 1 }) => ({ eventId, type: 'visited', at, ...more })

async function post(payload: unknown, headers: Record<string, string> = {}) {
  const raw = typeof payload === 'string' || Buffer.isBuffer(payload)
  const answer = await http.inject({
    method: 'POST',
    url: '/api/v1/events',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    payload: raw ? payload : JSON.stringify(payload),
  })
  return { status: answer.statusCode, body: answer.json(), headers: answer.headers }
}

const counts = ({ accepted, waiting, duplicates, refused }: Record<string, number>) => ({
  accepted,
  waiting,
  duplicates,
  refused,
})
const customerOf = async (id: string) =>
  (
    await app.facts.query<{ customer_id: number }>(
      'SELECT customer_id FROM events FINAL WHERE event_id = {id:String}',
      { id },
    )
  ).map(row => row.customer_id)

describe('events over HTTP', () => {
  test('by number, account, e-mail, telephone and row of a source; who is not known yet, or shared by two, waits', async () => {
    const { status, body } = await post([
      event('by-number', { customerId: 2 }),
      event('by-account', { accountNo: 'A3' }),
      event('by-email', { email: ' P1@Example.com' }),
      event('by-phone', { phone: '138 0013 8000' }),
      event('by-row', { source: 'crm', rowKey: 'r2' }),
      event('by-shared', { phone: '13900139000' }),
      event('by-nobody', { email: 'p9@example.com' }),
      event('by-no-number', { customerId: 9 }),
    ])
    assert.equal(status, 200, JSON.stringify(body))
    assert.deepEqual(counts(body), { accepted: 8, waiting: 3, duplicates: 0, refused: 0 })
    for (const [id, customer] of [
      ['by-number', 2],
      ['by-account', 3],
      ['by-email', 1],
      ['by-phone', 1],
      ['by-row', 2],
    ] as const)
      assert.deepEqual(await customerOf(id), [customer], id)
    const [row] = await app.facts.query("SELECT at, type FROM events WHERE event_id = 'by-row'")
    assert.deepEqual(row, { at: '2026-01-01T19:04:05.000Z', type: 'visited' })
    assert.deepEqual(await customerOf('by-shared'), [])
  })

  test('twice is once: in one batch, in the next one, with another customer, and at the same moment', async () => {
    const body = [event('d1'), event('d1'), event('d2')]
    assert.deepEqual(counts((await post(body)).body), { accepted: 2, waiting: 0, duplicates: 1, refused: 0 })
    assert.deepEqual(counts((await post([event('d1', { customerId: 3 })])).body), {
      accepted: 0,
      waiting: 0,
      duplicates: 1,
      refused: 0,
    })
    const many = await Promise.all(
      Array.from({ length: 8 }, () => post([event('d3'), event('d4', { email: 'later@example.com' })])),
    )
    assert.equal(
      many.reduce((sum, { body }) => sum + body.accepted, 0),
      2,
    )
    assert.deepEqual(await customerOf('d1'), [1])
  })

  test('what is wrong is named by place, field and in the language of the caller; the rest is stored', async () => {
    const bad = [
      { why: 'not-object', value: 7, field: '' },
      { why: 'missing', value: { ...event('b1'), at: undefined }, field: 'at' },
      { why: 'bad-time', value: { ...event('b2'), at: '2011-02-30T00:00:00Z' }, field: 'at' },
      { why: 'bad-time', value: { ...event('b3'), at: '2011-02-03T00:00:00' }, field: 'at' },
      { why: 'bad-id', value: event(' '), field: 'eventId' },
      { why: 'bad-type', value: { ...event('b4'), type: 'Bought it' }, field: 'type' },
      { why: 'reserved-type', value: { ...event('b5'), type: 'answer' }, field: 'type' },
      { why: 'no-customer', value: event('b6', {}), field: 'customerId' },
      { why: 'two-customers', value: event('b7', { customerId: 1, email: 'p1@example.com' }), field: 'customerId' },
      { why: 'bad-email', value: event('b8', { email: 'nobody' }), field: 'email' },
      { why: 'bad-phone', value: event('b9', { phone: '12' }), field: 'phone' },
      { why: 'missing', value: event('b10', { source: 'crm' }), field: 'rowKey' },
      { why: 'bad-customer', value: event('b11', { customerId: 1.5 }), field: 'customerId' },
      { why: 'unknown', value: event('b12', { customerId: 1, colour: 'red' }), field: 'colour' },
      { why: 'bad-payload', value: event('b13', { customerId: 1, payload: [1] }), field: 'payload' },
    ]
    const { status, body } = await post([...bad.map(({ value }) => value), event('b-good')], {
      'accept-language': 'zh-CN',
    })
    assert.equal(status, 200)
    assert.deepEqual(counts(body), { accepted: 1, waiting: 0, duplicates: 0, refused: bad.length })
    assert.deepEqual(
      body.problems.map((problem: { index: number; code: string; field: string }) => [
        problem.index,
        problem.code,
        problem.field,
      ]),
      bad.map(({ why, field }, index) => [index, why, field]),
    )
    for (const { message } of body.problems) assert.match(message, /[\u4e00-\u9fff]/)
    assert.deepEqual(await customerOf('b-good'), [1])
    assert.equal((await post([event('', {})])).status, 422, 'nothing of it could be taken')
  })

  test('JSON lines, gzip, one line that is broken; numbers come out of the payload as they went in', async () => {
    const payload = '{"account":12345678901234567890,"price":0.1000000000000000055,"huge":1e400,"名":"王"}'
    const line = (id: string, rest: string) => `{"eventId":"${id}","type":"bought","at":"${at}","customerId":1${rest}}`
    const text = [line('l1', `,"payload":${payload}`), '{"eventId":', '', line('l2', '')].join('\n')
    const { status, body } = await post(gzipSync(text), {
      'content-type': 'application/x-ndjson',
      'content-encoding': 'gzip',
    })
    assert.equal(status, 200, JSON.stringify(body))
    assert.deepEqual(counts(body), { accepted: 2, waiting: 0, duplicates: 0, refused: 1 })
    assert.deepEqual([body.problems[0].index, body.problems[0].code], [1, 'not-json'])
    const row = await app.facts.one<{ payload: string }>("SELECT payload FROM events WHERE event_id = 'l1'")
    assert.equal(row.payload, payload)
  })

  test('a body that is no body of events says so and stores nothing', async () => {
    assert.equal((await post('{"eventId": ')).status, 400)
    assert.equal((await post(Buffer.from([0x5b, 0x22, 0xff, 0x22, 0x5d]))).status, 400)
    assert.equal((await post('[]', { 'content-encoding': 'br' })).status, 415)
    assert.equal((await post(Buffer.from([0x1f, 0x8b, 1, 2, 3]))).status, 415)
    assert.equal((await post(gzipSync(Buffer.alloc(65 << 20)))).status, 413, 'a bomb')
    assert.deepEqual(counts((await post('[]')).body), { accepted: 0, waiting: 0, duplicates: 0, refused: 0 })
  })

  test('a key is needed, is good for this only, and ends when it is taken back', async () => {
    const status = async (headers: Record<string, string>, url = '/api/v1/events') =>
      (await http.inject({ method: 'POST', url, headers, payload: '[]' })).statusCode
    assert.equal(await status({ 'x-huiyin': '1' }), 401)
    assert.equal(await status({ authorization: 'Bearer hyk_wrong' }), 401)
    const other = await makeKey(app, { name: 'reader', scopes: ['changes.read'], userId: 0 })
    assert.equal(await status({ authorization: `Bearer ${other.token}` }), 403)
    assert.equal(
      (await http.inject({ url: '/api/v1/events/waiting', headers: { authorization: `Bearer ${token}` } })).statusCode,
      403,
    )
    const brief = await makeKey(app, { name: 'brief', scopes: ['events.write'], userId: 0 })
    assert.equal(await status({ authorization: `Bearer ${brief.token}` }), 200)
    await revokeKey(app, brief.keyId)
    assert.equal(await status({ authorization: `Bearer ${brief.token}` }), 401)
  })

  test('more than there is room for is told to wait, before it is read', async () => {
    const release = intakeOf(app).reserve(MOST_IN_FLIGHT)
    const { status, headers } = await post([event('busy')])
    assert.equal(status, 429)
    assert.equal(headers['retry-after'], '1')
    release()
    assert.equal((await post([event('busy')])).body.accepted, 1)
  })

  test('the next identity run places what waited; a visitor who proves to be somebody brings what was seen before', async () => {
    await post([event('later', { email: 'p4@example.com' }), event('other', { accountNo: 'A99' })])
    const runId = await somePeople(4)
    assert.ok((await placeWaitingEvents(app, runId)).placed >= 1)
    assert.deepEqual(await customerOf('later'), [4])
    assert.deepEqual(await customerOf('other'), [])
    await placeWaitingEvents(app, runId)
    assert.deepEqual(await customerOf('later'), [4])
    assert.deepEqual(counts((await post([event('later', { email: 'p4@example.com' })])).body), {
      accepted: 0,
      waiting: 0,
      duplicates: 1,
      refused: 0,
    })

    const visit = (id: string) => ({ eventId: id, type: 'page-viewed', at, channel: 'web' })
    const taken = await intakeOf(app).take({
      bytes: Buffer.from(JSON.stringify([visit('w1'), visit('w2')])),
      lines: false,
      visitor: { kind: 'visitor', key: 'v-1', source: 'shop' },
    })
    assert.deepEqual([taken.accepted, taken.waiting], [2, 2])
    await placeVisitor(app, 'v-1', 5)
    assert.deepEqual(await customerOf('w1'), [5])
    const left = await app.facts.query("SELECT event_id FROM waiting_events WHERE key = 'v-1'")
    assert.deepEqual(left, [])
  })
})
