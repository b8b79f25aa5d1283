import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { crc32, deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { tableEntry } from '../../platform/engines/print/font-family.ts'
import { HuiyinError } from '../../platform/errors.ts'
import { checkAsset } from './check-asset.ts'

function chunk(type: string, body: Buffer): Buffer {
  const head = Buffer.from(type, 'latin1')
  const framed = Buffer.alloc(12 + body.length)
  framed.writeUInt32BE(body.length, 0)
  Buffer.concat([head, body]).copy(framed, 4)
  framed.writeUInt32BE(crc32(Buffer.concat([head, body])), 8 + body.length)
  return framed
}

function png(width: number, height: number, pixels = Buffer.alloc(height * (1 + 3 * width))): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

const svg = (inside: string, root = ''): Buffer =>
  Buffer.from(
    `<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"${root}>\n${inside}</svg>\n`,
  )

const code = async (name: string, bytes: Buffer): Promise<string> => {
  try {
    await checkAsset(name, bytes)
    return 'taken'
  } catch (error) {
    assert.ok(error instanceof HuiyinError, String(error))
    return error.code
  }
}

test('pictures are known by their content and measured', async () => {
  const taken = await checkAsset('logo.png', png(30, 20))
  assert.deepEqual([taken.kind, taken.size, taken.id.length], ['png', { width: 30, height: 20 }, 64])
  const drawing = await checkAsset('mark.svg', svg('<g fill="url(#a)"><path d="M0 0h10v10z"/></g>'))
  assert.deepEqual([drawing.kind, drawing.size], ['svg', { width: 40, height: 20 }])
  const jpeg = Buffer.from(
    'ffd8ffe000104a46494600010100000100010000ffc0000b080002000301011100ffda0008010100003f00d2ffd9',
    'hex',
  )
  assert.deepEqual((await checkAsset('photo.jpeg', jpeg)).size, { width: 3, height: 2 })
})

test('a file that only calls itself a picture is refused, and says why', async () => {
  const good = png(3, 2)
  assert.equal(await code('logo.png', Buffer.from('MZ\x90\0 an executable')), 'assets.unknown-kind')
  assert.equal(await code('page.svg', Buffer.from('<html><svg></svg></html>')), 'assets.unknown-kind')
  assert.equal(await code('logo.jpg', good), 'assets.wrong-extension')
  assert.equal(await code('logo.png', Buffer.alloc(0)), 'assets.empty')
  assert.equal(await code('logo.png', Buffer.concat([good, Buffer.from('<script>')])), 'assets.damaged')
  assert.equal(await code('bomb.png', png(60_000, 60_000, Buffer.alloc(9))), 'assets.too-many-pixels')
  assert.equal(await code('bomb.png', png(3, 2, Buffer.alloc(5_000_000))), 'assets.damaged')
  assert.equal(await code('big.svg', Buffer.concat([svg(''), Buffer.alloc(1_100_000, ' ')])), 'assets.too-large')
})

test('drawings that run, load or depend on the machine are refused with their line', async () => {
  const hostile = [
    '<script>alert(1)</script>',
    '<g onload="alert(1)"/>',
    '<g ONCLICK="alert(1)"/>',
    '<a href="javascript:alert(1)"><path d="M0 0"/></a>',
    '<a xlink:href="&#106;avascript:alert(1)"/>',
    '<image href="https://evil.example/x.png"/>',
    '<image href="data:image/svg+xml;base64,PHN2Zz4="/>',
    '<use xlink:href="file:///etc/passwd#x"/>',
    '<style>@import url(https://evil.example/x.css);</style>',
    '<style>.a{fill:url("https://evil.example/x")}</style>',
    '<style>.a{b\\65havior:x}</style>',
    '<style><![CDATA[@import "x"]]></style>',
    '<rect style="fill:url(//evil.example/x)"/>',
    '<foreignObject><b>x</b></foreignObject>',
    '<text>set in whatever font</text>',
    '<svg:script xmlns:svg="http://www.w3.org/2000/svg">x</svg:script>',
    '<set attributeName="href" to="javascript:alert(1)"/>',
    '<?php echo 1 ?>',
    '<!ENTITY a "b">',
    '<g a=b/>',
  ]
  for (const inside of hostile) assert.equal(await code('x.svg', svg(inside)), 'assets.svg-unsafe', inside)
  const lol = Buffer.from('<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg viewBox="0 0 1 1">&a;</svg>')
  assert.equal(await code('x.svg', lol), 'assets.unknown-kind')
  await assert.rejects(checkAsset('x.svg', svg('<g/>\n<g/>\n<script/>')), /line 5: a script/)
  assert.equal(await code('x.svg', svg('<g>')), 'assets.svg-unsafe')
  assert.equal(await code('x.svg', svg('<image href="data:image/png;base64,AAAA"/><use href="#a"/>')), 'taken')
})

test('a picture cut short or with a byte changed never gets through as whole', async () => {
  const good = png(5, 4)
  await fc.assert(
    fc.asyncProperty(fc.nat(good.length - 2), async length => {
      assert.notEqual(await code('a.png', good.subarray(0, length + 1)), 'taken')
    }),
    { numRuns: 30 },
  )
  await fc.assert(
    fc.asyncProperty(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
      const other = Buffer.from(good)
      other[at] = (other[at] ?? 0) ^ change
      assert.notEqual(await code('a.png', other), 'taken')
    }),
    { numRuns: 60 },
  )
})

test('a font is taken with its names and refused where its embedding rights say no', async () => {
  const folder = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-sc/package.json'))
  const font = readFileSync(join(folder, '400Regular/NotoSansSC_400Regular.ttf'))
  const { font: facts, size } = await checkAsset('NotoSansSC.ttf', font)
  assert.equal(facts?.family, 'Noto Sans SC')
  assert.match(facts.licence, /Open Font License/)
  assert.equal(facts.latin, 94)
  assert.ok(facts.chinese > 20_000)
  assert.equal(size.width, 0)
  const fsType = font.readUInt32BE(tableEntry(font, 'OS/2') + 8) + 8
  const rights = async (bits: number) => {
    font.writeUInt16BE(bits, fsType)
    return code('x.ttf', font)
  }
  const answers = []
  for (const bits of [0x0002, 0x0100, 0x0200, 0x0004, 0x0008, 0x0000]) answers.push(await rights(bits))
  const no = 'assets.font-forbidden'
  assert.deepEqual(answers, [no, no, no, 'taken', 'taken', 'taken'])
  assert.equal(await code('x.ttf', font.subarray(0, 5000)), 'assets.damaged')
  assert.equal(await code('x.ttf', Buffer.from([0, 1, 0, 0, 0])), 'assets.damaged')
})
