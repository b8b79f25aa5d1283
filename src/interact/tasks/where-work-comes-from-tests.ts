/** For tests: calls that nobody has to ask for by hand: cases that are late or could not be told, links that were followed. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, test } from 'node:test'
import { sql } from 'kysely'
import type { App } from '../../platform/app.ts'
import { addUser } from '../../platform/auth/users.ts'
import { openCase } from '../cases/open-case.ts'
import { takeBackOutcome } from '../outcomes/take-back-outcome.ts'
import { bringTasks } from './bring.ts'
import { takeTask } from './claim.ts'
import { findOpportunities } from './find-opportunities.ts'
import { kindOf } from './kinds/index.ts'
import { offersNow } from './offers-now.ts'
import { recordOutcome } from './outcome.ts'
import { taskById } from './task-table.ts'

const [LATE, UNTOLD, CURIOUS, ANSWERED] = [7101, 7102, 7103, 7104] as const

export function whereWorkComesFromTests(opened: () => App): void {
  let app: App
  let agent = 0
  before(async () => {
    app = opened()
    const runId = (await app.runs.latest('identity'))!
    await app.facts.insert(
      'golden_records',
      [LATE, UNTOLD, CURIOUS, ANSWERED].map(id => ({
        run_id: runId,
        customer_id: id,
        kind: 'person',
        name: `李${id}`,
        mobile: `+861380000${id}`,
        country: 'CN',
        language: 'zh-CN',
        records: 1,
        provenance: '{}',
      })),
    )
    agent = await addUser(app, { login: 'comes', name: 'comes', roles: ['agent'], password: 'long enough', lang: 'en' })
  })
  const tasksOf = (customerId: number) =>
    app.workflow.db
      .selectFrom('tasks')
      .select(['task_id', 'kind', 'state'])
      .where('customer_id', '=', customerId)
      .orderBy('task_id')
      .execute()
  const end = async (taskId: string, outcome: 'served' | 'no-answer') => {
    await takeTask(app, taskId, agent)
    const id = randomUUID()
    await recordOutcome(app, taskId, agent, { id, outcome, answers: { reason: '已说明' } })
    return id
  }
  const caseRow = (id: number) =>
    app.workflow.db.selectFrom('cases').selectAll().where('case_id', '=', id).executeTakeFirstOrThrow()

  test('a late case is rung about once a level, and not any more when it is resolved', async () => {
    const { caseId } = await openCase(app, { customerId: LATE, kind: 'request', words: '台灯坏了', source: 'portal' })
    const raise = (level: number) =>
      sql`UPDATE cases SET level = ${level} WHERE case_id = ${caseId}`.execute(app.workflow.db)
    await bringTasks(app, true)
    assert.deepEqual(await tasksOf(LATE), [])
    await raise(1)
    await bringTasks(app, true)
    const taskId = `case-late-${caseId}-0-1`
    const { blocks } = await kindOf('case').script(app, await taskById(app, taskId))
    assert.match(blocks[0]!.say, /台灯坏了/)
    await end(taskId, 'served')
    await bringTasks(app, true)
    assert.deepEqual(await tasksOf(LATE), [{ task_id: taskId, kind: 'case', state: 'done' }])
    const { rows } = await sql<{
      text: string
    }>`SELECT text FROM case_notes WHERE case_id = ${caseId} AND what = 'called'`.execute(app.workflow.db)
    assert.match(rows[0]?.text ?? '', /已说明$/)
    await raise(2)
    await bringTasks(app, true)
    await sql`UPDATE cases SET state = 'resolved', outcome = 'solved', resolved_at = now() WHERE case_id = ${caseId}`.execute(
      app.workflow.db,
    )
    await bringTasks(app, true)
    assert.deepEqual(
      (await tasksOf(LATE)).map(({ state }) => state),
      ['done', 'stopped'],
    )
  })

  test('a resolution that no mail and no SMS could tell is told by a call; taken back, it is to be told again', async () => {
    const { caseId } = await openCase(app, { customerId: UNTOLD, kind: 'request', words: '发票', source: 'portal' })
    await sql`UPDATE cases SET state = 'resolved', outcome = 'solved', resolution = '已补寄', resolved_at = now() WHERE case_id = ${caseId}`.execute(
      app.workflow.db,
    )
    await bringTasks(app, true)
    assert.deepEqual(await tasksOf(UNTOLD), [], 'it is still on its way')
    await sql`INSERT INTO customer_notices (notice_key, kind, subject, customer_id, state, channel, reason, asked_at)
      VALUES (${`case-resolved:${caseId}:1`}, 'case-resolved', ${`${caseId}:1`}, ${UNTOLD}, 'nobody', '', 'no-channel', now())`.execute(
      app.workflow.db,
    )
    await bringTasks(app, true)
    const taskId = `case-told-${caseId}-0-0`
    await end(taskId, 'no-answer')
    assert.equal((await caseRow(caseId)).told_at, null)
    const id = await end(taskId, 'served')
    const { told_at, told_how } = await caseRow(caseId)
    assert.deepEqual([told_at === null, told_how], [false, `call:${id}`])
    await takeBackOutcome(app, id, { userId: agent, lead: false }, 'list')
    assert.equal((await caseRow(caseId)).told_at, null)
    assert.equal((await taskById(app, taskId)).state, 'open')
  })

  test('who followed the link of an offer and said nothing in two days is an opportunity, once', async () => {
    const offer = (await offersNow(app)).find(one => one.channels.includes('call'))!.id
    const event = (customer_id: number, type: string, daysAgo: number) => ({
      event_id: `comes:${customer_id}:${type}`,
      customer_id,
      type,
      channel: 'email',
      at: new Date(Date.now() - daysAgo * 86_400_000),
      payload: JSON.stringify({ offer }),
    })
    await app.facts.insert('events', [
      event(CURIOUS, 'clicked', 3),
      event(ANSWERED, 'clicked', 3),
      event(ANSWERED, 'declined', 2.5),
      event(UNTOLD, 'clicked', 1),
    ])
    assert.equal(await findOpportunities(app), 1)
    assert.equal(await findOpportunities(app), 0)
    assert.deepEqual(
      (await tasksOf(CURIOUS)).map(({ kind, state }) => [kind, state]),
      [['opportunity', 'open']],
    )
    assert.deepEqual(await tasksOf(ANSWERED), [])
  })
}
