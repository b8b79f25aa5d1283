import { readCoverage } from '../../platform/engines/print/font-coverage.ts'
import type { Text } from '../../platform/text.ts'
import { Damaged } from './raster.ts'

export interface FontFacts {
  family: string
  style: string
  copyright: string
  /** As the font itself says it; names 13 and 14. */
  licence: string
  /** `OS/2.fsType`, see below. */
  embedding: number
  /** How many of the 94 printable ASCII characters it has, and how many Chinese ones of the block U+4E00–9FFF. */
  latin: number
  chinese: number
}

export class Forbidden extends Error {
  readonly bits: string
  readonly family: string
  readonly problem: Text
  constructor(family: string, bits: number, en: string, zh: string) {
    super(en)
    this.problem = { en, zh }
    this.family = family
    this.bits = `fsType 0x${bits.toString(16).padStart(4, '0')}`
  }
}

const NEEDED = ['cmap', 'head', 'hhea', 'hmtx', 'maxp', 'name', 'OS/2', 'post']

/** Reads a single font of TrueType or CFF outlines (OpenType 1.9); every table must lie within the file. */
export function readFont(bytes: Buffer): FontFacts {
  const tables = directory(bytes)
  for (const tag of NEEDED) if (!tables.has(tag)) throw new Damaged(`it has no table ${tag}`, `缺少表 ${tag}`)
  if (!(tables.has('glyf') && tables.has('loca')) && !tables.has('CFF ') && !tables.has('CFF2'))
    throw new Damaged('it holds no outlines', '没有字形轮廓')
  if (tables.has('fvar'))
    throw new Damaged('it is a variable font; export one weight of it', '这是可变字体，请导出单一字重')
  const names = namesIn(tables.get('name')!)
  const family = names.get(16) ?? names.get(1) ?? ''
  if (family === '') throw new Damaged('it has no family name', '没有字族名')
  const os2 = tables.get('OS/2')!
  if (os2.length < 10) throw new Damaged('its table OS/2 is cut short', 'OS/2 表不完整')
  const embedding = os2.readUInt16BE(8)
  checkEmbedding(family, embedding)
  const covers = coverage(bytes)
  const count = (first: number, last: number) => {
    let found = 0
    for (let code = first; code <= last; code++) if (covers(code)) found++
    return found
  }
  const latin = count(0x21, 0x7e)
  const chinese = count(0x4e00, 0x9fff)
  if (latin + chinese === 0) throw new Damaged('it has neither letters nor Chinese characters', '不含字母或汉字')
  return {
    family,
    style: names.get(17) ?? names.get(2) ?? '',
    copyright: names.get(0) ?? '',
    licence: [names.get(13), names.get(14)]
      .filter(part => part !== undefined)
      .join(' ')
      .slice(0, 500),
    embedding,
    latin,
    chinese,
  }
}

/**
 * Embedding rights (OpenType 1.9, OS/2 fsType): 0 installable, 0x0002 restricted, 0x0004 preview and print, 0x0008 editable,
 * 0x0100 no subsetting, 0x0200 bitmaps only. A printed document embeds a subset of outlines.
 */
function checkEmbedding(family: string, bits: number): void {
  // Where several of the three are set, the least restrictive holds (OS/2 version 0 to 2).
  if ((bits & 0x000e) === 0x0002) throw new Forbidden(family, bits, 'embedding is not allowed', '不允许嵌入')
  if ((bits & 0x0100) !== 0) throw new Forbidden(family, bits, 'subsets are not allowed', '不允许子集化')
  if ((bits & 0x0200) !== 0) throw new Forbidden(family, bits, 'only its bitmaps may be embedded', '仅允许嵌入位图')
}

function coverage(bytes: Buffer): (codePoint: number) => boolean {
  try {
    return readCoverage(bytes)
  } catch {
    throw new Damaged('its character map cannot be read', '字符映射表无法读取')
  }
}

function directory(bytes: Buffer): Map<string, Buffer> {
  if (bytes.length < 12) throw new Damaged('it ends in the middle', '文件不完整')
  const count = bytes.readUInt16BE(4)
  const tables = new Map<string, Buffer>()
  for (let record = 12; record < 12 + 16 * count; record += 16) {
    if (record + 16 > bytes.length) throw new Damaged('it ends in the middle', '文件不完整')
    const from = bytes.readUInt32BE(record + 8)
    const length = bytes.readUInt32BE(record + 12)
    if (from + length > bytes.length) throw new Damaged('a table lies outside of it', '有数据表超出文件')
    tables.set(bytes.toString('latin1', record, record + 4), bytes.subarray(from, from + length))
  }
  return tables
}

/** Name id → text: English where there is one, else whatever is there. */
function namesIn(table: Buffer): Map<number, string> {
  const found = new Map<number, string>()
  if (table.length < 6) throw new Damaged('its names cannot be read', '名称表无法读取')
  const count = table.readUInt16BE(2)
  const storage = table.readUInt16BE(4)
  const english = new Set<number>()
  for (let at = 6; at + 12 <= Math.min(table.length, 6 + 12 * count); at += 12) {
    const platform = table.readUInt16BE(at)
    const language = table.readUInt16BE(at + 4)
    const id = table.readUInt16BE(at + 6)
    const from = storage + table.readUInt16BE(at + 10)
    const text = table.subarray(from, from + table.readUInt16BE(at + 8))
    if (text.length === 0 || text.length % 2 !== 0 || platform !== 3) {
      if (platform === 1 && !found.has(id)) found.set(id, text.toString('latin1'))
      continue
    }
    if (english.has(id)) continue
    if (language === 0x0409) english.add(id)
    found.set(id, Buffer.from(text).swap16().toString('utf16le'))
  }
  return found
}
