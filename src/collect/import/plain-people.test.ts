import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import type { OpenApp } from '../../platform/open-app.ts'
import { openTestApp } from '../../platform/open-test-app.ts'
import { type Mapping, mappingSchema } from '../mapping.ts'
import { importFile } from './import-file.ts'
import { dropStagingTables } from './import-parts.ts'
import { tablesOnly } from './own-app.ts'
import { PARSED_CONSENTS, PARSED_PEOPLE, PeopleReader, parsedConsents, parsedPeople } from './people.ts'
import { readPeopleShare } from './people-share.ts'
import { parsePlainPeople } from './plain-people.ts'
import { createStaging, textStaging } from './stage-file.ts'

let dir: string
let app: OpenApp
before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'huiyin-plain-'))
  app = await openTestApp(join(dir, 'data'), [tablesOnly])
})
after(async () => {
  await app.close()
  await rm(dir, { recursive: true, force: true })
})

/** Per field: forms the engine knows, and forms it must leave to the reader. */
const VALUES: Record<string, [usual: string[], odd: string[]]> = {
  row_key: [
    ['K1', 'a-7/b', '{x}'],
    ['', ' K1', 'K 1', 'Ｋ１', '键'],
  ],
  full_name: [
    ['王小明', '志强潘', '欧阳娜娜', 'Ann O’Neil', 'Smith, John', '华联商贸有限公司', 'Dr. José Pérez', ''],
    ['王\u001f小明', ' 王 小明 ', '王\u0000明'],
  ],
  kind: [
    ['', '个人'],
    ['企业', 'Company', '公司客户'],
  ],
  gender: [
    ['男', '女', '', 'F'],
    ['x', '?', ' 男'],
  ],
  country: [
    ['', '中国', 'CN', 'United Kingdom', 'Atlantis'],
    ['?', ' 中国 ', 'ＣＮ'],
  ],
  mobile: [
    ['13812345678', '', '+8613912345678', '138 1234 5678', '138-1234-5678'],
    [
      '15412345678',
      '8613812345678',
      '07700 900123',
      '021-61234567',
      '１３８１２３４５６７８',
      ' ',
      '12345',
      '+44 7700 900123',
      '13812345678转3',
      '138 12345678 ',
    ],
  ],
  mobile2: [
    ['', '18600000000'],
    ['13812345678', '010-61234567', '不详'],
  ],
  landline: [
    ['', '021-61234567', '02161234567', '0755-8123456'],
    ['010-61234567', '13812345678', '61234567', '021-6123-4567', '020 61234567', '021--61234567'],
  ],
  email: [
    ['a@example.com', 'A.B+c@Ex-ample.CO', ''],
    ['a@b@c.cn', 'mailto:a@b.cn', '13812345678', 'a@b.cn.', ' a@b.cn', 'a＠b.cn', 'no', '@b.cn', 'ſa@b.cn', '<a@b.cn>'],
  ],
  id_number: [
    ['11010519491231002X', '11010519491231002x', ''],
    ['110105 19491231 002X', '１１'],
  ],
  street: [
    ['人民路12号101室', '12 High St', 'Café, 3 rue d’Été', ''],
    [' 人民路', '人民路　12号', '人民路（北）12号', 'A  B', 'e\u0301', '\u1100\u1161'],
  ],
  province: [
    ['上海市', ''],
    ['上海市 ', '廣東\u3000省', '豈'],
  ],
  postcode: [
    ['200120', 'SW1A 1aa', ''],
    ['２００１２０', 'ÿ1', '200120\t'],
  ],
  address2: [
    ['', '北京市朝阳区建国路1号'],
    ['{"city":"上海市","line1":"人民路1号"}', '{broken'],
  ],
  account_no: [
    ['', '1000001', 'A-1_b'],
    ['1000001.0', ' 1', '一'],
  ],
  birth_date: [
    ['1985-07-03', '', '2000-02-29', '1900-01-01'],
    [
      '2011-02-30',
      '1985/7/3',
      '19850703',
      '1899-12-31',
      '2999-01-01',
      '民國74年7月3日',
      '1985-07-03 ',
      '0000-00-00',
      '1985-7-03x',
    ],
  ],
  updated_at: [
    ['2010-03-04 05:06:07', '', '2010-03-04', '1990-07-01 00:00:00'],
    [
      '2010-03-04T05:06:07Z',
      '2010-13-04',
      '2999-01-01 00:00:00',
      '2010-03-04 24:00:00',
      '1970-01-01 00:00:00',
      '1960-01-01',
      '2010-03-04 05:06',
    ],
  ],
  created_at: [
    ['2009-01-01 00:00:00', ''],
    ['x', '4.3.2009', '2106-03-01 00:00:00'],
  ],
  'consent.sms': [
    ['是', '否', '', 'Y'],
    ['maybe', ' ', '同意 ', '1'],
  ],
  'consent.email': [
    ['是', ''],
    ['√', '?'],
  ],
  'number:points': [
    ['12', '-3', ''],
    ['99999999999', '1.0', 'x', ' 7'],
  ],
}
const FIELDS = Object.keys(VALUES)

/** Rows that are usual in most of their cells, so that both ways are taken. */
const row = (odds: number) =>
  fc.tuple(
    ...FIELDS.map(field =>
      fc.oneof(
        { weight: 40, arbitrary: fc.constantFrom(...VALUES[field]![0]) },
        { weight: odds, arbitrary: fc.constantFrom(...VALUES[field]![1]) },
      ),
    ),
  )

const mappingOf = (more: Partial<Mapping>): Mapping =>
  mappingSchema.parse({
    source: 'x',
    file: 'x.csv',
    importer: 'csv',
    kind: 'people',
    columns: FIELDS.map(field => ({ header: field, field })),
    ...more,
  })

let imports = 0
async function stageRows(mapping: Mapping, rows: string[][]): Promise<[importId: number, staging: string]> {
  const importId = ++imports
  const { table } = await textStaging(app, importId, mapping)
  await createStaging(app, parsedPeople(importId), PARSED_PEOPLE, 'row_no')
  await createStaging(app, parsedConsents(importId), PARSED_CONSENTS, 'row_no')
  await app.facts.insertColumns(table, {
    row_no: { type: 'UInt64', values: rows.map((_, r) => r + 1) },
    ...Object.fromEntries(
      mapping.columns.map((_, c) => [`c${c}`, { type: 'String', values: rows.map(cells => cells[c]!) }]),
    ),
  })
  return [importId, table]
}

async function parsedOf(importId: number): Promise<Map<number, unknown>> {
  const rows = await app.facts.query<{ row_no: number }>(
    `SELECT * EXCEPT (consents_said, consent_at) FROM ${parsedPeople(importId)} ORDER BY row_no`,
  )
  const said = await app.facts.query<{ row_no: number }>(
    `SELECT * FROM ${parsedConsents(importId)} ORDER BY row_no, channel`,
  )
  return new Map(rows.map(cells => [cells.row_no, [cells, said.filter(({ row_no }) => row_no === cells.row_no)]]))
}

/** Both ways over the same rows: what the engine parsed, and what the reader makes of all. */
async function bothWays(mapping: Mapping, rows: string[][]) {
  const now = Date.now() / 1000
  const reader = new PeopleReader(mapping, now)
  const [plain, staging] = await stageRows(mapping, rows)
  const [careful, again] = await stageRows(mapping, rows)
  try {
    await parsePlainPeople(app, plain, staging, mapping, reader, rows.length)
    const [people, consents] = [parsedPeople(careful), parsedConsents(careful)]
    const all = { staging: again, people, consents, from: 0, to: rows.length + 1, rest: false }
    await readPeopleShare(app.facts, all, mapping, new PeopleReader(mapping, now))
    return { engine: await parsedOf(plain), reader: await parsedOf(careful) }
  } finally {
    await dropStagingTables(app, plain)
    await dropStagingTables(app, careful)
  }
}

const MAPPINGS: Partial<Mapping>[] = [
  { timeZone: 'Asia/Shanghai' },
  { timeZone: 'UTC', country: 'GB' },
  { timeZone: 'Europe/London', rowKey: 'account', columns: mappingOf({}).columns.filter(c => c.field !== 'row_key') },
  { columns: mappingOf({}).columns.map(c => (c.field === 'account_no' ? { ...c, field: 'row_key' } : c)) },
]

for (const more of MAPPINGS)
  test(`the engine says of a row what the reader says: ${JSON.stringify(more).slice(0, 60)}`, async () => {
    const mapping = mappingOf(more)
    const places = mapping.columns.map(column => FIELDS.indexOf(column.header))
    await fc.assert(
      fc.asyncProperty(fc.array(row(1), { minLength: 500, maxLength: 1000, size: 'max' }), async drawn => {
        const rows = drawn.map(cells => FIELDS.map((_, c) => (places[c] === undefined ? '' : cells[places[c]]!)))
        const { engine, reader } = await bothWays(mapping, rows)
        for (const [rowNo, said] of engine) assert.deepEqual(said, reader.get(rowNo), JSON.stringify(rows[rowNo - 1]))
        assert.ok(engine.size > 0, 'the engine parsed nothing')
      }),
      { numRuns: 2, endOnFailure: true },
    )
  })

test('one odd value at a time: the engine leaves it to the reader or says the same', async () => {
  const mapping = mappingOf({ timeZone: 'Asia/Shanghai' })
  const usual = FIELDS.map(field => VALUES[field]![0][0]!)
  const rows = FIELDS.flatMap((field, c) => VALUES[field]!.flat().map(value => usual.with(c, value)))
  const { engine, reader } = await bothWays(mapping, rows)
  for (const [rowNo, said] of engine) assert.deepEqual(said, reader.get(rowNo), JSON.stringify(rows[rowNo - 1]))
  const expected = FIELDS.reduce((sum, field) => sum + VALUES[field]![0].length, 0)
  assert.ok(engine.size >= expected, `${engine.size} of the ${expected} rows in usual form were parsed by the engine`)
})

test('a large file with usual and odd rows: both ways together lose none and refuse the same', async () => {
  const ROWS = 21_000
  const lines = Array.from({ length: ROWS }, (_, r) => {
    const mobile = r % 7 === 0 ? '１３８１２３４５６７８' : '13812345678'
    return `K${r + 1},王小明,${mobile},${r % 100 === 50 ? '2011-02-30' : '1985-07-03'},是`
  })
  const path = join(dir, 'large.csv')
  await writeFile(path, `编号,姓名,手机,生日,短信\n${lines.join('\n')}\n`)
  const fields = ['row_key', 'full_name', 'mobile', 'birth_date', 'consent.sms']
  const headers = ['编号', '姓名', '手机', '生日', '短信']
  const mapping = mappingOf({
    columns: mappingSchema.shape.columns.parse(headers.map((header, h) => ({ header, field: fields[h] }))),
  })
  const { importId, ...result } = await importFile(app, mapping, path)
  assert.deepEqual([result.rowsIn, result.stored, result.duplicates, result.quarantined], [ROWS, ROWS - 210, 0, 210])
  const stored = await app.facts.one(
    `SELECT count() AS n, uniqExact(row_no) AS numbers, countIf(mobile = '+8613812345678' AND birth_date = '1985-07-03' AND family_name = '王') AS right
     FROM source_records WHERE import_id = {importId:UInt64}`,
    { importId },
  )
  assert.deepEqual(stored, { n: ROWS - 210, numbers: ROWS - 210, right: ROWS - 210 })
  const said = await app.facts.one('SELECT count() AS n FROM consents WHERE import_id = {importId:UInt64}', {
    importId,
  })
  assert.deepEqual(said, { n: ROWS - 210 })
})
