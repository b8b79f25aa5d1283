import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { OpenApp } from '../../platform/open-app.ts'
import { openTestApp } from '../../platform/open-test-app.ts'
import { importFile } from '../import/import-file.ts'
import { stage } from '../index.ts'
import { type Mapping, mappingSchema } from '../mapping.ts'
import { dryRun } from './dry-run.ts'
import { previewRows } from './preview.ts'

let dir: string
let app: OpenApp
before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'huiyin-dry-'))
  app = await openTestApp(join(dir, 'data'), [stage])
})
after(async () => {
  await app.close()
  await rm(dir, { recursive: true, force: true })
})

const file = async (name: string, text: string): Promise<string> => {
  const path = join(dir, name)
  await writeFile(path, text)
  return path
}

const people = mappingSchema.parse({
  source: 'dry',
  file: 'dry.csv',
  importer: 'csv',
  kind: 'people',
  columns: [
    { header: 'id', field: 'row_key' },
    { header: '姓名', field: 'full_name' },
    { header: '手机', field: 'mobile' },
    { header: '生日', field: 'birth_date' },
    { header: '备注', field: 'ignore' },
  ],
})

/** Everything that stands in both stores, by its hash, and the files of the data folder's own folders. */
async function everything(): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  const tables = await app.facts.query<{ name: string }>(
    'SELECT name FROM system.tables WHERE database = currentDatabase() ORDER BY name',
  )
  for (const { name } of tables) {
    const { hash } = await app.facts.one<{ hash: string }>(
      `SELECT toString(sum(cityHash64(*))) || '/' || toString(count()) AS hash FROM ${name}`,
    )
    found[`facts ${name}`] = hash
  }
  const { rows } = await sql<{ name: string }>`
    SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`.execute(app.workflow.db)
  for (const { name } of rows) {
    const { rows: hashes } = await sql<{ hash: string }>`
      SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, '' ORDER BY t::text)), '') AS hash FROM ${sql.table(name)} AS t`.execute(
      app.workflow.db,
    )
    found[`workflow ${name}`] = hashes[0]?.hash ?? ''
  }
  for (const folder of ['spool', 'inbox'])
    found[`folder ${folder}`] = (await readdir(join(dir, 'data', folder)).catch(() => [])).join()
  return found
}

const HEADER = 'id,姓名,手机,生日,备注\n'
const FIRST = `${HEADER}1,王小明,13812345678,1985-07-03,\n2,李丽,13912345678,1990-01-02,\n3,赵敏,13700000000,,旧\n`
const SECOND = `${HEADER}1,王小明,13812345678,1985-07-03,\n2,李丽,13600000000,1990-01-02,\n3,赵敏,13700000000,,新\n4,陈静,13500000000,,\n4,陈静,13500000000,,\n5,张伟,,2011-02-30,\n`

test('a dry run says what an import would do, and then the import does it; nothing was written before', async () => {
  await importFile(app, people, await file('one.csv', FIRST))
  const path = await file('two.csv', SECOND)
  const before = await everything()
  const report = await dryRun(app, people, path)
  assert.deepEqual(await everything(), before)
  const { rowsIn, fresh, changed, same, repeated, quarantined } = report
  assert.deepEqual(
    { rowsIn, fresh, changed, same, repeated, quarantined },
    { rowsIn: 6, fresh: 1, changed: 2, same: 1, repeated: 1, quarantined: 1 },
  )
  assert.deepEqual(
    report.fields.map(change => [change.field, change.rows, change.examples[0]?.before, change.examples[0]?.after]),
    [
      ['', 1, undefined, undefined],
      ['mobile', 1, '+8613912345678', '+8613600000000'],
    ],
  )
  assert.deepEqual(
    report.refused.map(group => [group.rule, group.column, group.count, group.examples[0]?.rowNo]),
    [['date', '生日', 1, 6]],
  )
  const done = await importFile(app, people, path)
  assert.deepEqual(
    [done.rowsIn, done.stored, done.duplicates, done.quarantined],
    [6, fresh + changed, same + repeated, quarantined],
  )
})

const of = (kind: Mapping['kind'], source: string, fields: string[]): Mapping =>
  mappingSchema.parse({
    source,
    file: `${source}.csv`,
    importer: 'csv',
    kind,
    columns: fields.map(field => ({ header: field, field })),
  })

test('sales, products and answers are foreseen as they come in', async () => {
  const cases: [Mapping, string, string][] = [
    [
      of('sales', 'dry-sales', ['invoice', 'line', 'product_code', 'quantity', 'sold_at', 'unit_price']),
      'A1,1,P,3,2010-12-01,1.5\nA1,2,P,1,2010-12-01,2\n',
      'A1,1,P,3,2010-12-01,1.5\nA2,1,P,1,2010-12-02,2\nA2,1,P,1,2010-12-02,2\nA2,2,P,x,2010-12-02,2\n',
    ],
    [
      of('products', 'dry-products', ['product_code', 'name_en', 'list_price']),
      'P,Cup,1.00\nQ,Plate,2.00\n',
      'P,Cup,1.50\nQ,Plate,2.00\nR,Fork,3\n,None,1\n',
    ],
    [
      of('attributes', 'dry-answers', ['email', 'attribute:age', 'at']),
      'a@example.com,30,2020-01-01\n',
      'a@example.com,30,2020-01-01\nb@example.com,40,2020-01-01\n,50,2020-01-01\n',
    ],
  ]
  for (const [mapping, first, second] of cases) {
    const header = `${mapping.columns.map(column => column.header).join(',')}\n`
    await importFile(app, mapping, await file(`${mapping.source}-1.csv`, header + first))
    const path = await file(`${mapping.source}-2.csv`, header + second)
    const report = await dryRun(app, mapping, path)
    const done = await importFile(app, mapping, path)
    assert.deepEqual(
      [report.rowsIn, report.fresh + report.changed, report.same + report.repeated, report.quarantined],
      [done.rowsIn, done.stored, done.duplicates, done.quarantined],
      mapping.kind,
    )
  }
})

test('the preview shows each cell as it is read and every fault of a row', async () => {
  const text = `${HEADER}1,王小明,138 1234 5678,03/07/1985,x\n2,李丽,,2011-02-30,y\n,,,,\n3,多,1,,,列\n`
  const rows = await previewRows(app, people, await file('preview.csv', text))
  assert.deepEqual(
    rows[0]?.cells.map(cell => cell.read),
    ['1', '王小明', '+8613812345678', '1985-07-03', null],
  )
  assert.equal(rows[1]?.cells[3]?.read, null)
  assert.match(rows[1]?.cells[3]?.problem?.zh ?? '', /2011-02-30/)
  assert.ok(rows.at(-1)?.problem, 'a row of another width has a problem of its own')
  const sales = of('sales', 'p-sales', ['invoice', 'line', 'product_code', 'quantity', 'sold_at', 'unit_price'])
  const lines = await previewRows(
    app,
    sales,
    await file(
      'p-sales.csv',
      'invoice,line,product_code,quantity,sold_at,unit_price\nA,1,P,3,2010-12-01 08:26,0.5\nA,2,P,x,2010-12-01,1\n',
    ),
  )
  assert.equal(lines[0]?.cells[4]?.read, '2010-12-01T08:26:00Z')
  assert.match(lines[1]?.cells[3]?.problem?.en ?? '', /not a number/)
})
