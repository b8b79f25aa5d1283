import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inflateSync } from 'node:zlib'
import excel from 'exceljs'
import { type Report, writeReport } from './index.ts'

const report: Report = {
  title: '盈利能力',
  lead: ['截至 2010-12-01'],
  lang: 'zh-CN',
  currency: 'GBP',
  sections: [
    {
      title: '按客群: 毛利/成本?',
      note: '毛利 ÷ 销售额',
      columns: [
        { name: '客群', unit: 'text' },
        { name: '毛利', unit: 'money' },
        { name: '毛利率', unit: 'share' },
      ],
      rows: [
        ['=HYPERLINK("http://x","重要")', 123_456, 0.25],
        ['一般, 客户', -50, null],
      ],
      bars: 1,
    },
  ],
}

test('CSV: a table as it stands, amounts in major units, no text taken for a formula', async () => {
  const { bytes } = await writeReport(report, 'csv')
  assert.equal(
    Buffer.from(bytes).toString('utf8'),
    '\uFEFF客群,毛利,毛利率\r\n"\'=HYPERLINK(""http://x"",""重要"")",1234.56,0.25\r\n"一般, 客户",-0.5,\r\n',
  )
  const two = { ...report, sections: [report.sections[0]!, { ...report.sections[0]!, title: 'B' }] }
  const long = Buffer.from((await writeReport(two, 'csv')).bytes)
    .toString('utf8')
    .split('\r\n')
  assert.equal(long.length, 1 + 2 * 2 * 2 + 1)
  assert.equal(long[7], 'B,"一般, 客户",毛利,-0.5')
})

test('XLSX: a sheet a section, numbers as numbers with their format', async () => {
  const { bytes } = await writeReport(report, 'xlsx')
  const book = new excel.Workbook()
  await book.xlsx.load(Buffer.from(bytes) as unknown as excel.Buffer)
  assert.deepEqual(
    book.worksheets.map(sheet => sheet.name),
    ['说明', '按客群  毛利 成本'],
  )
  const sheet = book.worksheets[1]!
  assert.equal(sheet.getCell('B2').value, 1234.56)
  assert.equal(sheet.getCell('C2').numFmt, '0.0%')
  assert.equal(sheet.getCell('A2').type, excel.ValueType.String)
  assert.equal(sheet.getCell('C3').value, null)
})

test('PDF: set in our own font, with a page for each reader', async () => {
  const { bytes } = await writeReport(report, 'pdf')
  const text = Buffer.from(bytes).toString('latin1')
  assert.match(text, /^%PDF-1\.\d/)
  assert.match(text, /Noto/)
  // A drawn bar each, of its own colour: blue above nought (#2456c7), red below.
  const streams = [...text.matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)].map(found => {
    try {
      return inflateSync(Buffer.from(found[1]!, 'latin1')).toString('latin1')
    } catch {
      return ''
    }
  })
  const part = (of255: number) => String(Math.floor((of255 / 255) * 1000) / 1000)
  for (const [red, green] of [
    [0x24, 0x56],
    [0xb4, 0x44],
  ] as const) {
    const colour = new RegExp(`${part(red)}\\d* ${part(green)}\\d* `)
    assert.ok(
      streams.some(stream => colour.test(stream)),
      `${red} ${green}`,
    )
  }
})
