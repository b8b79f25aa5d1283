import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { HuiyinError } from '../../platform/errors.ts'
import type { OpenApp } from '../../platform/open-app.ts'
import { openTestApp } from '../../platform/open-test-app.ts'
import { registerSource, stage, steps } from '../index.ts'
import { mappingSchema } from '../mapping.ts'
import { scorecard } from '../quality/report.ts'
import { rules, saveRule } from '../quality/rule-book.ts'
import { makeToken, readToken } from '../verification/token.ts'
import { answerByLink, askCustomers, verificationNamed } from '../verification/verifications.ts'
import type { Fix, Target } from './fix.ts'
import { approveRepair, FOUR_EYES_ROWS, proposeRepair, undoRepair } from './repairs.ts'
import { previewRepair } from './view.ts'

let dir: string
let app: OpenApp
before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'huiyin-repair-'))
  await mkdir(join(dir, 'files'))
  app = await openTestApp(join(dir, 'data'), [stage])
})
after(async () => {
  await app.close()
  await rm(dir, { recursive: true, force: true })
})

const ALICE = 11
const BOB = 12
const steward = { userId: ALICE, roles: ['steward'] }

const FIELDS = ['row_key', 'full_name', 'mobile', 'email', 'country', 'street', 'city', 'postcode', 'updated_at']
const source = (name: string, trust: number) =>
  mappingSchema.parse({
    source: name,
    file: `${name}-*.csv`,
    importer: 'csv',
    kind: 'people',
    trust,
    country: 'GB',
    columns: FIELDS.map(field => ({ header: field, field })),
  })
const file = (name: string, rows: string[][]) =>
  writeFile(join(dir, 'files', name), `${FIELDS.join(',')}\n${rows.map(row => row.join(',')).join('\n')}\n`)

async function turn(asOf: string): Promise<void> {
  const opened = await app.runs.openTurn(asOf)
  for (const step of steps) {
    const { runId } = await app.runs.begin(opened, step)
    const figures = await step.run({ app, turn: opened, runId, runOf: () => runId, progress: () => undefined })
    await app.runs.commit(runId, figures as never)
  }
  await app.runs.closeTurn(opened)
}

const family = [
  'SMITH',
  'JONES',
  'TAYLOR',
  'BROWN',
  'WILSON',
  'EVANS',
  'THOMAS',
  'ROBERTS',
  'WALKER',
  'WRIGHT',
  'HUGHES',
  'GREEN',
]
const given = [
  'OLIVER',
  'AMELIA',
  'HARRY',
  'GRACE',
  'JACOB',
  'FREYA',
  'OSCAR',
  'ELSIE',
  'ARTHUR',
  'IVY',
  'ALFIE',
  'DAISY',
]
const PEOPLE = 130
const nameOf = (i: number): string => `${given[i % 12]} ${family[Math.floor(i / 12) % 12]}`
const person = (i: number, date: string, email = `p${i}@example.com`): string[] => [
  `c${i}`,
  nameOf(i),
  i < 3 ? '+8613800000000' : `07911${String(100_000 + i * 37)}`,
  email,
  'GB',
  `${i + 1} Mill Lane`,
  'Leeds',
  'LS1 4AP',
  date,
]

const golden = async (rowKey: string, source = 'crm') =>
  app.facts.one<Record<string, string>>(
    `SELECT * FROM golden_records WHERE run_id = {run:UInt64} AND customer_id IN
       (SELECT customer_id FROM record_links WHERE run_id = {run:UInt64} AND source = {source:String} AND row_key = {key:String})`,
    { run: await app.runs.latest('identity'), source, key: rowKey },
  )
const repair = (fix: Fix, target: Target, userId = ALICE) =>
  proposeRepair(app, { requestId: crypto.randomUUID(), fix, target, note: '' }, userId)
const code = (wanted: string) => (error: unknown) => error instanceof HuiyinError && error.code === wanted

test('a turn checks, and the scorecard names sources, fields and owners', async () => {
  await registerSource(app, source('crm', 0.8), join(dir, 'files'))
  await file(
    'crm-1.csv',
    Array.from({ length: PEOPLE }, (_, i) => person(i, '2010-05-01 00:00:00')),
  )
  await rules(app)
  await saveRule(
    app,
    {
      id: 'name-case',
      field: 'full_name',
      severity: 'info',
      owner: 'crm',
      message: { en: 'capitals', zh: '大写' },
      enabled: true,
      when: {},
      check: { kind: 'pattern', pattern: '^[^a-z]*[A-Z]{2}[^a-z]*$', mode: 'must-not' },
    },
    0,
    ALICE,
  )
  await turn('2010-12-01')
  const card = await scorecard(app)
  const made = card.rows.find(row => row.rule === 'mobile-placeholder')
  assert.deepEqual([made?.failed, made?.checked, made?.fixes[0]], [3, PEOPLE, 'clear'])
  assert.equal(card.rows.find(row => row.rule === 'name-case')?.failed, PEOPLE)
  assert.ok(card.fields.some(row => row.field === 'mobile' && row.score < 100))
  assert.equal(card.sources[0]?.history.length, 1)
})

test('a few rows are repaired at once, the golden record follows, undo brings it back', async () => {
  const fix: Fix = { kind: 'clear', field: 'mobile' }
  const target = { rule: 'mobile-placeholder', source: 'crm' }
  const preview = await previewRepair(app, fix, target, steward)
  assert.deepEqual([preview.rows, preview.changed, preview.needsApproval], [3, 3, false])
  assert.equal((await golden('c0'))['mobile'], '+8613800000000')
  const { repair: done, followed } = await repair(fix, target)
  assert.deepEqual([done.state, done.rows, followed], ['applied', 3, true])
  assert.equal((await golden('c0'))['mobile'], '')
  assert.equal((await previewRepair(app, fix, target, steward)).rows, 0)
  await undoRepair(app, done.repair_id, ALICE)
  assert.equal((await golden('c0'))['mobile'], '+8613800000000')
  await assert.rejects(undoRepair(app, done.repair_id, ALICE), code('repair.state'))
})

test('many rows wait for somebody else', async () => {
  const { repair: proposed } = await repair({ kind: 'recase-name', field: 'full_name' }, { rule: 'name-case' })
  assert.ok(proposed.rows > FOUR_EYES_ROWS)
  assert.equal(proposed.state, 'proposed')
  assert.equal((await golden('c5'))['name'], nameOf(5))
  await assert.rejects(approveRepair(app, proposed.repair_id, ALICE), code('repair.own'))
  const { repair: approved } = await approveRepair(app, proposed.repair_id, BOB)
  assert.equal(approved.state, 'applied')
  assert.equal((await golden('c5'))['name'], 'Freya Smith')
})

test('the same request twice is one repair; nothing to repair is said', async () => {
  const request = { requestId: crypto.randomUUID(), note: '', target: { rows: [{ source: 'crm', rowKey: 'c9' }] } }
  const fix: Fix = { kind: 'map-values', field: 'city', map: [{ from: 'Leeds', to: 'York' }] }
  const first = await proposeRepair(app, { ...request, fix }, ALICE)
  const again = await proposeRepair(app, { ...request, fix }, ALICE)
  assert.equal(first.repair.repair_id, again.repair.repair_id)
  await assert.rejects(
    repair({ kind: 'map-values', field: 'city', map: [{ from: 'Nowhere', to: 'X' }] }, request.target),
    code('repair.nothing'),
  )
})

test('repairs build on each other, and a source that says something new is heard again', async () => {
  const rows = { rows: [{ source: 'crm', rowKey: 'c20' }] }
  await repair({ kind: 'map-values', field: 'city', map: [{ from: 'Leeds', to: 'Bradford' }] }, rows)
  const second = await repair({ kind: 'map-values', field: 'city', map: [{ from: 'Bradford', to: 'Halifax' }] }, rows)
  assert.equal((await golden('c20'))['city'], 'Halifax')
  await undoRepair(app, second.repair.repair_id, ALICE)
  assert.equal((await golden('c20'))['city'], 'Bradford')
  const moved = person(20, '2010-06-01 00:00:00')
  moved[6] = 'Hull'
  await file('crm-2.csv', [moved])
  await turn('2010-12-02')
  assert.equal((await golden('c20'))['city'], 'Hull')
  assert.equal((await golden('c21'))['name'], 'Ivy Jones')
})

test('what a steward set stays, whatever a synced address book says later; beaten values are named', async () => {
  await repair(
    { kind: 'set', field: 'email', value: 'right@example.com' },
    { rows: [{ source: 'crm', rowKey: 'c30' }] },
  )
  assert.equal((await golden('c30'))['email'], 'right@example.com')
  await registerSource(app, source('contacts', 0.3), join(dir, 'files'))
  await file('contacts-1.csv', [
    person(30, '2010-11-30 00:00:00', 'wrong@example.com'),
    person(31, '2010-11-30 00:00:00', 'worse@example.com'),
  ])
  await turn('2010-12-03')
  const set = await golden('c30')
  const other = await golden('c31')
  const provenance = JSON.parse(set['provenance'] ?? '{}') as Record<
    string,
    { source: string; beat: { value: string; source: string }[] }
  >
  assert.equal(set['email'], 'right@example.com')
  assert.equal(provenance['email']?.source, 'steward')
  assert.deepEqual(provenance['email']?.beat.map(beat => beat.value).sort(), ['p30@example.com', 'wrong@example.com'])
  assert.equal(other['email'], 'p31@example.com')
  // The better source is brought in again, older than the address book.
  await file('crm-3.csv', [person(31, '2009-01-01 00:00:00')])
  await turn('2010-12-04')
  assert.equal((await golden('c31'))['email'], 'p31@example.com')
})

test('a customer confirms or corrects by a link that nobody can make up', async () => {
  const id = Number((await golden('c40'))['customer_id'])
  const { asked } = await askCustomers(app, [{ customerId: id, field: 'email', priority: 1 }], 'link', ALICE)
  assert.equal((await askCustomers(app, [{ customerId: id, field: 'email', priority: 1 }], 'link', ALICE)).known, 1)
  const question = await verificationNamed(app, asked[0]!)
  const token = await makeToken(app, question.verification_id, new Date(Date.now() + 60_000))
  assert.equal(await readToken(app, token), question.verification_id)
  const forged = token.replace(/.$/, last => (last === 'A' ? 'B' : 'A'))
  await assert.rejects(readToken(app, forged), code('verification.link-bad'))
  await assert.rejects(readToken(app, token.replace(/^[^.]+/, '1z')), code('verification.link-bad'))
  await assert.rejects(readToken(app, token, new Date(Date.now() + 120_000)), code('verification.link-expired'))
  await assert.rejects(
    answerByLink(app, question, { confirm: false, fields: { email: 'no address' } }),
    code('collect.answer-bad'),
  )
  await assert.rejects(
    answerByLink(app, question, { confirm: false, fields: { mobile: '07911123456' } }),
    code('verification.nothing'),
  )
  assert.equal(await answerByLink(app, question, { confirm: false, fields: { email: 'new@example.com' } }), 'corrected')
  assert.equal((await verificationNamed(app, question.verification_id)).state, 'corrected')
  assert.equal((await golden('c40'))['email'], 'new@example.com')
})
