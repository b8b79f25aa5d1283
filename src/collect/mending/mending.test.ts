import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { HuiyinError } from '../../platform/errors.ts'
import type { OpenApp } from '../../platform/open-app.ts'
import { openTestApp } from '../../platform/open-test-app.ts'
import { importFile } from '../import/import-file.ts'
import { imports } from '../import/lists.ts'
import { stage } from '../index.ts'
import { type Mapping, mappingSchema } from '../mapping.ts'
import { registerSource } from '../sources.ts'
import { entries, entryGroups } from './entries.ts'
import { applyMends, discardRows, mendsByHand, mendsByRule, previewMends, undoMend } from './mend-rows.ts'
import { quarantineCsv, readMendedFile } from './mended-file.ts'

let dir: string
let app: OpenApp
before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'huiyin-mend-'))
  app = await openTestApp(join(dir, 'data'), [stage])
})
after(async () => {
  await app.close()
  await rm(dir, { recursive: true, force: true })
})

const people = (source: string): Mapping =>
  mappingSchema.parse({
    source,
    file: `${source}.csv`,
    importer: 'csv',
    kind: 'people',
    columns: [
      { header: '编号', field: 'row_key' },
      { header: '姓名', field: 'full_name' },
      { header: '生日', field: 'birth_date' },
      { header: '短信', field: 'consent.sms' },
    ],
  })
const HEADER = '编号,姓名,生日,短信\n'
const ROWS = [
  '1,王小明,1985-07-03,是',
  '2,李丽,民74.07.03,否',
  '3,张伟,民60.13.40,是',
  '4,陈静,1990-01-01,maybe',
  '5,赵敏,1990-01-01,maybe',
  '6,周杰,民70.01.09,是',
]

async function load(source: string, rows = ROWS): Promise<number> {
  const path = join(dir, `${source}.csv`)
  await writeFile(path, HEADER + rows.join('\n'))
  const mapping = await registerSource(app, people(source), dir)
  return (await importFile(app, mapping, path)).importId
}

interface Sums {
  rowsIn: number
  stored: number
  duplicates: number
  quarantined: number
}
const sums = (): Promise<Sums> =>
  app.facts.one<Sums>(
    `SELECT sum(rows_in) AS rowsIn, sum(stored) AS stored, sum(duplicates) AS duplicates, sum(quarantined) - sum(mended) AS quarantined FROM import_commits`,
  )

async function addsUp(): Promise<Sums> {
  const all = await sums()
  assert.equal(all.rowsIn, all.stored + all.duplicates + all.quarantined)
  const { total } = await entries(app, {}, 0, 1)
  const mended = (await entries(app, { state: 'mended' }, 0, 1)).total
  assert.equal(total - mended, all.quarantined, 'what is not mended is what is counted as quarantined')
  for (const row of (await imports(app)).rows) assert.equal(row.rowsIn, row.stored + row.duplicates + row.quarantined)
  return all
}

const keys = (source: string) =>
  app.facts.query<{ row_key: string; row_no: number; file: string }>(
    `SELECT row_key, row_no, file FROM source_records AS r INNER JOIN import_commits AS c ON c.import_id = r.import_id
     WHERE source = {source:String} ORDER BY row_no`,
    { source },
  )

test('what is alike is mended by one rule, comes in with file and row, and can be taken back', async () => {
  const importId = await load('alike')
  const before = await addsUp()
  assert.equal(before.quarantined, 5)
  const groups = await entryGroups(app, { source: 'alike' })
  assert.deepEqual(
    groups.map(group => [group.rule, group.column, group.shape, group.count]),
    [
      ['date', '生日', '字99.99.99', 3],
      ['yes-no', '短信', 'a', 2],
    ],
  )
  const filter = { source: 'alike', rule: 'date', column: '生日', shape: '字99.99.99' }
  const mends = await mendsByRule(app, filter, '生日', { kind: 'date', order: 'roc' })
  const preview = await previewMends(app, mends, '生日')
  assert.deepEqual([preview.rows, preview.passing], [3, 2])
  assert.deepEqual(
    preview.examples.map(example => [example.rowNo, example.after, example.problem !== null]),
    [
      [2, '1985-07-03', false],
      [3, '民60.13.40', true],
      [6, '1981-01-09', false],
    ],
  )
  assert.deepEqual(await sums(), before, 'a preview moves nothing')
  const done = await applyMends(app, mends, { rule: 'date' }, 7)
  assert.deepEqual([done.rows, done.stored, done.duplicates, done.refused], [3, 2, 0, 1])
  const now = await addsUp()
  assert.deepEqual(
    [now.rowsIn, now.stored, now.quarantined],
    [before.rowsIn, before.stored + 2, before.quarantined - 2],
  )
  assert.deepEqual(
    (await keys('alike')).map(row => [row.row_key, row.row_no, row.file]),
    [
      ['1', 1, 'alike.csv'],
      ['2', 2, 'alike.csv'],
      ['6', 6, 'alike.csv'],
    ],
  )
  const { rows } = await entries(app, { source: 'alike', state: 'mended' }, 0, 10)
  assert.deepEqual(
    rows.map(row => [row.importId, row.rowNo, row.mendedBy, row.mendId]),
    [
      [importId, 2, 7, done.mendId],
      [importId, 6, 7, done.mendId],
    ],
  )
  await undoMend(app, done.mendId, 7)
  assert.deepEqual(await addsUp(), before)
  assert.deepEqual(
    (await keys('alike')).map(row => row.row_key),
    ['1'],
  )
  assert.equal((await entries(app, { source: 'alike', state: 'open' }, 0, 1)).total, 5)
  await assert.rejects(undoMend(app, done.mendId, 7), (error: HuiyinError) => error.code === 'collect.undo-none')
})

test('one row is mended by hand; the same row again is not open any more', async () => {
  const importId = await load('hand')
  const before = await addsUp()
  const row = { importId, rowNo: 4, cells: { 短信: '是' } }
  const done = await applyMends(app, await mendsByHand(app, [row]), { rule: 'hand' }, 1)
  assert.equal(done.stored, 1)
  assert.equal((await addsUp()).stored, before.stored + 1)
  assert.deepEqual(await mendsByHand(app, [row]), [])
  const { granted } = await app.facts.one<{ granted: number }>(
    "SELECT granted FROM consents WHERE source = 'hand' AND row_key = '4'",
  )
  assert.equal(granted, 1, 'what hangs on the row comes in with it')
})

test('the mended row of a file that was put right and imported meanwhile is a duplicate and pushes nothing aside', async () => {
  const importId = await load('later')
  await load(
    'later',
    ROWS.map(row => row.replace('4,陈静,1990-01-01,maybe', '4,陈静静,1990-01-01,否')),
  )
  const row = { importId, rowNo: 4, cells: { 短信: '是' } }
  const done = await applyMends(app, await mendsByHand(app, [row]), { rule: 'hand' }, 1)
  assert.deepEqual([done.stored, done.duplicates], [0, 1])
  await addsUp()
  const { name } = await app.facts.one<{ name: string }>(
    "SELECT argMax(full_name, (import_id, row_no)) AS name FROM source_records WHERE source = 'later' AND row_key = '4'",
  )
  assert.equal(name, '陈静静')
})

test('an undo that would lose rows counted as duplicates since is refused', async () => {
  const importId = await load('late-undo')
  const row = { importId, rowNo: 4, cells: { 短信: '是' } }
  const done = await applyMends(app, await mendsByHand(app, [row]), { rule: 'hand' }, 1)
  await load('late-undo', ['4,陈静,1990-01-01,是'])
  await assert.rejects(undoMend(app, done.mendId, 1), (error: HuiyinError) => error.code === 'collect.undo-late')
  await addsUp()
})

test('rows are given up with a reason, stay counted, and come back', async () => {
  await load('given-up')
  const before = await addsUp()
  const done = await discardRows(app, { source: 'given-up', rule: 'yes-no' }, 'asked, no answer', 3)
  assert.equal(done.rows, 2)
  assert.deepEqual(await addsUp(), before)
  const { rows } = await entries(app, { source: 'given-up', state: 'discarded' }, 0, 10)
  assert.deepEqual(
    rows.map(row => row.reason),
    ['asked, no answer', 'asked, no answer'],
  )
  await undoMend(app, done.mendId, 3)
  assert.equal((await entries(app, { source: 'given-up', state: 'open' }, 0, 1)).total, 5)
})

test('a mapping put right reads the rows anew without a change to them', async () => {
  const path = join(dir, 'us.csv')
  await writeFile(path, `${HEADER}1,Ann Lee,07/25/1985,是\n2,Bob Ray,12/31/1990,否\n`)
  const mapping = await registerSource(app, { ...people('us'), file: 'us.csv' }, dir)
  const { quarantined } = await importFile(app, mapping, path)
  assert.equal(quarantined, 2)
  await registerSource(app, { ...mapping, dateOrder: 'mdy' }, dir)
  const mends = await mendsByRule(app, { source: 'us' }, '生日', { kind: 'as-is' })
  assert.equal((await applyMends(app, mends, { rule: 'as-is' }, 1)).stored, 2)
  await addsUp()
})

test('the file of refused rows, mended in a spreadsheet, brings its rows in', async () => {
  await load('sheet')
  const { text, rows } = await quarantineCsv(app, { source: 'sheet' }, 'zh-CN')
  assert.equal(rows, 5)
  const saved = text.replaceAll('maybe', '是').replaceAll(',', ';').replaceAll('"', '')
  const given = readMendedFile(Buffer.from(saved))
  assert.equal(given.length, 5)
  const done = await applyMends(app, await mendsByHand(app, given), { rule: 'file' }, 1)
  assert.deepEqual([done.stored, done.refused], [2, 3])
  await addsUp()
})

test('killed between the marks and the commit, a row is open still and counted once', async () => {
  const importId = await load('killed-mend')
  const before = await addsUp()
  await app.facts.insert('quarantine_mends', [
    {
      import_id: importId,
      row_no: 4,
      mend_id: 999,
      replay_id: 999_999,
      state: 'mended',
      raw: '{}',
      reason: '',
      at: new Date(),
      user_id: 1,
    },
  ])
  assert.deepEqual(await addsUp(), before)
  assert.equal((await entries(app, { source: 'killed-mend', state: 'open' }, 0, 1)).total, 5)
})
