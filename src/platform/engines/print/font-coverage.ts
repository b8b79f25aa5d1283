import { tableEntry } from './font-family.ts'

/** Which code points a font has a glyph for: its Unicode `cmap` of format 12, or 4 where there is none (OpenType 1.9). */
export function readCoverage(font: Buffer): (codePoint: number) => boolean {
  const cmap = font.readUInt32BE(tableEntry(font, 'cmap') + 8)
  const ranges = fullRepertoire(font, cmap) ?? basicPlane(font, cmap)
  const plane = new Uint8Array(0x40000 >> 3)
  for (const [first, last] of ranges)
    for (let code = first; code <= last && code < 0x40000; code++) plane[code >> 3]! |= 1 << (code & 7)
  return codePoint => codePoint < 0x40000 && (plane[codePoint >> 3]! & (1 << (codePoint & 7))) !== 0
}

type Range = [first: number, last: number]

function subtable(font: Buffer, cmap: number, format: number): number | undefined {
  const count = font.readUInt16BE(cmap + 2)
  for (let record = cmap + 4; record < cmap + 4 + 8 * count; record += 8) {
    const at = cmap + font.readUInt32BE(record + 4)
    if (font.readUInt16BE(at) === format) return at
  }
  return undefined
}

function fullRepertoire(font: Buffer, cmap: number): Range[] | undefined {
  const at = subtable(font, cmap, 12)
  if (at === undefined) return undefined
  const groups = font.readUInt32BE(at + 12)
  return Array.from({ length: groups }, (_, group) => [
    font.readUInt32BE(at + 16 + 12 * group),
    font.readUInt32BE(at + 20 + 12 * group),
  ])
}

function basicPlane(font: Buffer, cmap: number): Range[] {
  const at = subtable(font, cmap, 4)
  if (at === undefined) throw new Error('the font has no Unicode cmap of format 4 or 12')
  const segments = font.readUInt16BE(at + 6) / 2
  const ranges: Range[] = []
  for (let segment = 0; segment < segments; segment++) {
    const last = font.readUInt16BE(at + 14 + 2 * segment)
    const first = font.readUInt16BE(at + 16 + 2 * (segments + segment))
    if (last !== 0xffff) ranges.push([first, last])
  }
  return ranges
}
