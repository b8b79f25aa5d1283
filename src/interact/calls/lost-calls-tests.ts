/** For tests: calls whose end nobody told leave the desk, and what the telephone system says later still counts. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, test } from 'node:test'
import { sql } from 'kysely'
import type { App } from '../../platform/app.ts'
import { addUser } from '../../platform/auth/users.ts'
import { agentOf, saveAgent } from '../tasks/agents.ts'
import { recordOutcome } from '../tasks/outcome.ts'
import { callById, openCalls } from './call-table.ts'
import { dismissCall, endLostCalls, saveCallLimits } from './lost-calls.ts'
import { reportCall } from './report.ts'
import { takeCall } from './take-call.ts'

export function lostCallsTests(opened: () => App): void {
  let app: App
  let lia = 0
  let max = 0
  before(async () => {
    app = opened()
    const agent = (login: string) =>
      addUser(app, { login, name: login, roles: ['agent'], password: 'long enough', lang: 'en' })
    lia = await agent('lost-lia')
    max = await agent('lost-max')
    await saveAgent(app, { ...(await agentOf(app, lia)), extension: '901' })
  })
  const report = (callId: string, event: 'ring' | 'answer' | 'hangup', at?: Date) =>
    reportCall(app, { callId, event, number: 'withheld', agent: '901', at })
  const shown = async () => (await openCalls(app, lia)).flatMap(call => (call.state === 'ended' ? [] : call.call_id))
  const back = (callId: string, minutes: number) =>
    sql`UPDATE desk_calls SET rang_at = rang_at - make_interval(mins => ${minutes}), answered_at = answered_at - make_interval(mins => ${minutes})
      WHERE call_id = ${callId}`.execute(app.workflow.db)
  const save = (callId: string) => recordOutcome(app, `in-${callId}`, lia, { id: randomUUID(), outcome: 'served' })

  test('what was said in it is saved: it is over; the hang-up that comes later is recorded with its own time', async () => {
    await report('lost-1', 'answer')
    await takeCall(app, 'lost-1', lia, 'en')
    assert.deepEqual(await shown(), ['lost-1'])
    await save('lost-1')
    assert.deepEqual(await shown(), [])
    const told = new Date(Date.now() - 20_000)
    const { state, ended_at, ended_by } = await report('lost-1', 'hangup', told)
    assert.deepEqual([state, ended_at?.getTime(), ended_by], ['ended', told.getTime(), ''])
    const twice = await report('lost-1', 'hangup')
    assert.equal(twice.ended_at?.getTime(), told.getTime(), 'told again it stays')
  })

  test('a newer call at the line ends an older one nobody writes down; one in hand stays, as on hold', async () => {
    await report('lost-2', 'answer')
    await report('lost-3', 'answer')
    assert.deepEqual(await shown(), ['lost-3'])
    assert.equal((await callById(app, 'lost-2')).ended_by, 'newer')
    await takeCall(app, 'lost-3', lia, 'en')
    await report('lost-4', 'answer')
    assert.deepEqual(await shown(), ['lost-3', 'lost-4'])
    await assert.rejects(dismissCall(app, 'lost-4', max), { code: 'desk.not-your-call' })
    await dismissCall(app, 'lost-4', lia)
    await dismissCall(app, 'lost-4', lia)
    await save('lost-3')
    assert.deepEqual(await shown(), [])
  })

  test('longer than any call: over by the limit that was set; answered after all it is there again', async () => {
    await saveCallLimits(app, { ringMinutes: 2, talkMinutes: 30 })
    await report('lost-5', 'ring')
    await back('lost-5', 3)
    await endLostCalls(app)
    assert.deepEqual(await shown(), [])
    await report('lost-5', 'answer')
    assert.deepEqual(await shown(), ['lost-5'])
    await back('lost-5', 29)
    await endLostCalls(app)
    assert.deepEqual(await shown(), ['lost-5'])
    await back('lost-5', 2)
    await endLostCalls(app)
    assert.deepEqual(await shown(), [])
    await report('lost-5', 'answer')
    assert.deepEqual(await shown(), [], 'told twice it does not come back')
  })
}
