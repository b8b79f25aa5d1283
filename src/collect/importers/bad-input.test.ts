/**
 * Everything importers can meet. Whatever a file holds: the process lives, the answer is a counted import or a refusal by name; rows in =
 * records + duplicates + quarantined; a stored raw row is the text that was given, and a date or number was read as what it says or
 * its row is in the quarantine.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import ExcelJS from 'exceljs'
import fc from 'fast-check'
import { HuiyinError } from '../../platform/errors.ts'
import { type ImportResult, importFile } from '../import/import-file.ts'
import { type OwnApp, ownApp } from '../import/own-app.ts'
import { type Mapping, mappingSchema } from '../mapping.ts'

let own: OwnApp
before(async () => {
  own = await ownApp()
})
after(() => own.close())

const HEADERS = ['编号', '姓名', '生日', '积分', '备注']
const FIELDS = ['row_key', 'full_name', 'birth_date', 'number:points', 'ignore']
let made = 0
const mapping = (importer: string): Mapping =>
  mappingSchema.parse({
    source: `fuzz-${++made}`,
    file: 'x',
    importer,
    kind: 'people',
    columns: HEADERS.map((header, c) => ({ header, field: FIELDS[c] })),
  })

/** What a date says; '' = it says none that exists, so that its row must be refused. */
const DATES: Record<string, string> = {
  '1985-07-03': '1985-07-03',
  '1985/7/3': '1985-07-03',
  '19850703': '1985-07-03',
  '03/07/1985': '1985-07-03',
  '1985年7月3日': '1985-07-03',
  '１９８５－０７－０３': '1985-07-03',
  民國74年7月3日: '1985-07-03',
  民国74年7月3日: '1985-07-03',
  '2011-02-30': '',
  '30/02/2011': '',
  民國100年2月30日: '',
  '100/2/3': '',
  '40725': '',
  '1985-07-03 or later': '',
  '0000-00-00': '',
  '9999-12-31': '',
  '1899-12-31': '',
  '=1+1': '',
  '2000-02-29': '2000-02-29',
  '1900-02-29': '',
}
const NUMBERS: Record<string, boolean> = {
  '12': true,
  '-7': true,
  '3.0': true,
  '': true,
  '99999999999': false,
  '2147483648': false,
  '1e3': false,
  '=2': false,
  NaN: false,
  '１２': false,
  '1,5': false,
}
const NASTY = [
  '',
  '=1+1',
  '@SUM(A1)',
  '+44',
  '-1+2',
  '\t',
  ' x ',
  '"',
  '""',
  "'",
  ',',
  ';',
  '\n',
  '\r\n',
  'a\nb',
  '\\N',
  'NULL',
  '😀',
  '👨‍👩‍👧',
  'é',
  '\u202e',
  '\u200b',
  '１２',
  '王',
  '\\',
  '0012',
  '1.38E+10',
]

const cell = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...NASTY) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
)
const rowOf = fc.record({
  name: fc.oneof(fc.constantFrom('王小明', 'Ann Lee', '=cmd|A1'), cell),
  birth: fc.constantFrom('', ...Object.keys(DATES)),
  points: fc.constantFrom(...Object.keys(NUMBERS)),
  note: cell,
})
const rowsOf = fc.array(rowOf, { minLength: 1, maxLength: 25 })
type Row = typeof rowOf extends fc.Arbitrary<infer R> ? R : never

const cellsOf = (rows: Row[]): string[][] => rows.map((row, n) => [`k${n}`, row.name, row.birth, row.points, row.note])
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`
const csvOf = (rows: string[][]): string => [HEADERS, ...rows].map(row => row.map(quoted).join(',')).join('\n')

/** A counted import or a refusal by name, nothing else. */
async function attempt(
  importer: string,
  name: string,
  content: string | Uint8Array,
): Promise<(ImportResult & { map: Mapping }) | null> {
  const map = mapping(importer)
  try {
    const result = await importFile(own.app, map, await own.file(name, content))
    assert.equal(result.rowsIn, result.stored + result.duplicates + result.quarantined, name)
    const { kept, aside } = await own.app.facts.one<{ kept: number; aside: number }>(
      `SELECT (SELECT count() FROM source_records WHERE source = {s:String}) AS kept, (SELECT count() FROM quarantine WHERE source = {s:String}) AS aside`,
      { s: map.source },
    )
    assert.deepEqual([kept, aside], [result.stored, result.quarantined], name)
    return { ...result, map }
  } catch (error) {
    if (error instanceof HuiyinError && error.code.startsWith('collect.')) {
      assert.ok(error.message.includes(name), error.message)
      return null
    }
    throw error
  }
}

/** Every stored row says what the file said, in its raw text and in what was read from it. */
async function nothingChanged(source: string, given: string[][]): Promise<void> {
  const rows = await own.app.facts.query<{ row_no: number; birth: string; raw: string }>(
    `SELECT row_no, ifNull(toString(birth_date), '') AS birth, raw FROM source_records WHERE source = {s:String}`,
    { s: source },
  )
  for (const { row_no, birth, raw } of rows) {
    const cells = given[row_no - 1]
    assert.ok(cells, `row ${row_no}`)
    const kept = JSON.parse(raw) as Record<string, string>
    assert.deepEqual(
      HEADERS.map(header => kept[header]),
      cells,
    )
    assert.equal(birth, cells[2] === '' ? '' : DATES[cells[2]!], `birth ${cells[2]}`)
    assert.notEqual(NUMBERS[cells[3]!], false, `number ${cells[3]}`)
  }
}

test('CSV: whatever the cells hold', async () => {
  await fc.assert(
    fc.asyncProperty(rowsOf, async rows => {
      const given = cellsOf(rows)
      const result = await attempt('csv', 'cells.csv', csvOf(given))
      assert.ok(result, 'the file is well formed')
      assert.equal(result.rowsIn, rows.length)
      await nothingChanged(result.map.source, given)
    }),
    { numRuns: 12 },
  )
})

test('JSON lines: whatever the values hold, half surrogate pairs too', async () => {
  const loose = fc.oneof(cell, fc.constantFrom('\ud800', '\udc00x', '\0'))
  await fc.assert(
    fc.asyncProperty(rowsOf, fc.array(loose, { minLength: 25, maxLength: 25 }), async (rows, notes) => {
      const given = cellsOf(rows).map((cells, n) => [...cells.slice(0, 4), notes[n]!])
      const lines = given.map(cells =>
        JSON.stringify(Object.fromEntries(HEADERS.map((header, c) => [header, cells[c]]))),
      )
      const result = await attempt('jsonl', 'values.jsonl', lines.join('\n'))
      if (!result) return
      assert.equal(result.rowsIn, rows.length)
      await nothingChanged(result.map.source, given)
    }),
    { numRuns: 8 },
  )
})

test('workbooks: whatever the cells hold', async () => {
  await fc.assert(
    fc.asyncProperty(rowsOf, async rows => {
      // What XML 1.0 cannot hold, no workbook holds; line ends are made one by XML.
      const given = cellsOf(rows).map(cells => cells.map(text => text.replace(/[^\x20-\ud7ff\ue000-\ufffd]/g, '')))
      const book = new ExcelJS.Workbook()
      const sheet = book.addWorksheet('x')
      for (const cells of [HEADERS, ...given]) sheet.addRow(cells)
      const result = await attempt('xlsx', 'cells.xlsx', Buffer.from(await book.xlsx.writeBuffer()))
      assert.equal(result?.rowsIn, rows.length)
      await nothingChanged(result!.map.source, given)
    }),
    { numRuns: 6 },
  )
})

test('files cut, mixed, overwritten: counted or refused by name', async () => {
  const damage = fc.record({
    kind: fc.constantFrom('cut', 'insert', 'mix', 'gzip-cut', 'twice'),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 40 }),
  })
  const VCARD = 'BEGIN:VCARD\nUID:1\nFN:王小明\nTEL;CELL:13800138000\nEND:VCARD\n'
  const book = new ExcelJS.Workbook()
  book.addWorksheet('x').addRows([HEADERS, ['1', '王小明', '', '', '']])
  const whole: Record<string, Buffer> = {
    csv: Buffer.from(
      csvOf([
        ['1', '王小明', '1985-07-03', '1', 'x'],
        ['2', '李丽', '', '', 'y\nz'],
      ]),
    ),
    jsonl: Buffer.from('{"编号":"1","姓名":"王小明"}\n{"编号":"2","姓名":"李丽"}\n'),
    vcard: Buffer.from(VCARD + VCARD.replace('UID:1', 'UID:2')),
    xlsx: Buffer.from(await book.xlsx.writeBuffer()),
  }
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...Object.keys(whole)), damage, async (importer, { kind, at, bytes }) => {
      const good = whole[importer]!
      const place = Math.floor(at * good.length)
      const packed = gzipSync(good)
      const content = {
        cut: good.subarray(0, place),
        insert: Buffer.concat([good.subarray(0, place), bytes, good.subarray(place)]),
        mix: Buffer.concat([good, Buffer.from('b1e0bac52ccdf5d0a1c3f70a', 'hex')]),
        'gzip-cut': packed.subarray(0, Math.floor(at * packed.length)),
        twice: Buffer.concat([good, good]),
      }[kind]
      await attempt(importer, `damaged.${importer}${kind === 'gzip-cut' ? '.gz' : ''}`, content)
    }),
    { numRuns: 15 },
  )
})

test('a cell of ten megabytes, quoted or not, and a row without end cost themselves only', async () => {
  const huge = 'x'.repeat(10_000_000)
  const text = `${HEADERS.join(',')}\n1,王小明,,,a\n2,${huge},,,b\n3,"${huge}",,,c\n4,李丽,,,d\n`
  const result = await attempt('csv', 'huge.csv', text)
  assert.deepEqual([result?.rowsIn, result?.stored, result?.quarantined], [4, 2, 2])
  const lines = await attempt('jsonl', 'huge.jsonl', `{"编号":"1","姓名":"${huge}"}\n{"编号":"2","姓名":"李丽"}\n`)
  assert.deepEqual([lines?.rowsIn, lines?.stored, lines?.quarantined], [2, 1, 1])
})

test('large files read by the engine give the same as the careful reader, ragged rows or none', async () => {
  const rows = Array.from({ length: 30_000 }, (_, n) => [
    `k${n}`,
    n % 3 ? '王小明' : '"O""Neil, Ann"',
    n % 7 ? '1985-07-03' : '2011-02-30',
    String(n % 5),
    '上海市浦东新区',
  ])
  const text = [HEADERS, ...rows].map(row => row.join(',')).join('\n')
  const even = await attempt('csv', 'even.csv', text)
  const careful = await attempt('csv', 'even.csv.gz', gzipSync(text))
  assert.deepEqual(
    [even?.rowsIn, even?.stored, even?.quarantined],
    [careful?.rowsIn, careful?.stored, careful?.quarantined],
  )
  const both = await own.app.facts.query<{ hash: string }>(
    `SELECT toString(groupBitXor(cityHash64(row_key, row_no, raw, birth_date))) AS hash FROM source_records WHERE source IN {s:Array(String)} GROUP BY source`,
    { s: [even!.map.source, careful!.map.source] },
  )
  assert.equal(both[0]?.hash, both[1]?.hash)
  const ragged = await attempt('csv', 'ragged.csv', `${text}\nk30000,短\n\nk30001,长,,,,,\n`)
  assert.deepEqual([ragged?.rowsIn, ragged?.stored, ragged?.quarantined], [30_002, even!.stored, even!.quarantined + 2])
})
