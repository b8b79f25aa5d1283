import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { complaintOf, loadSample } from '../../optimize/index.ts'
import type { OpenApp } from '../../platform/open-app.ts'
import { heardTests } from '../heard/heard-tests.ts'
import { openInvented } from '../invented-turn.ts'
import { openTasks } from '../tasks/open-tasks.ts'
import { themeTests } from '../themes/themes-tests.ts'
import { caseQuery } from './api.ts'
import { caseView } from './case-view.ts'
import { addNote, assign, goOn, resolveCase, wait } from './change-case.ts'
import { escalateCases } from './escalate.ts'
import { countCases, findCases } from './list-cases.ts'
import { noteTold } from './note-told.ts'
import { openCase } from './open-case.ts'
import { caseSettings, saveCaseSettings } from './settings.ts'
import { addWorkingMinutes, workingMinutesBetween } from './working-hours.ts'

const AGENT = 1
let folder: string
let app: OpenApp

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiyin-cases-'))
  app = await openInvented(folder)
  await loadSample(app, join(import.meta.dirname, '../../../samples'), () => undefined)
  await saveCaseSettings(app, { ...(await caseSettings(app)), escalateEvery: 60, escalateTimes: 3 })
})
after(async () => {
  await app.close()
  await rm(folder, { recursive: true })
})

const complaint = { customerId: 7, kind: 'complaint' as const, words: '包裹破损，要求退款\n第二行', source: 'portal' }

test('a complaint told twice is one case; it keeps offers away until the last one is resolved', async () => {
  await openTasks(app, [{ taskId: 'o-7', kind: 'opportunity', rank: 25, customerId: 7, priority: 1, notes: '' }])
  const first = await openCase(app, { ...complaint, sourceKey: 'portal:1' })
  const again = await openCase(app, { ...complaint, sourceKey: 'portal:1' })
  assert.deepEqual([again.caseId, first.fresh, again.fresh], [first.caseId, true, false])
  const task = await app.workflow.db.selectFrom('tasks').select('state').where('task_id', '=', 'o-7').executeTakeFirst()
  assert.equal(task?.state, 'stopped')
  const second = await openCase(app, { ...complaint, category: 'delivery', sourceKey: 'portal:2' })
  assert.equal((await complaintOf(app, 7)).open, true)
  const done = { outcome: 'put-right' as const, resolution: '已重发' }
  await resolveCase(app, first.caseId, AGENT, done)
  assert.equal((await complaintOf(app, 7)).open, true, 'another one is left')
  await resolveCase(app, second.caseId, AGENT, done)
  assert.equal((await complaintOf(app, 7)).open, false)
  await assert.rejects(resolveCase(app, first.caseId, AGENT, done), { code: 'cases.resolved' })
  await goOn(app, first.caseId, AGENT, '客户又来电')
  assert.equal((await complaintOf(app, 7)).open, true, 'opened again')
})

test('the clock runs in working hours, stands while the customer is waited for, and late cases go up step by step', async () => {
  const { hours } = await caseSettings(app)
  const opened = new Date('2026-11-16T02:00:00Z') // Monday 10:00 in Shanghai
  const { caseId } = await openCase(app, { ...complaint, customerId: 8, at: opened })
  const row = () =>
    app.workflow.db.selectFrom('cases').selectAll().where('case_id', '=', caseId).executeTakeFirstOrThrow()
  const due = (await row()).due_at
  assert.equal(due.toISOString(), addWorkingMinutes(opened, 480, hours).toISOString())
  assert.equal(await escalateCases(app, new Date(due.getTime() - 1)), 0)
  assert.equal(await escalateCases(app, due), 1)
  assert.equal(await escalateCases(app, due), 0)
  await escalateCases(app, addWorkingMinutes(due, 130, hours))
  assert.equal((await row()).level, 3, 'a look that was missed is made good')
  await assign(app, caseId, AGENT, AGENT)
  await wait(app, caseId, AGENT, '等客户寄回照片')
  const left = (await row()).left_minutes!
  await goOn(app, caseId, AGENT, '照片已到')
  const now = await row()
  assert.equal(now.state, 'open')
  assert.ok(Math.abs(workingMinutesBetween(now.updated_at, now.due_at, hours) - Math.max(1, left)) < 0.1)
})

test('lists find by words, number, owner and lateness; the history tells everything; the customer is told at the end', async () => {
  const { caseId } = await openCase(app, {
    customerId: 9,
    kind: 'dispute',
    words: 'The hat stand was returned, 100% sure',
    line: 'HAT STAND 2 × £4.50',
    communicationId: 'f'.repeat(32),
    source: 'portal',
  })
  const found = async (query: object) =>
    (await findCases(app, caseQuery.parse(query), AGENT)).rows.map(each => each.case_id)
  assert.deepEqual(await found({ q: '100%' }), [caseId])
  assert.deepEqual(await found({ q: `#${caseId}` }), [caseId])
  assert.deepEqual(await found({ kind: 'dispute', owner: 'none' }), [caseId])
  assert.deepEqual(await found({ owner: 'me', state: 'resolved' }), [])
  assert.equal((await countCases(app, AGENT)).nobody, 2)
  await assert.rejects(noteTold(app, caseId, AGENT, 'letter'), { code: 'cases.not-resolved' })
  await addNote(app, caseId, AGENT, 'asked the warehouse')
  await resolveCase(app, caseId, AGENT, { outcome: 'explained', resolution: 'It comes with the next bill.' })
  await noteTold(app, caseId, AGENT, 'by telephone')
  const view = await caseView(app, caseId, true)
  await addNote(app, caseId, AGENT, 'ring 0571 8765 4321 or a.b@mail.example')
  const hidden = JSON.stringify(await caseView(app, caseId, false))
  assert.ok(
    !/8765|a\.b@/.test(hidden) && hidden.includes('ring'),
    'who may not see contacts does not find them in words',
  )
  assert.deepEqual(
    view.notes.map(note => note.what),
    ['opened', 'note', 'resolved', 'told'],
  )
  assert.deepEqual(
    [view.state, view.told, view.outcome, view.line],
    ['resolved', true, 'explained', 'HAT STAND 2 × £4.50'],
  )
  await assert.rejects(openCase(app, { ...complaint, words: '  ' }), { code: 'cases.no-words' })
  await assert.rejects(openCase(app, { ...complaint, category: 'bill-line' }), { code: 'cases.category' })
})

describe('themes over time', () => themeTests(() => app))
describe('what other systems heard', () => heardTests(() => app))
