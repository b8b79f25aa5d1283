import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { recordEvents, recordStatements } from '../collect/index.ts'
import * as personalize from '../personalize/index.ts'
import { buildServer } from '../platform/http/server.ts'
import type { OpenApp } from '../platform/open-app.ts'
import { saveChannel } from './channels/channel-store.ts'
import { startSftpServer } from './channels/test-servers/sftp-server.ts'
import { communicationStates } from './delivery-states.ts'
import { electronicPaperTests, sayHowPapersGo } from './electronic-papers-tests.ts'
import { addressHash } from './gate/address-hash.ts'
import { refusals } from './gate/gate.ts'
import * as interact from './index.ts'
import { inventedRuns, inventTurn, openInvented, runInvented } from './invented-turn.ts'
import { makePrintRun } from './print-runs/make-run.ts'
import { reportCounts, takeReport } from './print-runs/reports.ts'
import { reprint } from './print-runs/reprint.ts'
import { runFolder } from './print-runs/run-folder.ts'
import { printRun } from './print-runs/run-store.ts'
import { printSettingsSchema } from './print-runs/settings.ts'
import { releaseTask, takeTask } from './tasks/claim.ts'
import { kindOf } from './tasks/kinds/index.ts'
import { numbersOf, shutNumber } from './tasks/numbers-to-ring.ts'
import { recordOutcome } from './tasks/outcome.ts'
import { takeChosen, takeNext } from './tasks/take-next.ts'
import { listTasks } from './tasks/task-table.ts'
import { taskWithScript } from './tasks/task-view.ts'

const asOf = '2010-12-01'
let folder: string
let app: OpenApp
let result: Awaited<ReturnType<typeof runInvented>>
let said: Awaited<ReturnType<typeof sayHowPapersGo>>

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiyin-deliver-'))
  app = await openInvented(folder)
  await inventTurn(app, 200, asOf)
  said = await sayHowPapersGo(app)
  result = await runInvented(app, asOf)
})

after(async () => {
  await app.close()
  await rm(folder, { recursive: true })
})

const filesIn = async (...path: string[]) =>
  (await readdir(join(folder, 'out', ...path))).filter(name => !name.startsWith('.'))
const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

test('counts add up, in the turn, by channel and in the folders', async () => {
  const { compose, deliver } = result
  assert.equal(compose['planned'], Number(compose['composed']) + Number(compose['held']))
  assert.equal(compose['composed'], Number(deliver['settled']) + Number(deliver['refused']) + Number(deliver['failed']))
  for (const name of ['composed', 'held']) assert.ok(Number(compose[name]) > 10, `${name}: ${compose[name]}`)
  assert.ok(Number(deliver['refused']) > 10, 'customers without consent are refused')
  const counts = await app.runs.countsOf(result.turnId)
  const count = (channel: string, name: string) =>
    counts.find(row => row.scope === channel && row.name === name)?.value ?? 0
  const print = await filesIn('print', String(result.runs['deliver']))
  assert.equal(print.filter(name => name.endsWith('.pdf')).length, count('print', 'settled'))
  assert.equal((await filesIn('mail', 'new')).length, count('email', 'settled'))
  assert.equal((await filesIn('sms')).length, count('sms', 'settled'))
  assert.equal((await listTasks(app, { offset: 0, limit: 1 })).total, count('call', 'settled'))
  const control = JSON.parse(
    await readFile(join(folder, 'out/print', String(result.runs['deliver']), 'control.json'), 'utf8'),
  )
  assert.equal(control.pieces, count('print', 'settled'))
  assert.deepEqual(await readdir(join(folder, 'spool')), [], 'nothing waits any more')
})

test('a print run: every settled document in one envelope, files with control, reprint by piece, nothing twice', async () => {
  const settled = (await filesIn('print', String(result.runs['deliver']))).filter(name => name.endsWith('.pdf'))
  // Small files, so that there are several.
  const settings = printSettingsSchema.parse({ mostSheetsAFile: 20, proofs: 2 })
  const shop = await startSftpServer(await mkdtemp(join(folder, 'shop-')), 'secret')
  const sftp = { host: '127.0.0.1', port: shop.port, user: 'me', hostKey: shop.hostKey, folder: '/' }
  await saveChannel(
    app,
    { kind: 'sftp', name: 'shop', settings: sftp, secrets: { password: 'secret' }, state: 'on', position: 0 },
    { userId: 1 },
  )
  const made = await makePrintRun(app, settings, null)
  assert.equal(made.documents, settled.length)
  await app.jobs.drain({ group: `print-run-${made.id}` })
  while (!shop.renamed.includes('manifest.json.sha256')) await sleep(20)
  await shop.close()
  await app.workflow.db.updateTable('delivery_channels').set({ state: 'off' }).execute()
  const own = await readdir(runFolder(app, made.id))
  assert.deepEqual(shop.renamed.toSorted(), own.toSorted(), 'all of the run and nothing else is at the print shop')
  assert.deepEqual(shop.renamed.slice(-2), ['manifest.json', 'manifest.json.sha256'])
  const manifest = JSON.parse(await readFile(join(runFolder(app, made.id), 'manifest.json'), 'utf8'))
  assert.ok(manifest.files.length > 1)
  assert.deepEqual(manifest.printed, { documents: made.documents, pieces: made.pieces, sheets: made.sheets })
  const printed: string[] = []
  for (const { name, sha256, sheets } of manifest.files) {
    const pdf = await readFile(join(runFolder(app, made.id), name))
    assert.equal(hash(pdf), sha256)
    const control = await readFile(join(runFolder(app, made.id), name.replace('.pdf', '.csv')), 'utf8')
    const lines = control
      .trim()
      .split('\r\n')
      .slice(1)
      .map(line => line.split(','))
    printed.push(...lines.flatMap(cells => cells[8]!.split(' ')))
    assert.equal(
      lines.reduce((sum, cells) => sum + Number(cells[2]), 0),
      sheets,
    )
  }
  assert.deepEqual(printed.sort(), settled.map(name => name.slice(0, 32)).sort())
  await assert.rejects(makePrintRun(app, settings, null), /Nothing is waiting/)

  await assert.rejects(takeReport(app, made.id, [{ piece: 1, state: 'eaten' }]), /Row 1 .*state/)
  await assert.rejects(takeReport(app, made.id, [{ piece: made.pieces + 1, state: 'missing' }]), /Row 1/)
  assert.deepEqual(
    await takeReport(app, made.id, [
      { piece: 2, state: 'damaged' },
      { piece: '3', state: 'inserted' },
    ]),
    { damaged: 1, inserted: 1 },
  )
  const again = await reprint(app, made.id, [], null)
  assert.equal(again.pieces, 1)
  await app.jobs.drain({ group: `print-run-${again.id}` })
  assert.deepEqual(await reportCounts(app, await printRun(app, made.id)), {
    reprinted: 1,
    inserted: 1,
    unreported: made.pieces - 2,
  })
  await assert.rejects(reprint(app, made.id, [], null), /Nothing is waiting/)
  await assert.rejects(reprint(app, made.id, [0], null), /no piece 0/)
})

electronicPaperTests(
  () => app,
  () => said,
  asOf,
)

test('what was delivered can be shown again, byte for byte', async () => {
  const folderOf = { print: ['print', String(result.runs['deliver'])], email: ['mail', 'new'] }
  for (const path of Object.values(folderOf))
    for (const name of (await filesIn(...path)).filter(file => /^[0-9a-f]{32}\./.test(file)).slice(0, 5)) {
      const sent = await readFile(join(folder, 'out', ...path, name))
      const shown = await personalize.show(app, name.slice(0, 32))
      assert.equal(hash(shown.bytes), hash(sent))
      assert.equal(shown.sha256, hash(sent))
      assert.equal((await communicationStates(app, shown.row.customer_id)).get(shown.row.communication_id), 'settled')
    }
})

test('whoever got an offer is in the contact history, by the day of the turn', async () => {
  const { sent, wrong } = await app.facts.one<{ sent: number; wrong: number }>(
    `SELECT count() AS sent, countIf(JSONExtractString(payload, 'asOf') != {asOf:String}) AS wrong FROM events FINAL WHERE type = 'sent'`,
    { asOf },
  )
  assert.equal(sent, result.deliver['settled'])
  assert.equal(wrong, 0)
})

test('another turn of the same month writes no bill again', async () => {
  const second = await runInvented(app, '2010-12-02')
  const { bills } = await app.facts.one<{ bills: number }>(
    `SELECT count() AS bills FROM communications WHERE run_id = {runId:UInt64} AND kind = 'bill' AND state = 'composed'`,
    { runId: second.runs['compose']! },
  )
  assert.equal(bills, 0)
  assert.equal(second.deliver['settled'], 0, 'the contact policy leaves no room the day after')
})

test('the gate: consent taken back, suppression, complaint', async () => {
  const consented = await app.facts.query<{ customer_id: number }>(
    `SELECT customer_id FROM customer_consents WHERE run_id = {run:UInt64} AND channel = 'email' AND granted = 1
     AND customer_id NOT IN (SELECT customer_id FROM events) ORDER BY customer_id LIMIT 4`,
    { run: inventedRuns.identity! },
  )
  const [free, withdrawn, suppressed, complained] = consented.map(row => row.customer_id) as [
    number,
    number,
    number,
    number,
  ]
  const now = new Date()
  await recordEvents(app, [
    {
      eventId: randomUUID(),
      customerId: withdrawn,
      type: 'answer',
      at: now,
      payload: { consents: [{ channel: 'email', granted: false }] },
    },
    { eventId: randomUUID(), customerId: complained, type: 'complaint', at: now },
  ])
  await app.workflow.db
    .insertInto('suppressions')
    .values({ channel: 'email', address_hash: addressHash('email', 'A@mail.example '), reason: 'test', at: now })
    .execute()
  const message = (customerId: number, address = `${customerId}@mail.example`) => ({
    id: String(customerId),
    customerId,
    channel: 'email' as const,
    class: 'offer',
    address,
  })
  const refused = await refusals(app, { identityRun: inventedRuns.identity!, asOf }, [
    message(free),
    message(withdrawn),
    message(suppressed, 'a@mail.example'),
    message(complained),
  ])
  assert.deepEqual(Object.fromEntries(refused), {
    [withdrawn]: 'no-consent',
    [suppressed]: 'suppressed',
    [complained]: 'blackout',
  })
  const service = await refusals(app, { identityRun: inventedRuns.identity!, asOf }, [
    { ...message(withdrawn), class: 'service' },
  ])
  assert.equal(service.size, 0, 'service mail needs no consent')
})

test('what is taken back in the app stops a message a moment later; wishes and lists do as well', async () => {
  const rows = await app.facts.query<{ customer_id: number }>(
    `SELECT customer_id FROM customer_consents WHERE run_id = {run:UInt64} AND channel = 'sms' AND granted = 1
     AND customer_id NOT IN (SELECT customer_id FROM events) ORDER BY customer_id LIMIT 4`,
    { run: inventedRuns.identity! },
  )
  const [free, withdrawn, sleeping, sparing] = rows.map(row => row.customer_id) as [number, number, number, number]
  const message = (customerId: number) => ({
    id: String(customerId),
    customerId,
    channel: 'sms' as const,
    class: 'offer',
    address: '+8613900000000',
  })
  const now = new Date('2026-11-21T02:00:00Z') // 10:00 in Shanghai
  const run = { identityRun: inventedRuns.identity!, asOf: '2026-11-21' }
  const asked = () => refusals(app, run, [free, withdrawn, sleeping, sparing].map(message), now)
  assert.equal((await asked()).size, 0)
  const common = { at: new Date(), source: 'app', evidenceHow: 'call' }
  await recordStatements(app, [
    { ...common, kind: 'consent', id: randomUUID(), customerId: withdrawn, channel: 'sms', state: 'withdrawn' },
    {
      ...common,
      kind: 'preference',
      id: randomUUID(),
      customerId: sleeping,
      name: 'quiet-hours',
      value: '09:00-12:00',
    },
    { ...common, kind: 'preference', id: randomUUID(), customerId: sparing, name: 'frequency', value: '0' },
  ])
  assert.deepEqual(
    [...(await asked())].sort(),
    [
      [String(withdrawn), 'no-consent'],
      [String(sleeping), 'quiet-hours'],
      [String(sparing), 'own-wish'],
    ].sort(),
  )
})

test('two agents never hold one task, however many ask at once', async () => {
  const taken = await Promise.all(Array.from({ length: 12 }, (_, agent) => takeNext(app, 100 + agent)))
  const ids = taken.flatMap(task => (task ? [task.task_id] : []))
  assert.ok(ids.length > 5)
  assert.equal(new Set(ids).size, ids.length)
  const first = taken[0]!
  assert.equal((await takeNext(app, 100))?.task_id, first.task_id, 'who holds one gets it again')
  await assert.rejects(takeTask(app, first.task_id, 101), { code: 'interact.task-held' })
  await assert.rejects(releaseTask(app, first.task_id, 101), { code: 'interact.task-not-held' })
  for (const [agent, task] of taken.entries()) if (task) await releaseTask(app, task.task_id, 100 + agent)
})

test('a call an agent chooses is asked about like one that is given out', async () => {
  const task = await takeNext(app, 100)
  assert.ok(task)
  await releaseTask(app, task.task_id, 100)
  assert.equal((await takeChosen(app, task.task_id, 100)).task_id, task.task_id)
  await releaseTask(app, task.task_id, 100)
  const runId = (await app.runs.latest('identity'))!
  const numbers = (await numbersOf(app, runId, [task.customer_id])).get(task.customer_id)!.open
  for (const number of numbers) await shutNumber(app, number, 'do-not-call')
  const { db } = app.workflow
  await db.updateTable('tasks').set({ cleared_at: null }).where('task_id', '=', task.task_id).execute()
  await assert.rejects(takeChosen(app, task.task_id, 100), { code: 'desk.task-stopped' })
})

test('the outcome of a call: recorded once, task moved on, channel closed where asked', async () => {
  const agent = { userId: 7, roles: ['agent'] }
  const task = await takeNext(app, agent.userId)
  assert.ok(task)
  const detail = await taskWithScript(app, task, agent)
  assert.ok(detail.script.blocks.length > 3 && detail.phone.startsWith('+86'))
  assert.deepEqual(await kindOf(task.kind).scripts?.(app, [task]), new Map([[task.task_id, detail.script]]))
  const again = { id: randomUUID(), outcome: 'no-answer' as const, note: '', answers: {}, fields: {} }
  assert.equal((await recordOutcome(app, task.task_id, 7, again)).task.state, 'open')
  const repeated = await recordOutcome(app, task.task_id, 7, again)
  assert.equal(repeated.task.attempts, 1, 'sent twice, it is one')
  await takeTask(app, task.task_id, 7)
  await assert.rejects(recordOutcome(app, task.task_id, 7, { ...again, id: randomUUID(), outcome: 'callback' }), {
    code: 'interact.callback-missing',
  })
  const last = {
    id: randomUUID(),
    outcome: 'do-not-call' as const,
    note: '不要再打',
    answers: { 'consent.email': 'granted' },
    fields: { email: 'new@mail.example' },
  }
  const { task: done } = await recordOutcome(app, task.task_id, 7, last)
  assert.equal(done.state, 'done')
  const events = await app.facts.query<{ type: string; payload: string }>(
    `SELECT toString(type) AS type, payload FROM events FINAL WHERE task_id = {task:String} ORDER BY at, type`,
    { task: task.task_id },
  )
  assert.deepEqual(events.map(event => event.type).sort(), ['answer', 'called', 'called'])
  const answer = JSON.parse(events.find(event => event.type === 'answer')!.payload)
  assert.deepEqual(answer.fields, { email: 'new@mail.example' })
  assert.deepEqual(answer.consents, [
    { channel: 'email', granted: true },
    { channel: 'call', granted: false },
  ])
  const { address } = await personalize.manifestOf(app, task.task_id)
  const listed = await app.workflow.db
    .selectFrom('suppressions')
    .select('reason')
    .where('address_hash', '=', addressHash('call', address))
    .executeTakeFirst()
  assert.equal(listed?.reason, 'do-not-call')
  await assert.rejects(recordOutcome(app, task.task_id, 7, { ...again, id: randomUUID() }), {
    code: 'interact.task-done',
  })
})

test('over HTTP: documents with safe headers, tasks, deliveries', async () => {
  const stages = [personalize.stage, interact.stage]
  const http = await buildServer(app, { stages, webRoot: join(folder, 'no-web'), localToken: 'local' })
  const call = async (method: 'GET' | 'POST', url: string, body?: object) =>
    http.inject({
      method,
      url: `/api/v1${url}`,
      headers: { authorization: 'Bearer local', 'x-huiyin': '1' },
      ...(body ? { payload: body } : {}),
    })
  try {
    const { rows } = (await call('GET', '/communications?state=held&limit=50')).json() as {
      rows: { communicationId: string; channel: string; state: string; customerId: number; sha256: string }[]
    }
    const held = rows.find(row => row.state === 'held')
    assert.equal((await call('GET', `/communications/${held?.communicationId}/content`)).statusCode, 409)
    assert.equal((await call('GET', '/communications/nothing/content')).statusCode, 404)
    const all = await app.facts.query<{ id: string; channel: string; customer: number }>(
      `SELECT communication_id AS id, toString(channel) AS channel, customer_id AS customer FROM communications WHERE state = 'composed' ORDER BY run_id LIMIT 1 BY channel`,
    )
    const types: Record<string, string> = {
      print: 'application/pdf',
      email: 'message/rfc822',
      sms: 'text/plain; charset=utf-8',
      call: 'application/json; charset=utf-8',
      portal: 'text/html; charset=utf-8',
    }
    for (const { id, channel, customer } of all) {
      const content = await call('GET', `/communications/${id}/content`)
      assert.equal(content.statusCode, 200, content.body.slice(0, 300))
      assert.equal(content.headers['content-type'], types[channel])
      assert.equal(content.headers['x-content-type-options'], 'nosniff')
      assert.equal(content.headers['x-content-sha256'], hash(content.rawPayload))
      const seen = await call('GET', `/communications/${id}/preview`)
      assert.equal(seen.statusCode, 200)
      if (channel !== 'print')
        assert.match(String(seen.headers['content-security-policy']), /^sandbox; default-src 'none'/)
      const deliveries = (await call('GET', `/customers/${customer}/deliveries`)).json() as {
        rows: { communicationId: string; state: string }[]
      }
      assert.ok(deliveries.rows.some(row => row.communicationId === id && ['settled', 'refused'].includes(row.state)))
    }
    const templates = (await call('GET', '/templates')).json() as { rows: { id: string }[] }
    assert.ok(templates.rows.length >= 6)
    for (const { id } of templates.rows)
      for (const language of ['zh-CN', 'en'])
        assert.equal((await call('GET', `/templates/${id}/preview?language=${language}`)).statusCode, 200)
    const next = await call('POST', '/tasks/next', {})
    assert.equal(next.statusCode, 200, next.body)
    const { taskId } = next.json() as { taskId: string }
    const outcome = await call('POST', `/tasks/${taskId}/outcome`, { id: randomUUID(), outcome: 'accepted' })
    assert.equal(outcome.statusCode, 200, outcome.body)
    assert.equal((outcome.json() as { state: string }).state, 'done')
    const list = (await call('GET', '/tasks?state=done')).json() as { total: number }
    assert.equal(list.total, 2)
  } finally {
    await http.close()
  }
})
