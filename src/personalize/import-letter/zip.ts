import { crc32, inflateRawSync } from 'node:zlib'
import type { Text } from '../../platform/text.ts'

/** Why a container cannot be opened; whoever knows the file's name makes the error. */
export class BadZip extends Error {
  readonly problem: Text
  constructor(en: string, zh: string) {
    super(en)
    this.problem = { en, zh }
  }
}

export class TooMuch extends Error {
  readonly part: string
  constructor(part: string) {
    super(part)
    this.part = part
  }
}

const END = 0x06054b50
const ENTRY = 0x02014b50
const LOCAL = 0x04034b50

export interface Limits {
  entries: number
  /** Bytes of all parts together, unpacked. */
  bytes: number
}

/**
 * All parts of a ZIP file (PKWARE APPNOTE 6.3.3), read from its directory. The sizes stated there are only believed downwards: each
 * part is unpacked into what is left of the limit, so a bomb costs no more than the limit itself.
 */
export function readZip(bytes: Buffer, { entries: mostEntries, bytes: mostBytes }: Limits): Map<string, Buffer> {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (end < 0 || end + 22 > bytes.length || bytes.readUInt32LE(end) !== END)
    throw new BadZip('its directory is missing', '缺少目录')
  const count = bytes.readUInt16LE(end + 10)
  if (count > mostEntries) throw new TooMuch(`${count} parts`)
  const parts = new Map<string, Buffer>()
  let left = mostBytes
  let at = bytes.readUInt32LE(end + 16)
  for (let entry = 0; entry < count; entry++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== ENTRY)
      throw new BadZip('its directory is damaged', '目录已损坏')
    const [nameLength, extraLength, noteLength] = [28, 30, 32].map(offset => bytes.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ]
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength)
    if ((bytes.readUInt16LE(at + 8) & 1) !== 0) throw new BadZip('it is encrypted', '文件已加密')
    const unpacked = unpack(bytes, at, name, left)
    left -= unpacked.length
    if (parts.has(name)) throw new BadZip(`it has two parts ${name}`, `含有两个 ${name}`)
    if (!name.endsWith('/')) parts.set(name, unpacked)
    at += 46 + nameLength + extraLength + noteLength
  }
  return parts
}

function unpack(bytes: Buffer, at: number, name: string, most: number): Buffer {
  const method = bytes.readUInt16LE(at + 10)
  const checksum = bytes.readUInt32LE(at + 16)
  const packed = bytes.readUInt32LE(at + 20)
  const stated = bytes.readUInt32LE(at + 24)
  const local = bytes.readUInt32LE(at + 42)
  if (local + 30 > bytes.length || bytes.readUInt32LE(local) !== LOCAL)
    throw new BadZip(`its part ${name} is missing`, `缺少部分 ${name}`)
  const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
  if (from + packed > bytes.length) throw new BadZip('it ends in the middle', '文件不完整')
  if (stated > most) throw new TooMuch(name)
  const body = bytes.subarray(from, from + packed)
  const unpacked = method === 0 ? body : method === 8 ? inflated(body, stated, name) : undefined
  if (!unpacked) throw new BadZip(`its part ${name} is packed in an unknown way`, `${name} 的压缩方式未知`)
  if (unpacked.length !== stated || crc32(unpacked) !== checksum)
    throw new BadZip(`its part ${name} is damaged`, `${name} 已损坏`)
  return unpacked
}

/** The buffer must hold what is stated and not one byte more. */
function inflated(body: Buffer, stated: number, name: string): Buffer {
  try {
    return inflateRawSync(body, { maxOutputLength: Math.max(1, stated) })
  } catch (error) {
    if (error instanceof RangeError) throw new TooMuch(name)
    throw new BadZip(`its part ${name} is damaged`, `${name} 已损坏`)
  }
}

/** The same parts, not compressed: what reads them next finds nothing it would have to unpack. */
export function writeZip(parts: ReadonlyMap<string, Buffer>): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, body] of parts) {
    const title = Buffer.from(name)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(LOCAL, 0)
    // Version 2.0, names in UTF-8 (bit 11).
    local.writeUInt16LE(20, 4)
    local.writeUInt16LE(0x0800, 6)
    const sum = crc32(body)
    for (const at of [18, 22]) local.writeUInt32LE(body.length, at)
    local.writeUInt32LE(sum, 14)
    local.writeUInt16LE(title.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(ENTRY, 0)
    local.copy(entry, 6, 4, 30)
    entry.writeUInt16LE(20, 4)
    entry.writeUInt32LE(offset, 42)
    bodies.push(local, title, body)
    directory.push(entry, title)
    offset += 30 + title.length + body.length
  }
  const entries = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(END, 0)
  end.writeUInt16LE(parts.size, 8)
  end.writeUInt16LE(parts.size, 10)
  end.writeUInt32LE(entries.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...bodies, entries, end])
}
