import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { verifyConsents } from '../src/collect/consent/verify.ts'
import { goldenRecord } from '../src/collect/customers/detail.ts'
import { importFile, recordEvents, recordStatements } from '../src/collect/index.ts'
import { certificateOf, isGenuine } from '../src/collect/rights/certificate.ts'
import { rightsCommands } from '../src/collect/rights/command.ts'
import { erasePerson } from '../src/collect/rights/erase.ts'
import { placeHold, releaseHold } from '../src/collect/rights/holds.ts'
import { decideRequest, openRequest, requestOf } from '../src/collect/rights/requests.ts'
import { runTurn } from '../src/loop.ts'
import { show } from '../src/personalize/index.ts'
import { addUser } from '../src/platform/auth/users.ts'
import { crm, markedAnywhere, markedRow, peopleFile, type SmallCompany, smallCompany } from './small-company.ts'

let company: SmallCompany
let communication: string
before(async () => {
  company = await smallCompany()
  const { app, customer } = company
  const [row] = await app.facts.query<{ id: string }>(
    "SELECT communication_id AS id FROM communications WHERE customer_id = {customer:UInt64} AND state = 'composed'",
    { customer },
  )
  communication = row!.id
  await recordStatements(app, [
    {
      kind: 'consent',
      id: 'taken-back',
      customerId: customer,
      purpose: 'marketing',
      channel: 'email',
      state: 'withdrawn',
      at: new Date(),
      source: 'app',
      evidenceHow: 'email',
      evidenceRef: 'mail from zebra.unique@nowhere-mail.example',
    },
  ])
  await recordEvents(app, [
    {
      eventId: 'told-1',
      customerId: customer,
      type: 'answer',
      at: new Date(),
      payload: { fields: { mobile: '13987654321' }, note: '斑马先生' },
    },
  ])
  await addUser(app, { login: 'li', name: 'Li', roles: ['steward'], password: 'correct-horse-1' })
  await addUser(app, { login: 'wang', name: 'Wang', roles: ['steward'], password: 'correct-horse-2' })
})
after(async () => {
  await company.app.close()
  await rm(company.folder, { recursive: true, force: true })
})

/** Files of the data folder that hold a text, in any of the encodings it could stand in. */
function filesWith(text: string): string[] {
  try {
    const found = execFileSync('grep', ['-rlaF', text, company.folder], { encoding: 'utf8' })
    return found
      .trim()
      .split('\n')
      .map(path => path.slice(company.folder.length))
  } catch {
    return []
  }
}

const run = (name: string, args: string[], options: Record<string, string> = {}) =>
  rightsCommands
    .find(command => command.name.startsWith(`rights ${name}`))!
    .run({ args, options, cwd: company.folder, app: company.app, progress: () => undefined, lang: 'en' })

test('before: the person stands in files, facts and the workflow store', () => {
  for (const text of markedAnywhere) assert.ok(filesWith(text).length > 0, text)
  assert.ok(filesWith('zebra.unique').some(path => path.startsWith('/workflow/')))
  assert.ok(filesWith('zebra.unique').some(path => path.startsWith('/facts/')))
})

test('the export holds everything: tables, the bill as received, a page in Chinese', async () => {
  const { app, customer, folder } = company
  const { json } = await run('export', [String(customer)], { out: 'export.zip' })
  const exported = json as { documents: number; tables: { table: string; rows: number }[] }
  assert.equal(exported.documents, 1)
  const rows = (table: string) => exported.tables.find(candidate => candidate.table === table)?.rows ?? 0
  assert.equal(rows('collect.source_records'), 2)
  assert.equal(rows('collect.sale_lines'), 9)
  assert.equal(rows('collect.quarantine'), 1)
  assert.ok(
    rows('collect.consent_ledger') === 1 && rows('personalize.communications') === 1 && rows('analyze.scores') === 1,
  )
  const python = `import zipfile,sys,json
z=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None
d=json.loads(z.read('data.json')); assert d['tables']['collect.golden_records'][0]['email']=='zebra.unique@nowhere-mail.example'
h=z.read('摘要.html').decode(); assert '诸葛斑马' in h and '您的个人信息' in h and '<script' not in h
print([n for n in z.namelist() if n.startswith('documents/')][0])`
  const env = { ...process.env, PYTHONUTF8: '1' }
  const document = execFileSync('python3', ['-c', python, join(folder, 'export.zip')], { encoding: 'utf8', env }).trim()
  const bytes = execFileSync('unzip', ['-p', join(folder, 'export.zip'), document], { maxBuffer: 1 << 26 })
  assert.deepEqual(bytes, Buffer.from((await show(app, communication)).bytes))
  await rm(join(folder, 'export.zip'))
})

test('four eyes: nobody approves what they asked for', async () => {
  const { app, customer, folder } = company
  const first = await run('erase', [String(customer)])
  assert.equal((first.json as { state: string }).state, 'requested')
  await writeFile(join(folder, 'password'), 'wrong\n')
  await assert.rejects(run('erase', [String(customer)], { approvedBy: 'li', passwordFile: 'password' }), {
    code: 'rights.approver',
  })
  await assert.rejects(openRequest(app, { kind: 'erasure', customerId: customer, receivedBy: 'call', userId: 1 }), {
    code: 'rights.open-already',
  })
  const { request } = first.json as { request: number }
  await decideRequest(app, request, 1, false)
  const second = await openRequest(app, { kind: 'erasure', customerId: customer, receivedBy: 'call', userId: 1 })
  await assert.rejects(decideRequest(app, second.id, 1, true), { code: 'rights.four-eyes' })
  await assert.rejects(erasePerson(app, second.id), { code: 'rights.state' })
  await decideRequest(app, second.id, 2, true)
})

test('under a legal hold the ledger and its documents stay, everything else goes, and the certificate says so', async () => {
  const { app, customer } = company
  const hold = await placeHold(app, { customerId: customer, reason: 'court case 17', until: '2099-01-01' }, 1)
  const request = (
    await app.workflow.db
      .selectFrom('rights_requests')
      .select('id')
      .where('state', '=', 'approved')
      .executeTakeFirstOrThrow()
  ).id
  // Cut short at many points, as by a kill, it goes on each time.
  for (const at of [2, 5, 9, 20, 31, 44])
    await assert.rejects(
      erasePerson(app, request, done => {
        if (done === at) throw new Error('killed')
      }),
      /killed/,
    )
  const { body } = await erasePerson(app, request)
  assert.equal((await requestOf(app, request)).state, 'held')
  assert.deepEqual([...new Set(body.kept.map(item => item.reason))], ['court case 17'])
  assert.ok(body.kept.some(item => item.what === 'facts.communications'))
  assert.equal((await show(app, communication)).row.customer_id, customer, 'shown as before')
  await assert.rejects(goldenRecord(app, (await app.runs.latest('identity'))!, customer), { code: 'rights.erased' })
  assert.equal(
    body.erased.find(item => item.what === 'facts.source_records')?.rows,
    2,
    'counted once however often it was begun',
  )
  assert.equal(body.erased.find(item => item.what === 'facts.golden_records')?.rows, 1)
  await releaseHold(app, hold, 2)
})

test('erased: absent from every file of the data folder; counts, a signed certificate and "erased" are left', async () => {
  const { app, customer, folder } = company
  await mkdir(join(folder, 'backup'), { recursive: true })
  await writeFile(join(folder, 'backup', 'nightly.tar.gz'), 'x')
  const counted = () =>
    app.facts.one(
      `SELECT (SELECT count() FROM communications) AS communications, (SELECT count() FROM deliveries) AS deliveries,
         (SELECT sum(amount_minor) FROM sale_lines) AS sold, (SELECT count() FROM sale_lines) AS lines, (SELECT count() FROM quarantine) AS quarantined`,
    )
  const before = await counted()
  const request = (
    await app.workflow.db
      .selectFrom('rights_requests')
      .select('id')
      .where('state', '=', 'held')
      .executeTakeFirstOrThrow()
  ).id
  await erasePerson(app, request)
  assert.equal((await requestOf(app, request)).state, 'done')
  for (const text of markedAnywhere) assert.deepEqual(filesWith(text), [], text)
  assert.deepEqual(await counted(), before)
  assert.equal(
    (await readdir(join(folder, 'out', 'print'), { recursive: true })).some(name => name.includes(communication)),
    false,
  )
  await assert.rejects(show(app, communication), { code: 'personalize.erased', status: 410 })
  const certificate = await certificateOf(app, (await requestOf(app, request)).certificate_id!)
  assert.ok(isGenuine(certificate))
  assert.deepEqual(certificate.body.backups, ['nightly.tar.gz'])
  assert.equal(certificate.body.oldParts, 0)
  for (const text of markedAnywhere) assert.ok(!JSON.stringify(certificate).includes(text))
  const forged = structuredClone(certificate)
  forged.body.erased[0]!.rows++
  assert.ok(!isGenuine(forged))
  assert.deepEqual((await verifyConsents(app)).findings, [], 'other chains and seals hold')
  await assert.rejects(run('erase', [String(customer)]), { code: 'rights.erased' })
})

test('no file brings the person back, not as a customer, not in the quarantine; others come in', async () => {
  const { app, folder, customer } = company
  const path = join(folder, 'inbox', 'crm-2.csv')
  await writeFile(
    path,
    peopleFile([
      markedRow('C9001'),
      markedRow('C9777', { account: '', idNumber: '', email: '' }),
      markedRow('C9778', { name: '', birth: '1971-02-31' }),
      markedRow('C9002', {
        name: '诸葛他人',
        mobile: '13911112222',
        email: 'other@nowhere.example',
        idNumber: '',
        account: '889900',
        street: '别路1号',
      }),
    ]),
  )
  const result = await importFile(app, crm, path)
  assert.deepEqual([result.rowsIn, result.stored, result.quarantined], [4, 1, 3])
  await rm(path)
  await runTurn(app, '2010-12-02')
  const runId = (await app.runs.latest('identity'))!
  const { mine, other, most } = await app.facts.one<{ mine: number; other: number; most: number }>(
    `SELECT countIf(name = '诸葛斑马' OR mobile = '+8613987654321') AS mine, countIf(name = '诸葛他人') AS other, maxIf(customer_id, name = '诸葛他人') AS most
     FROM golden_records WHERE run_id = {runId:UInt64}`,
    { runId },
  )
  assert.deepEqual([mine, other], [0, 1])
  assert.ok(most > customer, 'a number is never given twice')
  for (const text of markedAnywhere) assert.deepEqual(filesWith(text), [], text)
  const bad = await app.facts.query<{ rule: string; raw: string }>(
    "SELECT rule, raw FROM quarantine WHERE file = 'crm-2.csv'",
  )
  assert.deepEqual([...new Set(bad.map(row => `${row.rule}${row.raw}`))], ['erased'])
  assert.match(await readFile(join(folder, 'inbox', 'crm-1.csv'), 'utf8'), /^row_key,.*\nC1000,/)
})
