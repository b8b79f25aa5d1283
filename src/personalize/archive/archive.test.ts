import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { stage as collect } from '../../collect/index.ts'
import type { OpenApp } from '../../platform/open-app.ts'
import { openTestApp } from '../../platform/open-test-app.ts'
import type { Person } from '../../platform/personal-data.ts'
import type { ColumnData } from '../../platform/stores/facts/index.ts'
import { loadTemplate } from '../compose/load-template.ts'
import { composers } from '../composers.ts'
import { stage as personalize } from '../index.ts'
import { communicationsOf, manifestOf } from '../ledger.ts'
import { show } from '../show.ts'
import { publishTemplate } from '../template-store.ts'
import { sampleTemplates } from '../templates-folder.ts'
import { heldOf, placeArchiveHold, releaseArchiveHold } from './holds.ts'
import { indexLedger } from './index-ledger.ts'
import { archiveFile } from './keep-bytes.ts'
import { carryOutRetention, dropKept } from './retention.ts'
import { setArchiveRule } from './rules.ts'
import { type LedgerSearch, searchLedger } from './search.ts'
import { wordsOf } from './words.ts'
import { writeLedger } from './write-ledger.ts'

let app: OpenApp
let folder: string
const ids = Array.from({ length: 6 }, (_, i) => `${i}`.repeat(32).replaceAll('6', 'a'))
const OLD = new Date('2001-02-03T04:05:06Z')

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiyin-archive-'))
  app = await openTestApp(folder, [collect, personalize])
  const template = await loadTemplate(sampleTemplates, 'sms')
  const number = await publishTemplate(app, template)
  const names = ['诸葛斑马', 'Ada Lovelace', '王小明', '王小红', '赵敏', '钱学']
  const rows = names.map((name, i) => ({
    ...template.examples[0],
    id: ids[i]!,
    to: { ...(template.examples[0]?.['to'] as object), name },
  }))
  const outcomes = await composers(app).compose(template, rows)
  const documents = outcomes.map((outcome, i) => {
    assert.ok(outcome.state === 'composed')
    return { id: ids[i]!, bytes: outcome.bytes, sha256: outcome.sha256, words: outcome.words }
  })
  const column = (type: string, value: (i: number) => unknown): ColumnData => ({
    type,
    values: rows.map((_, i) => value(i)),
  })
  const text = 'LowCardinality(String)'
  await writeLedger(
    app,
    {
      run_id: column('UInt64', () => 7),
      communication_id: column('FixedString(32)', i => ids[i]),
      customer_id: column('UInt64', i => 100 + (i >> 1)),
      campaign_id: column('UInt64', () => 1),
      wave: column('UInt16', () => 1),
      kind: column(text, i => (i < 4 ? 'sms' : 'notice')),
      class: column(text, i => (i < 4 ? 'offer' : 'legal')),
      channel: column(text, () => 'sms'),
      offer: column(text, () => ''),
      template: column(text, () => template.id),
      template_version: column('UInt32', () => number),
      language: column(text, () => 'zh-CN'),
      partition: column('UInt32', () => 0),
      address: column('String', () => '+8613800000000'),
      state: column(text, () => 'composed'),
      reason: column(text, () => ''),
      reason_detail: column('String', () => ''),
      data: column('String', i => JSON.stringify(rows[i])),
      engine: column(text, () => ''),
      fonts: column(text, () => ''),
      sha256: column('String', i => documents[i]!.sha256),
      size: column('UInt32', i => documents[i]!.bytes.length),
      pages: column('UInt16', () => 0),
      segments: column('UInt16', () => 1),
      subject: column('String', () => 'sms'),
      composed_at: column("DateTime64(3, 'UTC')", i => (i < 2 ? OLD : new Date(Date.UTC(2026, 0, i + 1)))),
    },
    documents,
  )
})
after(async () => {
  await app.close()
  await rm(folder, { recursive: true, force: true })
})

const ask = (part: Partial<LedgerSearch>) =>
  searchLedger(app, {
    who: '',
    from: '',
    to: '',
    kind: '',
    class: '',
    channel: '',
    template: '',
    offer: '',
    state: '',
    happened: '',
    words: '',
    after: '',
    limit: 50,
    ...part,
  })
const found = async (part: Partial<LedgerSearch>): Promise<string[]> =>
  (await ask(part)).rows.map(row => row.communication_id)

test('words are Latin runs and pairs of characters', () => {
  assert.deepEqual(
    [...wordsOf('Invoice 12-B，诸葛斑马 ＡＢＣ 王')],
    ['invoice', '12', 'b', '诸葛', '葛斑', '斑马', 'abc', '王'],
  )
})

test('finds by words in both languages, by day, kind and customer, newest first, page by page', async () => {
  assert.deepEqual(await found({ words: '葛斑马' }), [ids[0]])
  assert.deepEqual(await found({ words: 'lovelace' }), [ids[1]])
  assert.deepEqual(await found({ words: '王小' }), [ids[3], ids[2]])
  assert.deepEqual(await found({ words: '马斑' }), [])
  assert.deepEqual(await found({ from: '2026-01-03', to: '2026-01-04' }), [ids[3], ids[2]])
  assert.deepEqual(await found({ kind: 'notice' }), [ids[5], ids[4]])
  assert.deepEqual(await found({ customer: 101 }), [ids[3], ids[2]])
  const pages: string[] = []
  let after = ''
  for (let n = 0; n < 3; n++) {
    const page = await ask({ limit: 2, after })
    if (n === 0) assert.equal(page.total, 6)
    pages.push(...page.rows.map(row => row.communication_id))
    after = page.next ?? ''
  }
  assert.deepEqual(pages, [ids[5], ids[4], ids[3], ids[2], ids[1], ids[0]])
  assert.equal(after, '')
  await assert.rejects(ask({ words: '，。' }), { code: 'archive.words-too-short' })
  await assert.rejects(ask({ after: 'x' }), { code: 'archive.bad-cursor' })
})

test('what was written to the ledger before there was an index is found by its id all the same', async () => {
  await app.facts.exec(
    'ALTER TABLE communication_places DELETE WHERE communication_id = {id:String}',
    { id: ids[3]! },
    {
      settings: { mutations_sync: 2 },
    },
  )
  assert.equal((await manifestOf(app, ids[3]!)).customer_id, 101)
  await assert.rejects(manifestOf(app, 'f'.repeat(32)), { code: 'personalize.no-communication' })
})

test('a ledger of before there were indexes is indexed run by run, once', async () => {
  const before = await found({ words: '王小' })
  await app.facts.exec('TRUNCATE TABLE communication_places')
  await app.facts.exec('TRUNCATE TABLE communication_words')
  assert.deepEqual(await found({ words: '王小' }), [])
  assert.deepEqual([await indexLedger(app), await indexLedger(app)], [1, 0])
  assert.deepEqual(await found({ words: '王小' }), before)
  assert.deepEqual((await found({})).length, 6)
})

test('legal mail keeps its very bytes, and damage is told from the hash', async () => {
  const kept = await show(app, ids[4]!)
  assert.equal(kept.from, 'kept')
  assert.equal((await show(app, ids[2]!)).from, 'composed')
  const file = archiveFile(app, kept.sha256)
  const whole = await readFile(file)
  await writeFile(file, whole.subarray(0, whole.length - 3))
  await assert.rejects(show(app, ids[4]!), { code: 'archive.bytes-damaged' })
  await writeFile(file, whole)
  assert.deepEqual((await show(app, ids[4]!)).bytes, kept.bytes)
})

test('retention deletes what was said and not that it was, and a hold stops it', async () => {
  const hold = await placeArchiveHold(
    app,
    { caseName: 'Case 1', reason: 'a claim', until: null, customers: [], communications: [ids[0]!] },
    1,
  )
  await setArchiveRule(app, { kind: 'sms', keepBytes: false, years: 10 }, 1)
  assert.deepEqual(
    (await carryOutRetention(app)).map(({ kind, communications }) => [kind, communications]),
    [['sms', 1]],
  )
  await assert.rejects(show(app, ids[1]!), { code: 'archive.past-retention', status: 410 })
  assert.match(Buffer.from((await show(app, ids[0]!)).bytes).toString(), /诸葛斑马/)
  assert.deepEqual(await found({ words: 'lovelace' }), [])
  assert.deepEqual(await found({ state: 'expired' }), [ids[1]])
  const { rows } = await communicationsOf(app, { customerId: 100, offset: 0, limit: 10 })
  assert.deepEqual(rows.map(row => [row.communication_id, row.reason]).sort(), [
    [ids[0], ''],
    [ids[1], 'expired'],
  ])
  const person = { requestId: 1, onHold: false, keys: (kind: string) => (kind === 'communication' ? [ids[0]!] : []) }
  assert.deepEqual(await heldOf(app, person as Person), [
    { what: 'facts.communications (1)', reason: 'Case 1: a claim', until: null },
  ])
  await releaseArchiveHold(app, hold, 1)
  assert.deepEqual(await heldOf(app, person as Person), [])
  assert.equal((await carryOutRetention(app)).length, 1)
  await assert.rejects(show(app, ids[0]!), { code: 'archive.past-retention' })
  assert.deepEqual(await carryOutRetention(app), [])
})

test('a file that two communications share goes with the last of them', async () => {
  const { sha256 } = await show(app, ids[4]!)
  await app.facts.exec(
    `INSERT INTO kept_documents SELECT sha256, {other:String}, 999, kind, size, stored, kept_at FROM kept_documents WHERE communication_id = {id:String}`,
    { other: ids[2]!, id: ids[4]! },
  )
  assert.equal(await dropKept(app, 'customer_id = 102'), 1)
  assert.ok(await readFile(archiveFile(app, sha256)))
  assert.equal(await dropKept(app, 'customer_id = 999'), 1)
  await assert.rejects(readFile(archiveFile(app, sha256)))
})
