/** For tests: what a voice menu reports through the events API, and what follows before it is answered. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import * as collect from '../../collect/index.ts'
import type { App } from '../../platform/app.ts'
import { makeKey } from '../../platform/auth/api-keys.ts'
import { buildServer } from '../../platform/http/server.ts'
import { openTasks } from '../tasks/open-tasks.ts'

/** Of the telephone that calls. */
const CALLER = 9001
const PHONE = '+8613900009001'

export function heardTests(opened: () => App): void {
  let app: App
  let http: Awaited<ReturnType<typeof buildServer>>
  let token = ''
  let calls = ''
  let both = ''

  before(async () => {
    app = opened()
    const { stage } = await import('../index.ts')
    http = await buildServer(app, { stages: [collect.stage, stage], webRoot: join(app.config.dataDir, 'no-web') })
    token = (await makeKey(app, { name: 'ivr', scopes: ['events.write'], userId: 0 })).token
    calls = (await makeKey(app, { name: 'pbx', scopes: ['calls.write'], userId: 0 })).token
    both = (await makeKey(app, { name: 'ivr and pbx', scopes: ['events.write', 'calls.write'], userId: 0 })).token
    const turn = await app.runs.openTurn('2026-01-01', true)
    const nothing = { title: { en: '', zh: '' }, resumes: false, writes: [], run: async () => ({}) }
    const { runId } = await app.runs.begin(turn, { id: 'identity', ...nothing })
    await app.facts.insert('golden_records', [
      { run_id: runId, customer_id: CALLER, kind: 'person', name: '王九', mobile: PHONE },
    ])
    await app.runs.commit(runId, {})
    await openTasks(
      app,
      ['lamp', 'rug'].map(offer => ({
        taskId: `said-${offer}`,
        kind: 'opportunity',
        rank: 25,
        customerId: CALLER,
        offer,
        priority: 1,
        notes: '',
      })),
    )
  })
  after(() => http.close())

  async function post(path: string, key: string, payload: object) {
    const answer = await http.inject({
      method: 'POST',
      url: `/api/v1${path}`,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      payload: JSON.stringify(payload),
    })
    return { status: answer.statusCode, body: answer.json() }
  }
  const said = (eventId: string, type: string, payload: object) => ({
    eventId,
    type,
    at: new Date().toISOString(),
    phone: PHONE,
    channel: 'ivr',
    payload,
  })
  const say = (eventId: string, type: string, payload: object, key = token) =>
    post('/events', key, [said(eventId, type, payload)])
  const stateOf = (taskId: string) =>
    app.workflow.db
      .selectFrom('tasks')
      .select(['state', 'stop_reason', 'due_at'])
      .where('task_id', '=', taskId)
      .executeTakeFirst()
  const events = (type: string) =>
    app.facts.query<{ event_id: string; payload: string }>(
      'SELECT event_id, payload FROM events FINAL WHERE customer_id = {id:UInt64} AND type = {type:String}',
      { id: CALLER, type },
    )

  test('a choice in a voice menu answers the offer at once, and twice is once', async () => {
    for (let times = 0; times < 2; times++)
      assert.equal((await say('ivr-1', 'choice', { offer: 'lamp', answer: 'refuse' })).status, 200)
    assert.deepEqual(
      [(await stateOf('said-lamp'))?.state, (await stateOf('said-lamp'))?.stop_reason],
      ['stopped', 'declined'],
    )
    assert.equal((await stateOf('said-rug'))?.state, 'open', 'of another offer nothing was said')
    const declined = await events('declined')
    assert.deepEqual(
      declined.map(row => [row.event_id, JSON.parse(row.payload).offer]),
      [['said:ivr-1', 'lamp']],
    )
  })

  test('who was verified in the menu is known when the call rings on; a wish for a call is a call to make', async () => {
    await post('/calls', calls, { callId: 'pbx-77', event: 'ring', number: 'anonymous' })
    const onTheLine = async (): Promise<number> =>
      Number(
        (
          await app.workflow.db
            .selectFrom('desk_calls')
            .select('customer_id')
            .where('call_id', '=', 'pbx-77')
            .executeTakeFirstOrThrow()
        ).customer_id,
      )
    const verified = said('ivr-2', 'identity-verified', { call: 'pbx-77', how: 'pin' })
    // A key for events alone points no call at anybody; what else it sends is taken.
    const refused = await post('/events', token, [verified, said('ivr-9', 'visited', {})])
    assert.deepEqual([refused.status, refused.body.accepted, refused.body.refused], [200, 1, 1])
    const [problem] = refused.body.problems
    assert.deepEqual([problem.index, problem.eventId, problem.field, problem.code], [0, 'ivr-2', 'type', 'needs-calls'])
    assert.match(problem.message, /identity-verified.*calls\.write/)
    assert.equal(await onTheLine(), 0)
    assert.equal((await post('/events', both, [verified])).body.accepted, 1)
    assert.equal(await onTheLine(), CALLER)
    const at = new Date(Date.now() + 3600_000).toISOString()
    await say('ivr-3', 'callback-wished', { reason: '咨询账单', at })
    const wished = await stateOf('callback-said-ivr-3')
    assert.deepEqual([wished?.state, wished?.due_at?.toISOString()], ['open', at])
  })

  test('a stop holds when it is answered: ledger, offers in the lists; a complaint opens a case', async () => {
    await say('ivr-4', 'stop-said', { channels: ['call', 'sms'] })
    const run = (await app.runs.latest('identity')) ?? 0
    const standing = await collect.standingConsents(app, run, [CALLER])
    assert.deepEqual(
      ['call', 'sms', 'email'].map(channel => standing.get(`${CALLER}/${channel}`)?.granted),
      [false, false, undefined],
    )
    assert.deepEqual([(await stateOf('said-rug'))?.stop_reason], ['no-consent'])
    assert.equal((await stateOf('callback-said-ivr-3'))?.state, 'open', 'what the customer asked for goes on')
    // Consents in the payload of any event are said at once, too.
    await say('ivr-8', 'visited', { consents: [{ channel: 'letter', granted: false }] })
    assert.equal((await collect.standingConsents(app, run, [CALLER])).get(`${CALLER}/letter`)?.granted, false)
    await say('ivr-5', 'case-said', { kind: 'complaint', words: '门店漏雨，商品受潮' })
    const found = await app.workflow.db
      .selectFrom('cases')
      .select(['kind', 'source', 'words'])
      .where('source_key', '=', 'said:ivr-5')
      .executeTakeFirst()
    assert.deepEqual(found, { kind: 'complaint', source: 'ivr', words: '门店漏雨，商品受潮' })
  })

  test('what is wrong is named by its field, and nothing of it is stored', async () => {
    const wrong = await say('ivr-6', 'choice', { offer: 'lamp', answer: 'perhaps' })
    assert.equal(wrong.status, 422)
    assert.deepEqual([wrong.body.problems[0].field, wrong.body.problems[0].code], ['payload.answer', 'bad-said'])
    assert.equal((await say('ivr-7', 'identity-verified', {}, both)).body.problems[0].field, 'payload.call')
    assert.equal((await events('choice')).length, 1)
  })
}
