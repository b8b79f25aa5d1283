import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { complaintOf, loadSample } from '../../optimize/index.ts'
import type { App } from '../../platform/app.ts'
import type { Role } from '../../platform/auth/permissions.ts'
import { addUser } from '../../platform/auth/users.ts'
import type { OpenApp } from '../../platform/open-app.ts'
import { heardTests } from '../heard/heard-tests.ts'
import { openInvented } from '../invented-turn.ts'
import { noticesOf } from '../staff-notices/notices.ts'
import { openTasks } from '../tasks/open-tasks.ts'
import { themeTests } from '../themes/themes-tests.ts'
import { caseQuery } from './api.ts'
import { caseView } from './case-view.ts'
import { addNote, assign, goOn, resolveCase, wait } from './change-case.ts'
import { resolveMistaken } from './close-mistaken.ts'
import { escalateCases } from './escalate.ts'
import { countCases, findCases } from './list-cases.ts'
import { noteTold } from './note-told.ts'
import { openCase } from './open-case.ts'
import { openCasesOf, openComplaintOf } from './open-cases-of.ts'
import { caseSettings, caseSettingsSchema, saveCaseSettings } from './settings.ts'
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
  const staff = async (login: string, roles: Role[]) =>
    addUser(app, { login, name: login, password: 'a long password 1', roles, lang: 'en' })
  const [agent, steward] = [await staff('agent', ['agent']), await staff('steward', ['steward'])]
  const heard = async (userId: number) =>
    (await noticesOf(app, userId)).rows.map(({ says, path }) => [says.en, path] as const)
  assert.equal(await escalateCases(app, due), 1)
  assert.deepEqual(await heard(agent), [[`No. ${caseId}: past the deadline, step 1.`, `/cases/${caseId}`]])
  assert.equal(await escalateCases(app, due), 0)
  await escalateCases(app, addWorkingMinutes(due, 130, hours))
  assert.equal((await row()).level, 3, 'a look that was missed is made good')
  assert.ok((await heard(steward)).some(([says]) => says === `No. ${caseId}: past the deadline, step 3.`))
  await assign(app, caseId, AGENT, AGENT)
  await wait(app, caseId, AGENT, '等客户寄回照片')
  const left = (await row()).left_minutes!
  await goOn(app, caseId, AGENT, '照片已到')
  const now = await row()
  assert.equal(now.state, 'open')
  assert.ok(Math.abs(workingMinutesBetween(now.updated_at, now.due_at, hours) - Math.max(1, left)) < 0.1)
})

test('a case that should never have been ends as if nothing had been said, and whether the customer hears of it is chosen', async () => {
  const open = async (customerId: number) => (await openCase(app, { ...complaint, customerId })).caseId
  /** Nobody here has an address: the job settles it so, and then it is as if it had gone. */
  const receiptWent = async (caseId: number) => {
    for (let tries = 0; tries < 2400; tries++) {
      const { numUpdatedRows } = await app.workflow.db
        .updateTable('customer_notices')
        .set({ state: 'sent' })
        .where('notice_key', '=', `case-opened:${caseId}`)
        .where('state', 'not in', ['waiting', 'sending'])
        .executeTakeFirst()
      if (numUpdatedRows > 0n) return
      await sleep(25)
    }
    assert.fail('the receipt was never looked at')
  }
  const notices = async (customerId: number) =>
    (
      await app.workflow.db
        .selectFrom('customer_notices')
        .select('kind')
        .where('customer_id', '=', customerId)
        .orderBy('kind')
        .execute()
    ).map(({ kind }) => kind)
  const [told, quiet, early] = [await open(21), await open(22), await open(23)]
  assert.equal((await complaintOf(app, 21)).open, true)
  for (const caseId of [told, quiet]) await receiptWent(caseId)
  await addNote(app, told, AGENT, 'a forged mail')
  await resolveMistaken(app, told, AGENT, { resolution: '', tell: true })
  await resolveMistaken(app, quiet, AGENT, { resolution: 'Nobody wrote to us', tell: false })
  await resolveMistaken(app, early, AGENT, { resolution: '', tell: true })
  assert.equal((await complaintOf(app, 21)).open, false)
  const counted = await app.facts.one<{ n: number }>(
    "SELECT count() AS n FROM events FINAL WHERE customer_id IN (21, 22, 23) AND type IN ('complaint', 'complaint-resolved')",
  )
  assert.equal(Number(counted.n), 0, 'no complaint was made, and none was resolved')
  const view = await caseView(app, quiet, true)
  assert.deepEqual([view.state, view.outcome, view.resolution], ['resolved', 'mistaken', 'Nobody wrote to us'])
  assert.deepEqual(await notices(21), ['case-opened', 'case-resolved'])
  assert.deepEqual(await notices(22), ['case-opened'])
  assert.deepEqual(await notices(23), ['case-opened'], 'who had no receipt is told no end')
  await assert.rejects(resolveMistaken(app, told, AGENT, { resolution: '', tell: true }), { code: 'cases.resolved' })
})

test('a case of a customer who was merged is theirs: found by name and number, open at the desk, an open complaint', async () => {
  const { caseId } = await openCase(app, { ...complaint, customerId: 30 })
  const run = { run_id: 77 }
  const served: App = { ...app, runs: { ...app.runs, latest: async step => (step === 'identity' ? run.run_id : null) } }
  await app.facts.insert('golden_records', [{ ...run, customer_id: 31, kind: 'person', name: '钱三一' }])
  await app.facts.insert('customer_redirects', [{ ...run, old_id: 30, customer_id: 31 }])
  const view = await caseView(served, caseId, true)
  assert.deepEqual([view.customerId, view.customerName], [31, '钱三一'])
  assert.deepEqual(
    (await openCasesOf(served, 31, [30])).map(({ path }) => path),
    [`/cases/${caseId}`],
  )
  const ids = async (query: object) =>
    (await findCases(served, caseQuery.parse(query), AGENT)).rows.map(each => each.case_id)
  assert.deepEqual([await ids({ customer: 31 }), await ids({ q: '钱三' })], [[caseId], [caseId]])
  assert.equal(await openComplaintOf(served, 31, []), true)
  assert.equal(await openComplaintOf(served, 31, [caseId]), false)
  await resolveMistaken(app, caseId, AGENT, { resolution: '', tell: false })
})

test('a category that open cases have is not removed, and each kind keeps one', async () => {
  const settings = await caseSettings(app)
  await openCase(app, { ...complaint, customerId: 33, category: 'contact' })
  const without = (code: string) => settings.categories.filter(one => one.code !== code)
  await assert.rejects(saveCaseSettings(app, { ...settings, categories: without('contact') }), {
    code: 'cases.category-used',
  })
  await saveCaseSettings(app, { ...settings, categories: without('copy') })
  assert.ok(!(await caseSettings(app)).categories.some(({ code }) => code === 'copy'))
  await saveCaseSettings(app, settings)
  const noDispute = { ...settings, categories: settings.categories.filter(({ kind }) => kind !== 'dispute') }
  assert.ok(!caseSettingsSchema.safeParse(noDispute).success)
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
  assert.equal((await countCases(app, AGENT)).nobody, 3)
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
