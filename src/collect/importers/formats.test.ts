import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import ExcelJS from 'exceljs'
import { HuiyinError } from '../../platform/errors.ts'
import { importFile } from '../import/import-file.ts'
import { type OwnApp, ownApp } from '../import/own-app.ts'
import { type Mapping, mappingSchema } from '../mapping.ts'
import { proposeMapping } from '../sources.ts'
import { xlsx } from './xlsx.ts'

let own: OwnApp
before(async () => {
  own = await ownApp()
})
after(() => own.close())

const people = (source: string, importer: string, extra: Partial<Mapping> = {}): Mapping =>
  mappingSchema.parse({
    source,
    file: 'x',
    importer,
    kind: 'people',
    columns: [
      ['编号', 'row_key'],
      ['姓名', 'full_name'],
      ['手机', 'mobile'],
      ['生日', 'birth_date'],
      ['备注', 'note'],
    ].map(([header, field]) => ({ header, field: field === 'note' ? 'ignore' : field })),
    ...extra,
  })

const records = (source: string) =>
  own.app.facts.query<{ row_key: string; full_name: string; mobile: string; birth: string; raw: string }>(
    `SELECT row_key, full_name, mobile, ifNull(toString(birth_date), '') AS birth, raw FROM source_records WHERE source = {source:String} ORDER BY row_key`,
    { source },
  )
const refused = (source: string) =>
  own.app.facts.query<{ row_no: number; column: string; rule: string; value: string }>(
    'SELECT row_no, column, rule, value FROM quarantine WHERE source = {source:String} ORDER BY row_no',
    { source },
  )

async function workbook(): Promise<Buffer> {
  const book = new ExcelJS.Workbook()
  book.addWorksheet('说明').addRow(['nothing here'])
  const sheet = book.addWorksheet('客户')
  sheet.addRow(['编号', '姓名', '手机', '生日', '备注'])
  sheet.addRow([7, '王小明', 13800138000, new Date(Date.UTC(1985, 6, 3)), 'plain']).getCell(1).numFmt = '00000'
  sheet.addRow([
    '8',
    { richText: [{ text: '李' }, { text: '丽' }] },
    '13900000000',
    '1990-01-02',
    { formula: '1+1', result: 2 },
  ])
  sheet.addRow(['9', '张伟', '13900000001', { error: '#N/A' }, ''])
  sheet.addRow(['10', '陈静', '13900000002', '2011-02-30', ''])
  sheet.addRow(['11', '赵敏', '13900000003', 40725, '=1+1'])
  sheet.addRow(['12', '钱多', '13900000004', '', '', 'one cell too many'])
  sheet.addRow(['13', '孙一', { formula: 'A1' }, '', ''])
  return Buffer.from(await book.xlsx.writeBuffer())
}

test('a workbook: the sheet that is meant, dates, leading zeros, cached results; errors go to the quarantine', async () => {
  const path = await own.file('book.xlsx', await workbook())
  assert.deepEqual(await xlsx.parts?.(path), ['说明', '客户'])
  const result = await importFile(own.app, people('book', 'xlsx', { sheet: '客户' }), path)
  assert.deepEqual([result.rowsIn, result.stored, result.quarantined], [7, 2, 5])
  const [first, second] = await records('book')
  assert.deepEqual(
    [first?.row_key, first?.full_name, first?.mobile, first?.birth],
    ['00007', '王小明', '+8613800138000', '1985-07-03'],
  )
  assert.deepEqual([second?.row_key, second?.full_name], ['8', '李丽'])
  assert.equal((JSON.parse(second?.raw ?? '{}') as Record<string, string>)['备注'], '2')
  assert.deepEqual(
    (await refused('book')).map(row => [row.row_no, row.column, row.rule]),
    [
      [3, '生日', 'cell-error'],
      [4, '生日', 'date'],
      [5, '生日', 'date'],
      [6, '5', 'columns'],
      [7, '手机', 'formula'],
    ],
  )
  const packed = await own.file('again.xlsx.gz', gzipSync(await workbook()))
  const again = await importFile(own.app, people('book', 'xlsx', { sheet: '客户' }), packed)
  assert.deepEqual([again.stored, again.duplicates, again.quarantined], [0, 2, 5])
})

test('what only looks like a workbook is refused by name, a bomb before it goes off', async () => {
  const good = await workbook()
  const bad: [string, Uint8Array, string][] = [
    ['half.xlsx', good.subarray(0, good.length - 100), 'collect.workbook-bad'],
    ['zeros.xlsx', Buffer.alloc(500), 'collect.workbook-bad'],
    ['other.xlsx', zipOf('readme.txt', 'hello'), 'collect.workbook-bad'],
    ['entity.xlsx', zipOf('xl/workbook.xml', '<!DOCTYPE a [<!ENTITY b "c">]><workbook/>'), 'collect.workbook-bad'],
  ]
  for (const [name, bytes, code] of bad) {
    const path = await own.file(name, bytes)
    await assert.rejects(
      importFile(own.app, people('bad-book', 'xlsx'), path),
      (error: unknown) => error instanceof HuiyinError && error.code === code && error.message.includes(name),
      name,
    )
  }
  await assert.rejects(
    importFile(own.app, people('bad-book', 'xlsx', { sheet: 'nope' }), await own.file('b.xlsx', good)),
    /客户/,
  )
})

function zipOf(name: string, text: string): Uint8Array {
  const body = Buffer.from(text)
  const title = Buffer.from(name)
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt32LE(body.length, 18)
  local.writeUInt32LE(body.length, 22)
  local.writeUInt16LE(title.length, 26)
  const entry = Buffer.alloc(46)
  entry.writeUInt32LE(0x02014b50, 0)
  entry.writeUInt32LE(body.length, 20)
  entry.writeUInt32LE(body.length, 24)
  entry.writeUInt16LE(title.length, 28)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(entry.length + title.length, 12)
  end.writeUInt32LE(local.length + title.length + body.length, 16)
  return Buffer.concat([local, title, body, entry, title, end])
}

const CARDS = `BEGIN:VCARD
VERSION:2.1
UID:a-1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E7=8E=8B;=E5=B0=8F=E6=98=8E;;;
FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E7=8E=8B=E5=B0=8F=E6=98=8E
TEL;CELL:138 0013 8000
TEL;HOME:021-62345678
BDAY:19850703
REV:20200102T030405Z
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Example Ltd
ORG:Example Ltd
TEL;TYPE=WORK:+44 20 7946 0000
END:VCARD
BEGIN:VCARD
VERSION:4.0
UID:urn:uuid:4fbe8971
FN:Ann Lee
N:Lee;Ann;;;
EMAIL;PREF=1:ann@example.com
ADR;TYPE=home:;;1 High Street;Leeds;;LS1 1AA;United Kingdom
BDAY:--0703
END:VCARD
BEGIN:VCARD
FN:half
`

test('an address book is people, believed little; a broken card costs itself only', async () => {
  const path = await own.file('book.vcf', CARDS)
  const mapping = await proposeMapping(path, 'phone')
  assert.deepEqual([mapping.importer, mapping.kind, mapping.trust], ['vcard', 'people', 0.2])
  const result = await importFile(own.app, mapping, path)
  assert.deepEqual([result.rowsIn, result.stored, result.quarantined], [4, 3, 1])
  const rows = await own.app.facts.query<Record<string, string>>(
    `SELECT row_key, kind, full_name, family_name, mobile, landline, email, city, postcode, ifNull(toString(birth_date), '') AS birth, toString(updated_at) AS at
     FROM source_records WHERE source = 'phone' ORDER BY row_no`,
  )
  assert.deepEqual(
    [rows[0]?.['full_name'], rows[0]?.['mobile'], rows[0]?.['landline'], rows[0]?.['birth'], rows[0]?.['at']],
    ['王小明', '+8613800138000', '+862162345678', '1985-07-03', '2020-01-02 03:04:05'],
  )
  assert.equal(rows[1]?.['kind'], 'organisation')
  assert.deepEqual(
    [rows[2]?.['family_name'], rows[2]?.['email'], rows[2]?.['city'], rows[2]?.['postcode']],
    ['Lee', 'ann@example.com', 'Leeds', 'LS1 1AA'],
  )
  assert.deepEqual(
    (await refused('phone')).map(row => row.rule),
    ['vcard'],
  )
  const again = await importFile(
    own.app,
    mapping,
    await own.file('book2.vcf', CARDS.replace('BDAY:19850703', 'BDAY:19850704')),
  )
  assert.deepEqual([again.stored, again.duplicates], [1, 2])
})

test('columns of one name are told apart, and both are kept', async () => {
  const path = await own.file('twice.csv', '编号,姓名,电话,电话\n1,王小明,13800138000,13900139000\n')
  const proposed = await proposeMapping(path, 'twice')
  assert.deepEqual(
    proposed.columns.map(column => column.header),
    ['编号', '姓名', '电话', '电话 (2)'],
  )
  await importFile(own.app, proposed, path)
  const [row] = await records('twice')
  assert.deepEqual(JSON.parse(row?.raw ?? '{}'), {
    编号: '1',
    姓名: '王小明',
    电话: '13800138000',
    '电话 (2)': '13900139000',
  })
})

test('every encoding by detection or by name, also when only the end of a file tells it', async () => {
  const line = '1,王小明,13800138000,1985-07-03,\n'
  const header = '编号,姓名,手机,生日,备注\n'
  const gb: Record<string, string> = {
    编: 'b1e0',
    号: 'bac5',
    姓: 'd0d5',
    名: 'c3fb',
    手: 'cad6',
    机: 'bbfa',
    生: 'c9fa',
    日: 'c8d5',
    备: 'b1b8',
    注: 'd7a2',
    王: 'cdf5',
    小: 'd0a1',
    明: 'c3f7',
  }
  const encode = (text: string, table: Record<string, string>) =>
    Buffer.concat([...text].map(char => (table[char] ? Buffer.from(table[char]!, 'hex') : Buffer.from(char))))
  const big5 = { 王: 'a4fd', 小: 'a470', 明: 'a9fa' }
  const swapped = Buffer.from(`\ufeff${header}${line}`, 'utf16le').swap16()
  const late = `id,name,mobile,birth,note\n${Array.from({ length: 12_000 }, (_, n) => `x${n},John Smith,07700900123,1985-07-03,\n`).join('')}`
  const renamed = (mapping: Mapping): Mapping => ({
    ...mapping,
    columns: mapping.columns.map((column, c) => ({ ...column, header: ['id', 'name', 'mobile', 'birth', 'note'][c]! })),
  })
  const files: [string, Uint8Array, Mapping][] = [
    ['bom', Buffer.from(`\ufeff${header}${line}`), people('e-bom', 'csv')],
    ['utf16be', swapped, people('e-utf16be', 'csv')],
    ['gb18030', encode(header + line, gb), people('e-gb18030', 'csv')],
    [
      'big5',
      encode(`id,name,mobile,birth,note\n${line}`, big5),
      renamed(people('e-big5', 'csv', { encoding: 'big5' })),
    ],
    ['late', Buffer.concat([Buffer.from(late), encode(line, gb)]), renamed(people('e-late', 'csv', { country: 'GB' }))],
  ]
  for (const [name, bytes, mapping] of files) {
    await importFile(own.app, mapping, await own.file(`${name}.csv`, bytes))
    assert.equal((await records(mapping.source))[0]?.full_name, '王小明', name)
  }
  const latin = await own.file(
    'latin.csv',
    Buffer.from('id,name,mobile,birth,note\n1,J\u00fcrgen M\u00fcller,,,\n', 'latin1'),
  )
  const mapping = renamed(people('e-latin', 'csv'))
  await importFile(own.app, mapping, latin)
  assert.equal((await records('e-latin'))[0]?.full_name, 'Jürgen Müller')
})
