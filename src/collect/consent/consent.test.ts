import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { OpenApp } from '../../platform/open-app.ts'
import { openTestApp } from '../../platform/open-test-app.ts'
import { stage } from '../index.ts'
import { consentHistory } from './history.ts'
import { recordStatements } from './record-statements.ts'
import { preferencesOf, standingConsents } from './standing.ts'
import { standingConsentsSql } from './standing-sql.ts'
import type { Statement } from './statement.ts'
import { changeEntries, linesOf, listSizes, listsWith, undoUpload } from './suppression/entries.ts'
import { changeList } from './suppression/lists.ts'
import { stoppedByLists } from './suppression/suppressed.ts'
import { suppressedCustomersSql } from './suppression/suppressed-sql.ts'
import { verifyConsents } from './verify.ts'
import { addWording, wordings } from './wordings.ts'

const RUN = 9001
let dir: string
let app: OpenApp
before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'huiyin-consent-'))
  app = await openTestApp(join(dir, 'data'), [stage])
  await app.facts.exec(
    `INSERT INTO golden_records (run_id, customer_id, kind, name, mobile, email, id_number, street, postcode, country, accounts)
     SELECT ${RUN}, number, 'person', 'x', concat('+86138', leftPad(toString(number), 8, '0')), concat('c', toString(number), '@mail.example'),
       concat('ID', toString(number), 'x'), concat('文三路 ', toString(number), ' 号'), '310012', 'CN', [toString(10000 + number)] FROM numbers(1, 20)`,
  )
  await app.facts.exec(
    `INSERT INTO customer_consents (run_id, customer_id, channel, granted, at, source)
     SELECT ${RUN}, number, 'email', 1, toDateTime('2010-11-01', 'UTC'), 'crm' FROM numbers(1, 20)`,
  )
})
after(async () => {
  await app.close()
  await rm(dir, { recursive: true, force: true })
})

let number = 0
const said = (
  customerId: number,
  state: 'granted' | 'refused' | 'withdrawn',
  at: Date,
  channel = 'email',
): Statement => ({
  kind: 'consent',
  id: `t${number++}`,
  customerId,
  purpose: 'marketing',
  channel,
  state,
  at,
  source: 'app',
  evidenceHow: 'call',
  evidenceRef: 'rec-1',
})
const DAY = 86_400_000
const ago = (days: number): Date => new Date(Date.now() - days * DAY)

test('the newest statement holds, also against what identity resolved; a refusal wins a tie; twice is once', async () => {
  const twice = said(1, 'withdrawn', ago(1))
  assert.deepEqual(await recordStatements(app, [twice]), { recorded: 1 })
  assert.deepEqual(await recordStatements(app, [twice]), { recorded: 0 })
  const tie = ago(2)
  await recordStatements(app, [
    said(2, 'refused', tie),
    said(2, 'granted', tie),
    said(3, 'withdrawn', new Date('2009-01-01')),
  ])
  const standing = await standingConsents(app, RUN, [1, 2, 3, 4])
  const granted = (id: number) => standing.get(`${id}/email`)?.granted
  assert.deepEqual([granted(1), granted(2), granted(3), granted(4)], [false, false, true, true])
  const planned = await app.facts.query<{ customer_id: number; granted: number }>(
    `SELECT customer_id, granted FROM (${standingConsentsSql('run', 'customer_id IN (1, 2, 3, 4)')}) WHERE channel = 'email' ORDER BY customer_id`,
    { run: RUN },
  )
  assert.deepEqual(
    planned.map(row => row.granted),
    [0, 0, 1, 1],
    'plans read the same',
  )
})

test('other purposes stand apart; what cannot be said is refused and nothing of the batch is written', async () => {
  const profiling = { ...said(5, 'granted', ago(1)), purpose: 'profiling', channel: '*' } as Statement
  await recordStatements(app, [profiling])
  assert.equal((await standingConsents(app, RUN, [5], 'profiling')).get('5/*')?.granted, true)
  assert.equal((await standingConsents(app, RUN, [5])).get('5/*'), undefined)
  const refused: [Statement, string][] = [
    [{ ...said(6, 'granted', ago(1)), purpose: 'horoscopes' } as Statement, 'consent.no-purpose'],
    [{ ...said(6, 'granted', ago(1)), channel: '*' } as Statement, 'consent.channel'],
    [{ ...said(6, 'granted', ago(1)), purpose: 'profiling' } as Statement, 'consent.no-channel'],
    [said(6, 'granted', new Date(Date.now() + DAY)), 'consent.future'],
    [{ ...said(6, 'granted', ago(1)), wording: 'marketing', wordingVersion: 9 }, 'consent.no-wording'],
  ]
  for (const [statement, code] of refused)
    await assert.rejects(recordStatements(app, [said(6, 'granted', ago(3)), statement]), { code })
  assert.equal((await consentHistory(app, RUN, 6)).length, 0)
})

test('preferences are statements too; the last one holds and an empty one takes it back', async () => {
  const wish = (name: 'quiet-hours' | 'frequency', value: string, at: Date): Statement => ({
    kind: 'preference',
    id: `p${number++}`,
    customerId: 7,
    name,
    value,
    at,
    source: 'app',
  })
  await recordStatements(app, [wish('quiet-hours', '20:00-09:00', ago(3)), wish('frequency', '2', ago(3))])
  assert.deepEqual((await preferencesOf(app, RUN, [7])).get(7), {
    quietHours: { from: '20:00', to: '09:00' },
    frequency: 2,
  })
  await recordStatements(app, [wish('quiet-hours', '', ago(1))])
  assert.deepEqual((await preferencesOf(app, RUN, [7])).get(7), { frequency: 2 })
  await assert.rejects(recordStatements(app, [wish('quiet-hours', '25:00-09:00', ago(1))]), {
    code: 'consent.preference',
  })
})

test('nobody changes or takes out a statement, and who gets past the trigger is found', async () => {
  await recordStatements(app, [
    said(8, 'granted', ago(9)),
    said(8, 'withdrawn', ago(8)),
    said(8, 'granted', ago(7)),
    said(9, 'refused', ago(7)),
  ])
  const db = app.workflow.db
  for (const attack of [
    sql`UPDATE consent_ledger SET state = 'granted' WHERE customer_id = 8`,
    sql`DELETE FROM consent_ledger WHERE customer_id = 8`,
    sql`TRUNCATE consent_ledger`,
  ])
    await assert.rejects(attack.execute(db))
  const before = await verifyConsents(app)
  assert.deepEqual(before.findings, [])
  await sql`ALTER TABLE consent_ledger DISABLE TRIGGER consent_ledger_keeps`.execute(db)
  await sql`UPDATE consent_ledger SET state = 'granted' WHERE customer_id = 8 AND seq = 2`.execute(db)
  const [changed] = (await verifyConsents(app)).findings
  assert.deepEqual(changed, { where: 'chain', id: 8, seq: 2, what: 'changed' })
  await sql`UPDATE consent_ledger SET state = 'withdrawn' WHERE customer_id = 8 AND seq = 2`.execute(db)
  assert.equal((await verifyConsents(app)).root, before.root)
  await sql`DELETE FROM consent_ledger WHERE customer_id = 8 AND seq = 3`.execute(db)
  assert.deepEqual((await verifyConsents(app)).findings[0], { where: 'chain', id: 8, seq: 3, what: 'cut-off' })
  await sql`DELETE FROM consent_ledger WHERE customer_id = 9`.execute(db)
  assert.equal((await verifyConsents(app)).findings[1]?.id, 9)
  await sql`DELETE FROM consent_heads WHERE customer_id IN (8, 9)`.execute(db)
  await sql`DELETE FROM consent_ledger WHERE customer_id IN (8, 9)`.execute(db)
  await sql`ALTER TABLE consent_ledger ENABLE TRIGGER consent_ledger_keeps`.execute(db)
  await app.facts.exec('DELETE FROM consent_statements WHERE customer_id IN (8, 9)')
})

test('what a file brought is sealed, and a changed statement is found', async () => {
  await app.facts.exec(
    `INSERT INTO consents (source, row_key, customer_id, channel, granted, at, import_id)
     SELECT 'crm', toString(number), 0, 'sms', 0, toDateTime('2010-01-01', 'UTC'), 77 FROM numbers(1000)`,
  )
  await app.facts.exec(
    "INSERT INTO import_commits (import_id, source, file, file_sha256) VALUES (77, 'crm', 'crm.csv', repeat('0', 64))",
  )
  assert.deepEqual((await verifyConsents(app)).findings, [])
  await app.facts.exec("ALTER TABLE consents DELETE WHERE row_key = '500' SETTINGS mutations_sync = 2")
  await app.facts.exec(
    "INSERT INTO consents (source, row_key, customer_id, channel, granted, at, import_id) VALUES ('crm', '500', 0, 'sms', 1, '2010-01-01 00:00:00', 77)",
  )
  assert.deepEqual((await verifyConsents(app)).findings, [
    { where: 'import', id: 77, seq: 0, what: 'other-statements' },
  ])
})

test('what died between the two stores is brought over by the next statement', async () => {
  await recordStatements(app, [said(10, 'withdrawn', ago(1))])
  await app.facts.exec('DELETE FROM consent_statements WHERE customer_id = 10')
  const [row] = await app.workflow.db.selectFrom('consent_ledger').select('id').where('customer_id', '=', 10).execute()
  await app.workflow.db.insertInto('consent_unmirrored').values({ ledger_id: row!.id }).execute()
  assert.equal((await standingConsents(app, RUN, [10])).get('10/email')?.granted, false, 'the gate needs no copy')
  await recordStatements(app, [said(11, 'granted', ago(1))])
  const { n } = await app.facts.one<{ n: number }>('SELECT count() AS n FROM consent_statements WHERE customer_id = 10')
  assert.equal(n, 1)
})

test('wordings are versions with dates, never changed', async () => {
  const text = { en: 'New words', zh: '新措辞' }
  assert.equal(await addWording(app, { code: 'marketing', purpose: 'marketing', text, validFrom: '2026-06-01' }, 1), 2)
  await assert.rejects(addWording(app, { code: 'marketing', purpose: 'marketing', text, validFrom: '2026-05-01' }, 1), {
    code: 'consent.wording-kept',
  })
  const marketing = (await wordings(app)).filter(word => word.code === 'marketing')
  assert.deepEqual(
    marketing.map(word => [word.version, word.validFrom, word.validTo]),
    [
      [2, '2026-06-01', null],
      [1, '2026-01-01', '2026-06-01'],
    ],
  )
})

const upload = (list: string, kind: string, more = {}) => ({
  list,
  kind,
  hashed: false,
  removes: false,
  until: null,
  why: 'test',
  file: 'x.csv',
  userId: 1,
  ...more,
})
const message = (customerId: number, channel: 'email' | 'sms' | 'call' | 'letter', cls = 'offer', address = '') => ({
  id: `${customerId}/${channel}/${cls}`,
  customerId,
  channel,
  class: cls,
  address,
})

test('suppression: by any key, however written; service mail only where the list says so', async () => {
  const sha = (text: string): string => createHash('sha256').update(text).digest('hex')
  await changeEntries(app, upload('do-not-call', 'phone'), [
    '电话,备注',
    '138 0000-0001,家',
    '+86 13800000002',
    'nonsense',
  ])
  await changeEntries(app, upload('do-not-mail', 'email'), [' C3@Mail.Example '])
  await changeEntries(app, upload('deceased', 'id'), ['id4X'])
  await changeEntries(app, upload('fraud', 'account'), ['10005'])
  await changeEntries(app, upload('do-not-mail', 'address'), ['文三路6号310012'])
  await changeEntries(app, upload('do-not-call', 'phone-national', { hashed: true }), [
    sha('13800000007').toUpperCase(),
  ])
  const all = await stoppedByLists(app, RUN, [
    message(1, 'call'),
    message(1, 'email'),
    message(2, 'sms'),
    message(2, 'call', 'service'),
    message(3, 'letter'),
    message(4, 'letter', 'service'),
    message(5, 'email'),
    message(6, 'letter'),
    message(7, 'call'),
    message(8, 'call'),
    message(8, 'sms', 'offer', '+8613800000001'),
  ])
  assert.deepEqual(
    [...all.keys()].sort(),
    [
      '1/call/offer',
      '2/sms/offer',
      '3/letter/offer',
      '4/letter/service',
      '5/email/offer',
      '6/letter/offer',
      '7/call/offer',
      '8/sms/offer',
    ].sort(),
  )
  const planned = await app.facts.query<{ customer_id: number; closed: string[] }>(
    `SELECT customer_id, arraySort(closed) AS closed FROM (${suppressedCustomersSql('run', 'customer_id <= 8')}) ORDER BY customer_id`,
    { run: RUN },
  )
  assert.deepEqual(
    planned.map(row => `${row.customer_id} ${row.closed.length}`),
    ['1 2', '2 2', '3 1', '4 4', '5 4', '6 1', '7 2'],
    'plans see the same',
  )
  assert.deepEqual(await listsWith(app, '13800000001'), [{ list: 'do-not-call', kind: 'phone' }])
})

test('entries end by date, by removal, and with an upload taken back as if it had never been', async () => {
  const stopped = async () => (await stoppedByLists(app, RUN, [message(12, 'email')])).size
  const list = upload('fraud', 'customer')
  await changeEntries(app, { ...list, until: '2020-01-01' }, ['12'])
  assert.equal(await stopped(), 0, 'ended in 2020')
  await changeEntries(app, list, ['12'])
  assert.equal(await stopped(), 1)
  const removal = await changeEntries(app, { ...list, removes: true }, ['12'])
  assert.equal(await stopped(), 0)
  await undoUpload(app, removal.uploadId)
  assert.equal(await stopped(), 1, 'stands again')
  await changeList(app, 'fraud', { active: false })
  assert.equal(await stopped(), 0)
  await changeList(app, 'fraud', { active: true })
  assert.equal((await listSizes(app)).get('fraud'), 2)
  await assert.rejects(changeEntries(app, upload('fraud', 'phone'), ['header', '', '???']), {
    code: 'consent.no-entries',
  })
  await assert.rejects(changeEntries(app, upload('nobody', 'phone'), ['1']), { code: 'consent.no-list' })
})

test('a registry file: every line of it is on the list', async () => {
  const path = join(dir, 'registry.csv')
  const numbers = Array.from({ length: 120_000 }, (_, i) => `137${10_000_000 + i}`)
  await writeFile(path, `number,since\n${numbers.map(number => `"${number}",2026-01-01\r\n`).join('')}`)
  const before = (await listSizes(app)).get('do-not-call') ?? 0
  const { entries, refused } = await changeEntries(app, upload('do-not-call', 'phone'), linesOf(path))
  assert.deepEqual([entries, refused], [120_000, 0])
  assert.equal((await listSizes(app)).get('do-not-call'), before + 120_000)
})
