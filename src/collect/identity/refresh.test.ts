import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { OpenApp } from '../../platform/open-app.ts'
import { openTestApp } from '../../platform/open-test-app.ts'
import { registerSource, stage, steps } from '../index.ts'
import { mappingSchema } from '../mapping.ts'
import { joinAttributes } from './attributes.ts'
import { resolveConsents } from './consents.ts'
import { buildGoldenRecords } from './golden.ts'
import { goldenOfOne, goldenOfSaid, SAID_COLUMNS } from './golden-sql.ts'
import { materialisePurchases } from './purchases.ts'
import { finishMoves, goldenOf, newCustomerNumbers, refreshGolden, regroupRecords } from './refresh.ts'
import { dropLinkTable, resolveIdentities } from './resolve.ts'
import { identityModel, matchModelOf } from './saved-model.ts'
import { RECORD_FIELDS } from './survivorship.ts'

let dir: string
let app: OpenApp
before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'huiyin-refresh-'))
  await mkdir(join(dir, 'files'))
  app = await openTestApp(join(dir, 'data'), [stage])
  const source = (name: string, trust: number) =>
    mappingSchema.parse({
      source: name,
      file: `${name}-*.csv`,
      importer: 'csv',
      kind: 'people',
      trust,
      columns: FIELDS.map(field => ({ header: field, field })),
    })
  await registerSource(app, source('crm', 0.8), join(dir, 'files'))
  await registerSource(app, source('shop', 0.6), join(dir, 'files'))
  await registerSource(app, source('book', 0.2), join(dir, 'files'))
})
after(async () => {
  await app.close()
  await rm(dir, { recursive: true, force: true })
})

const FIELDS = [
  'row_key',
  'account_no',
  'full_name',
  'birth_date',
  'mobile',
  'city',
  'street',
  'consent.sms',
  'consent.at',
  'updated_at',
]
const surnames = [...'王李张刘陈杨黄赵吴周']
const given = ['建国', '秀英', '海燕', '志强', '丽华', '文博', '雪梅', '永康', '振远', '佳慧']
const person = (
  i: number,
  key: string,
  account = '',
  mobile = `139${10_000_000 + i * 7919}`,
  sms = '是',
  updated = '2010-05-01',
) =>
  [
    key,
    account,
    surnames[i % 10]! + given[Math.floor(i / 10) % 10]!,
    `19${40 + (i % 60)}-0${1 + (i % 9)}-1${i % 9}`,
    mobile,
    '上海市',
    `人民路${i + 1}号${i % 7}栋${100 + i}室`,
    sms,
    '2010-01-01',
    updated,
  ].join(',')
const file = (name: string, rows: string[]) =>
  writeFile(join(dir, 'files', name), `${FIELDS.join(',')}\n${rows.join('\n')}\n`)

/** Import and identity alone. */
async function identify(asOf: string) {
  const turn = await app.runs.openTurn(asOf)
  const [importStep, identityStep] = ['import', 'identity'].map(id => steps.find(step => step.id === id)!)
  const imported = await app.runs.begin(turn, importStep!)
  const ctx = (runId: number) => ({ app, turn, runId, runOf: () => runId, progress: () => undefined })
  await importStep!.run(ctx(imported.runId))
  await app.runs.commit(imported.runId, {})
  const { runId } = await app.runs.begin(turn, identityStep!)
  const resolved = await resolveIdentities(ctx(runId))
  await buildGoldenRecords(ctx(runId), resolved.records)
  await resolveConsents(ctx(runId), resolved.records)
  await joinAttributes(ctx(runId), resolved.customers)
  await materialisePurchases(ctx(runId))
  await dropLinkTable(app, runId)
  await app.runs.commit(runId, { ...resolved })
  await app.runs.closeTurn(turn)
  return { runId, ...resolved }
}

async function linksOf(runId: number): Promise<Map<string, number>> {
  const rows = await app.facts.query<{ key: string; id: number }>(
    "SELECT concat(source, ':', row_key) AS key, customer_id AS id FROM record_links WHERE run_id = {runId:UInt64}",
    { runId },
  )
  assert.equal(new Set(rows.map(row => row.key)).size, rows.length, 'a record has one link')
  return new Map(rows.map(row => [row.key, row.id]))
}

/** All that is kept of customers in a run, as text. */
async function everything(runId: number, ids?: number[]): Promise<string> {
  const tables: [string, string][] = [
    ['record_links', 'customer_id, source, row_key'],
    ['golden_records', 'customer_id'],
    ['customer_consents', 'customer_id, channel'],
    ['purchases', 'customer_id, invoice, line'],
    ['customer_redirects', 'old_id'],
  ]
  const scope = (table: string) =>
    ids && table !== 'customer_redirects' ? 'AND customer_id IN {ids:Array(UInt64)}' : ''
  const parts = await Promise.all(
    tables.map(([table, order]) =>
      app.facts.query(
        `SELECT * EXCEPT version FROM ${table} WHERE run_id = {runId:UInt64} ${scope(table)} ORDER BY ${order}`,
        {
          runId,
          ids: ids ?? [],
        },
      ),
    ),
  )
  return JSON.stringify(parts)
}

test('a first run: a record of two sources is one customer, the model is kept', async () => {
  await file(
    'crm-1.csv',
    Array.from({ length: 60 }, (_, i) => person(i, `C${i}`, `A${i}`)),
  )
  await file(
    'shop-1.csv',
    Array.from({ length: 30 }, (_, i) => person(i, `S${i}`, '', `138${20_000_000 + i}`, '否')),
  )
  await file(
    'book-1.csv',
    Array.from({ length: 10 }, (_, i) => person(i, `B${i}`, '', `137${30_000_000 + i}`, '', '2010-11-20')),
  )
  const { runId, customers, records } = await identify('2010-12-01')
  assert.equal(records, 100)
  assert.equal(customers, 60)
  const saved = (await identityModel(app, runId))!
  const model = matchModelOf(saved)
  assert.equal(saved.records, 100)
  assert.equal(model.m.length, model.comparisons.length)
  assert.ok(saved.threshold > 0 && saved.threshold < 1)
})

test('an address book that is newer does not overwrite a business source', async () => {
  const runId = (await app.runs.latest('identity'))!
  const id = (await linksOf(runId)).get('book:B3')!
  const { mobile, provenance } = await app.facts.one<{ mobile: string; provenance: string }>(
    'SELECT mobile, provenance FROM golden_records WHERE run_id = {runId:UInt64} AND customer_id = {id:UInt64}',
    { runId, id },
  )
  assert.equal(mobile, `+86139${10_000_000 + 3 * 7919}`)
  const beat = JSON.parse(provenance).mobile.beat as { source: string; why: string }[]
  assert.deepEqual(
    beat.map(({ source, why }) => [source, why]),
    [
      ['shop', 'less trusted'],
      ['book', 'less trusted'],
    ],
  )
})

test('run again: no number changes, no event is written', async () => {
  const before = await everything((await app.runs.latest('identity'))!)
  const { runId, changedIds } = await identify('2010-12-02')
  assert.equal(changedIds, 0)
  const stripped = (text: string) => text.replaceAll(/"run_id":\d+/g, '')
  assert.equal(stripped(await everything(runId)), stripped(before))
  const { n } = await app.facts.one<{ n: number }>('SELECT count() AS n FROM identity_events')
  assert.equal(n, 0)
})

test('a refresh without news changes nothing', async () => {
  const runId = (await app.runs.latest('identity'))!
  const before = await everything(runId)
  const ids = [...new Set((await linksOf(runId)).values())]
  await refreshGolden(app, ids)
  assert.equal(await everything(runId), before)
})

test('what one record says alone is the same in the short form and in the general one', async () => {
  const said = `SELECT record_no AS customer_id, kind, account_no, created_at, source, row_key, at, toFloat64(0.8) AS trust,
    ${RECORD_FIELDS.map(field => `toString(${field}) AS ${field}`).join(', ')} FROM current_records`
  const scope = 'WHERE run_id = (SELECT max(run_id) FROM current_records)'
  const rows = (sql: string) =>
    app.facts.query(`SELECT * FROM (${sql}) ORDER BY customer_id`, { now: new Date('2010-12-01T00:00:00Z') })
  const wide = await rows(goldenOfSaid(`SELECT ${SAID_COLUMNS.join(', ')} FROM (${said} ${scope})`))
  const short = await rows(goldenOfOne(`SELECT ${SAID_COLUMNS.join(', ')} FROM (${said} ${scope})`))
  assert.equal(wide.length, 100)
  assert.deepEqual(short, wide)
})

test('two customers are merged by hand and the merge is undone: all is as it was, the old number leads on meanwhile', async () => {
  const runId = (await app.runs.latest('identity'))!
  const links = await linksOf(runId)
  const [a, b] = [links.get('crm:C40')!, links.get('crm:C50')!]
  const before = await everything(runId)
  const preview = await goldenOf(app, [
    { customerId: a, source: 'crm', rowKey: 'C40' },
    { customerId: a, source: 'crm', rowKey: 'C50' },
  ])
  await regroupRecords(app, [{ source: 'crm', rowKey: 'C50', customerId: a }], { kind: 'merge', actor: '7' })
  const merged = await linksOf(runId)
  assert.equal(merged.get('crm:C50'), a)
  const golden = await app.facts.query<Record<string, unknown>>(
    'SELECT * FROM golden_records WHERE run_id = {runId:UInt64} AND customer_id IN [{a:UInt64}, {b:UInt64}]',
    { runId, a, b },
  )
  assert.equal(golden.length, 1)
  assert.deepEqual(golden[0]!['accounts'], ['A40', 'A50'])
  assert.equal(preview[0]!['name'], golden[0]!['name'])
  assert.equal(preview[0]!.provenance, golden[0]!['provenance'])
  const redirect = await app.facts.query(
    'SELECT old_id, customer_id FROM customer_redirects WHERE run_id = {runId:UInt64}',
    { runId },
  )
  assert.deepEqual(redirect, [{ old_id: b, customer_id: a }])
  await regroupRecords(app, [{ source: 'crm', rowKey: 'C50', customerId: b }], { kind: 'undo', actor: '7' })
  assert.equal(await everything(runId), before)
  const events = await app.facts.query<{ kind: string; old_ids: number[]; new_ids: number[] }>(
    'SELECT kind, old_ids, new_ids FROM identity_events ORDER BY at, kind',
  )
  assert.deepEqual(events, [
    { kind: 'merge', old_ids: [a, b], new_ids: [a] },
    { kind: 'redirect', old_ids: [b], new_ids: [a] },
    { kind: 'split', old_ids: [a], new_ids: [a, b] },
  ])
})

test('a customer is split into a fresh number, which the next run keeps', async () => {
  const runId = (await app.runs.latest('identity'))!
  const id = (await linksOf(runId)).get('shop:S5')!
  const [fresh] = await newCustomerNumbers(app, 1)
  await regroupRecords(app, [{ source: 'crm', rowKey: 'C5', customerId: fresh! }], { kind: 'split', actor: '7' })
  assert.equal((await linksOf(runId)).get('shop:S5'), id)
  assert.equal((await linksOf(runId)).get('crm:C5'), fresh)
  const [another] = await newCustomerNumbers(app, 1)
  assert.ok(another! > fresh!)
})

test('what a killed process had begun to move is moved at the next start', async () => {
  const runId = (await app.runs.latest('identity'))!
  const links = await linksOf(runId)
  const to = links.get('crm:C41')!
  await app.workflow.db
    .insertInto('collect_identity_moves')
    .values({
      id: await app.runs.nextId('identity-change'),
      run_id: runId,
      moves: JSON.stringify([{ source: 'crm', rowKey: 'C51', customerId: to }]) as never,
      why: JSON.stringify({ kind: 'merge', actor: '7', reason: '' }) as never,
      customers: '[]' as never,
      done: false,
      at: new Date(),
    })
    .execute()
  await finishMoves(app)
  assert.equal((await linksOf(runId)).get('crm:C51'), to)
  const left = await app.workflow.db.selectFrom('collect_identity_moves').select('id').execute()
  assert.equal(left.length, 0)
})

test('one in a hundred rows new: untouched customers keep their numbers, and every change is an event', async () => {
  const before = await linksOf((await app.runs.latest('identity'))!)
  await file(
    'crm-2.csv',
    Array.from({ length: 3 }, (_, i) => person(70 + i, `N${i}`, `A${70 + i}`)),
  )
  const { runId } = await identify('2010-12-03')
  const now = await linksOf(runId)
  // Customers 5, 41 and 51 were moved by hand against the evidence, and no decision keeps them so.
  const moved = new Set(['crm:C5', 'shop:S5', 'book:B5', 'crm:C41', 'crm:C51'])
  for (const [key, id] of before) if (!moved.has(key)) assert.equal(now.get(key), id, key)
  const events = await app.facts.query<{ kind: string; n: number }>(
    'SELECT kind, count() AS n FROM identity_events WHERE run_id = {runId:UInt64} GROUP BY kind ORDER BY kind',
    { runId },
  )
  assert.deepEqual(events, [
    { kind: 'merge', n: 1 },
    { kind: 'new', n: 3 },
    { kind: 'redirect', n: 1 },
    { kind: 'split', n: 1 },
  ])
})
