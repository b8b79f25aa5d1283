import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { HuiyinError } from '../../platform/errors.ts'
import type { OpenApp } from '../../platform/open-app.ts'
import { openTestApp } from '../../platform/open-test-app.ts'
import { stage } from '../index.ts'
import { type Mapping, mappingSchema } from '../mapping.ts'
import { importFile, sweepKilledImports } from './import-file.ts'

let dir: string
let app: OpenApp
before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'huiyin-import-'))
  app = await openTestApp(join(dir, 'data'), [stage])
})
after(async () => {
  await app.close()
  await rm(dir, { recursive: true, force: true })
})

const people = (source: string): Mapping =>
  mappingSchema.parse({
    source,
    file: 'x.csv',
    importer: 'csv',
    kind: 'people',
    timeZone: 'Asia/Shanghai',
    columns: [
      { header: '编号', field: 'row_key' },
      { header: '姓名', field: 'full_name' },
      { header: '手机', field: 'mobile' },
      { header: '生日', field: 'birth_date' },
      { header: '短信', field: 'consent.sms' },
      { header: '积分', field: 'number:points' },
    ],
  })
const HEADER = '编号,姓名,手机,生日,短信,积分\n'

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(dir, name)
  await writeFile(path, content)
  return path
}

const counts = (result: { rowsIn: number; stored: number; duplicates: number; quarantined: number }) => [
  result.rowsIn,
  result.stored,
  result.duplicates,
  result.quarantined,
]

test('good rows are stored, bad ones set aside with row, column, value and rule', async () => {
  const rows = [
    '1,王小明,138 1234 5678,1985-07-03,是,10',
    '2,李丽,,2011-02-30,是,1',
    '3,张伟,,1980-01-01,maybe,1',
    '4,陈静,,,否,99999999999',
    '5,,,,,',
    ',无号,13812345678,,,',
    '7,赵敏,13900000000,,,,,',
    '1,王小明,138 1234 5678,1985-07-03,是,10',
  ]
  const result = await importFile(app, people('mixed'), await file('mixed.csv', HEADER + rows.join('\n')))
  assert.deepEqual(counts(result), [8, 1, 1, 6])
  const refused = await app.facts.query<{
    row_no: number
    column: string
    rule: string
    value: string
    message_zh: string
  }>("SELECT row_no, column, rule, value, message_zh FROM quarantine WHERE source = 'mixed' ORDER BY row_no")
  assert.deepEqual(
    refused.map(row => [row.row_no, row.column, row.rule]),
    [
      [2, '生日', 'date'],
      [3, '短信', 'yes-no'],
      [4, '积分', 'number'],
      [5, '姓名', 'nobody'],
      [6, '编号', 'missing'],
      [7, '6', 'columns'],
    ],
  )
  assert.match(refused[0]!.message_zh, /2011-02-30/)
  const [stored] = await app.facts.query<{ mobile: string; birth_date: string; raw: string; family_name: string }>(
    "SELECT mobile, birth_date, raw, family_name FROM source_records WHERE source = 'mixed'",
  )
  assert.equal(stored?.mobile, '+8613812345678')
  assert.equal(stored?.birth_date, '1985-07-03')
  assert.equal(stored?.family_name, '王')
  assert.equal((JSON.parse(stored?.raw ?? '{}') as Record<string, string>)['手机'], '138 1234 5678')
})

test('the same file again changes nothing; the same rows are duplicates; a changed row is a new version', async () => {
  const mapping = people('again')
  const first = await file('again.csv', `${HEADER}1,王小明,13812345678,,是,1\n2,李丽,13912345678,,否,2\n`)
  assert.deepEqual(counts(await importFile(app, mapping, first)), [2, 2, 0, 0])
  const repeated = await importFile(app, mapping, first)
  assert.equal(repeated.known, true)
  const changed = await file('again2.csv', `${HEADER}1,王小明,13812345678,,是,1\n2,李丽,13700000000,,否,2\n`)
  assert.deepEqual(counts(await importFile(app, mapping, changed)), [2, 1, 1, 0])
})

test('every encoding, compressed or not, gives the same row', async () => {
  const text = `${HEADER}1,王小明,13812345678,1985-07-03,是,1\n`
  const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le')
  const gb = Buffer.from(
    'b1e0bac52cd0d5c3fb2ccad6bbfa2cc9fac8d52cb6ccd0c52cbbfdb7d60a312ccdf5d0a1c3f72c31333831323334353637382c313938352d30372d30332ccac72c310a',
    'hex',
  )
  for (const [name, bytes] of [
    ['utf8', Buffer.from(text)],
    ['utf16', utf16],
    ['gb18030', gb],
    ['gzip', gzipSync(text)],
  ] as const) {
    await importFile(app, people(`enc-${name}`), await file(`${name}.csv`, bytes))
    const [row] = await app.facts.query<{ full_name: string }>(
      'SELECT full_name FROM source_records WHERE source = {s:String}',
      { s: `enc-${name}` },
    )
    assert.equal(row?.full_name, '王小明', name)
  }
})

test('files that cannot be read are refused by name, and leave nothing', async () => {
  const gz = gzipSync(HEADER + '1,王小明,13812345678,,是,1\n'.repeat(1000))
  const bad: [string, string, Uint8Array | string | null][] = [
    ['collect.file-missing', 'missing.csv', null],
    ['collect.file-empty', 'empty.csv', ''],
    ['collect.file-no-rows', 'header-only.csv', HEADER],
    ['collect.headers-missing', 'headers.csv', 'a,b\n1,2\n'],
    ['collect.headers-twice', 'twice.csv', '编号,编号,姓名\n1,2,王\n'],
    ['collect.file-binary', 'binary.csv', Uint8Array.from({ length: 5000 }, (_, i) => (i * 7) % 256)],
    ['collect.file-truncated', 'half.csv.gz', gz.subarray(0, gz.length - 20)],
  ]
  for (const [code, name, content] of bad) {
    const path = content === null ? join(dir, name) : await file(name, content)
    await assert.rejects(
      importFile(app, people('refused'), path),
      (error: unknown) => error instanceof HuiyinError && error.code === code && error.message.includes(name),
      code,
    )
  }
  const { rows } = await app.facts.one<{ rows: number }>(
    "SELECT count() AS rows FROM source_records WHERE source = 'refused'",
  )
  assert.equal(rows, 0)
})

test('a huge line, NUL characters and half a last row cost themselves only', async () => {
  const text = `${HEADER}1,王小明,13812345678,,是,1\n2,${'x'.repeat(2_000_000)},,,是,1\n3,a\0b,13912345678,,是,1\n4,李丽,13700000000,,否,2\n5,半`
  assert.deepEqual(counts(await importFile(app, people('rough'), await file('rough.csv', text))), [5, 2, 0, 3])
})

test('rows of an import that was killed are never seen and are swept away', async () => {
  await app.workflow.db
    .insertInto('collect_imports')
    .values({ import_id: 900, source: 'killed', file: 'k', sha256: 'k', state: 'running', started_at: new Date() })
    .execute()
  await app.facts.insert('source_records', [
    { source: 'killed', row_key: '1', import_id: 900, row_no: 1, content_hash: 1, full_name: 'X' },
  ])
  await sweepKilledImports(app)
  const { rows } = await app.facts.one<{ rows: number }>(
    "SELECT count() AS rows FROM source_records WHERE source = 'killed'",
  )
  assert.equal(rows, 0)
})

const sales = mappingSchema.parse({
  source: 'sales',
  file: 's.csv',
  importer: 'csv',
  kind: 'sales',
  currency: 'GBP',
  columns: ['invoice', 'line', 'product_code', 'quantity', 'sold_at', 'unit_price', 'account_no'].map(field => ({
    header: field,
    field,
  })),
})

test('sale lines: numbers that overflow and dates that do not exist are refused, money is exact', async () => {
  const text = `invoice,line,product_code,quantity,sold_at,unit_price,account_no
A1,1,P,3,2010-12-01 08:26:00,0.615,17850.0
A1,2,P,4294967297,2010-12-01 08:26:00,1,1
A1,3,P,1,2011-02-30 10:00:00,1,1
A1,4,P,-2,2010-12-01T08:26:00Z,1.10,
A1,5,,1,2010-12-01,1,1
A1,6,P,1,2010-12-01 24:61:00,1,1
A1,7,P,1,2010-12-01 08:26,abc,1
A1,1,P,3,2010-12-01 08:26:00,0.615,17850.0
`
  const path = await file('sales.csv', text)
  assert.deepEqual(counts(await importFile(app, sales, path)), [8, 2, 1, 5])
  const rows = await app.facts.query(
    'SELECT line, quantity, amount_minor, account_no, sold_at FROM sale_lines ORDER BY line',
  )
  assert.deepEqual(rows, [
    { line: 1, quantity: 3, amount_minor: 185, account_no: '17850', sold_at: '2010-12-01T08:26:00Z' },
    { line: 4, quantity: -2, amount_minor: -220, account_no: '', sold_at: '2010-12-01T08:26:00Z' },
  ])
  const more = await file('sales2.csv', text.replace('A1,4,P,-2', 'A1,4,P,-1'))
  assert.deepEqual(counts(await importFile(app, sales, more)), [8, 1, 2, 5])
})
