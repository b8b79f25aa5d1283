import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crc32, deflateRawSync } from 'node:zlib'
import { HuiyinError } from '../../platform/errors.ts'
import { designSchema } from '../design/design.ts'
import { notTaken } from './not-taken.ts'
import { openDocx } from './open-docx.ts'
import { readDocx } from './read-docx.ts'
import { toDesign } from './to-design.ts'
import { readZip, writeZip } from './zip.ts'

const W =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
const run = (text: string, look = ''): string =>
  `<w:r><w:rPr>${look}</w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`
const p = (inside: string, properties = ''): string => `<w:p><w:pPr>${properties}</w:pPr>${inside}</w:p>`
const field = (name: string, shown: string): string =>
  `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> MERGEFIELD ${name} \\* MERGEFORMAT </w:instrText></w:r>` +
  `<w:r><w:fldChar w:fldCharType="separate"/></w:r>${run(shown)}<w:r><w:fldChar w:fldCharType="end"/></w:r>`
const cell = (inside: string): string => `<w:tc>${inside}</w:tc>`
const item = (text: string): string => p(run(text), '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')

function docx(body: string, more: Record<string, string> = {}): Buffer {
  const parts: Record<string, string> = {
    '[Content_Types].xml':
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    '_rels/.rels':
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
    'word/document.xml': `<?xml version="1.0"?><w:document ${W}><w:body>${body}</w:body></w:document>`,
    ...more,
  }
  return writeZip(new Map(Object.entries(parts).map(([name, text]) => [name, Buffer.from(text)])))
}

async function imported(bytes: Buffer, paths = ['to.name', 'to.salutation', 'offer.code', 'issued']) {
  const opened = openDocx('letter.docx', bytes)
  const { blocks } = await readDocx('letter.docx', opened.bytes)
  const designed = toDesign(blocks, { language: 'zh-CN', paths: new Set(paths), pictures: [] })
  return { ...designed, notTaken: [...notTaken(opened.xml, opened.parts), ...designed.notTaken] }
}

const letter = docx(
  [
    p(run('续保通知'), '<w:pStyle w:val="Heading1"/>'),
    p(run('尊敬的') + field('客户姓名', '王小明') + run('《Salutation》') + run('：')),
    p(
      run('您的保单') +
        run('«保', '<w:b/>') +
        run('单号»') +
        run('将于 {{ issued | day }} 到期，', '<w:i/>') +
        run('请留意', '<w:u w:val="single"/>'),
    ),
    item('第一项'),
    item('第二项'),
    p(run('{% if x %}旧条件{% endif %}')),
    `<w:tbl><w:tr>${cell(p(run('左')))}${cell(p(run('右')))}</w:tr></w:tbl>`,
    `<w:tbl><w:tr>${cell(p(run('项目')))}${cell(p(run('金额')))}</w:tr><w:tr>${cell(p(run('«TableStart:lines»«text»')))}${cell(p(run('«amount»«TableEnd:lines»')))}</w:tr></w:tbl>`,
    p('<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>'),
    p(`<w:fldSimple w:instr=" DATE \\@ &quot;yyyy&quot; ">${run('2026')}</w:fldSimple>`),
  ].join(''),
  {
    'word/numbering.xml': `<w:numbering ${W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`,
    'word/styles.xml': `<w:styles ${W}><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style></w:styles>`,
    'word/_rels/document.xml.rels':
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="n" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering" Target="numbering.xml"/><Relationship Id="s" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>',
    'word/header1.xml': `<w:hdr ${W}/>`,
  },
)

test('a Word letter becomes a design: headings, looks, lists, tables, and fields as chips', async () => {
  const { design, fields } = await imported(letter)
  assert.ok(designSchema.safeParse(design).success)
  assert.deepEqual(design.title['zh-CN'], [{ type: 'text', text: '续保通知' }])
  const [text, columns, table] = design.blocks
  assert.ok(text?.type === 'text' && columns?.type === 'columns' && table?.type === 'table')
  const [heading, greeting, body, list] = text.text['zh-CN'] ?? []
  assert.deepEqual(heading, { type: 'heading', level: 1, content: [{ type: 'text', text: '续保通知' }] })
  // What the preview of the merge showed is nobody's business.
  assert.ok(!JSON.stringify(design).includes('王小明'))
  assert.ok(greeting?.type === 'paragraph')
  assert.deepEqual(greeting.content[1], { type: 'field', path: 'to.name' })
  assert.ok(body?.type === 'paragraph')
  assert.deepEqual(
    body.content.map(inline =>
      inline.type === 'field'
        ? `${inline.path} ${inline.format ?? ''}`
        : inline.type === 'text'
          ? `${inline.text} ${inline.marks?.join() ?? ''}`
          : '',
    ),
    ['您的保单 ', 'baodanhao ', '将于  italic', 'issued day', ' 到期， italic', '请留意 underline'],
  )
  assert.deepEqual(list, {
    type: 'bullets',
    items: [[{ type: 'text', text: '第一项' }], [{ type: 'text', text: '第二项' }]],
  })
  assert.equal(columns.columns.length, 2)
  assert.deepEqual([table.rows, table.columns.map(({ path }) => path)], ['lines', ['text', 'amount']])
  assert.deepEqual(
    [...fields].map(([name, { path, known }]) => [name, path, known]),
    [
      ['客户姓名', 'to.name', true],
      ['保单号', 'baodanhao', false],
      ['issued', 'issued', true],
    ],
  )
})

test('what could not be taken is told, with its paragraph', async () => {
  const { notTaken: missed } = await imported(letter)
  const told = missed.map(({ paragraph, what }) => `${paragraph} ${what.en}`)
  assert.ok(told.includes('13 a formula'), told.join('\n'))
  assert.ok(told.some(line => line.startsWith('14 the Word field DATE')))
  assert.ok(told.some(line => line.startsWith('6 a Liquid tag')))
  assert.ok(told.some(line => line.startsWith('0 the head of its pages')))
})

/** A part that unpacks to a thousand times its size, and may lie about it. */
function bomb(megabytes: number, stated = megabytes * 1024 * 1024): Buffer {
  const plain = Buffer.alloc(megabytes * 1024 * 1024, ' ')
  const packed = deflateRawSync(plain)
  const name = Buffer.from('word/document.xml')
  const head = (signature: number, size: number, shift: number) => {
    const header = Buffer.alloc(size)
    header.writeUInt32LE(signature, 0)
    header.writeUInt16LE(8, 8 + shift)
    header.writeUInt32LE(crc32(plain), 14 + shift)
    header.writeUInt32LE(packed.length, 18 + shift)
    header.writeUInt32LE(stated, 22 + shift)
    header.writeUInt16LE(name.length, 26 + shift)
    return header
  }
  const local = Buffer.concat([head(0x04034b50, 30, 0), name, packed])
  const directory = Buffer.concat([head(0x02014b50, 46, 2), name])
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(local.length, 16)
  return Buffer.concat([local, directory, end])
}

test('what is no letter is refused before anything reads it', () => {
  const code = (bytes: Buffer): string => {
    try {
      openDocx('x.docx', bytes)
      return 'taken'
    } catch (error) {
      assert.ok(error instanceof HuiyinError, String(error))
      return error.code
    }
  }
  assert.equal(code(bomb(60)), 'letter.unpacks-too-large')
  assert.equal(code(bomb(60, 1000)), 'letter.unpacks-too-large', 'a bomb that lies about its size')
  assert.equal(code(Buffer.concat([letter, Buffer.alloc(10 * 1024 * 1024)])), 'letter.too-large')
  assert.equal(code(Buffer.from('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'latin1')), 'letter.not-docx')
  assert.equal(code(Buffer.from('%PDF-1.7')), 'letter.not-docx')
  assert.equal(code(writeZip(new Map([['a.txt', Buffer.from('x')]]))), 'letter.not-docx')
  assert.equal(code(letter.subarray(0, letter.length - 100)), 'letter.damaged')
  const entities = docx('', { 'word/styles.xml': '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>' })
  assert.equal(code(entities), 'letter.damaged')
  assert.equal(code(letter), 'taken')
})

test('a ZIP comes back as it was written, and a changed byte is noticed', () => {
  const parts = readZip(letter, { entries: 100, bytes: 1e6 })
  assert.equal(parts.get('word/header1.xml')?.toString(), `<w:hdr ${W}/>`)
  const damaged = Buffer.from(letter)
  const at = damaged.indexOf('第一项')
  damaged[at] = (damaged[at] ?? 0) ^ 1
  assert.throws(() => readZip(damaged, { entries: 100, bytes: 1e6 }), /damaged/)
})
