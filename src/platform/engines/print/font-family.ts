/**
 * Gives a TrueType font a family name of our own (name IDs 1 and 16; OpenType 1.9, `name` table). The print engine always
 * looks through the machine's fonts as well, and one installed under the same family would win there or here: bytes would
 * differ by machine. Nobody else has a family of this name. Copyright and PostScript names stay as they are.
 */
export function renameFamily(font: Uint8Array, family: string): Buffer {
  const source = Buffer.from(font.buffer, font.byteOffset, font.byteLength)
  const entry = tableEntry(source, 'name')
  const names = source.subarray(
    source.readUInt32BE(entry + 8),
    source.readUInt32BE(entry + 8) + source.readUInt32BE(entry + 12),
  )
  const table = rewriteNames(names, family)
  const start = (source.length + 3) & ~3
  const renamed = Buffer.alloc(start + table.length)
  source.copy(renamed)
  table.copy(renamed, start)
  renamed.writeUInt32BE(checksum(table), entry + 4)
  renamed.writeUInt32BE(start, entry + 8)
  renamed.writeUInt32BE(table.length, entry + 12)
  return renamed
}

/** Offset of a table's 16-byte record in the font's directory. */
export function tableEntry(font: Buffer, tag: string): number {
  const tables = font.readUInt16BE(4)
  for (let entry = 12; entry < 12 + 16 * tables; entry += 16)
    if (font.toString('latin1', entry, entry + 4) === tag) return entry
  throw new Error(`the font has no table ${tag}`)
}

const FAMILY_IDS = new Set([1, 16])

function rewriteNames(names: Buffer, family: string): Buffer {
  const count = names.readUInt16BE(2)
  const storage = names.readUInt16BE(4)
  const records: Buffer[] = []
  const texts: Buffer[] = []
  let offset = 0
  for (let record = 6; record < 6 + 12 * count; record += 12) {
    const platform = names.readUInt16BE(record)
    const wide = platform === 3 || platform === 0
    const from = storage + names.readUInt16BE(record + 10)
    const given = names.subarray(from, from + names.readUInt16BE(record + 8))
    const renamed = FAMILY_IDS.has(names.readUInt16BE(record + 6))
    const text = renamed ? (wide ? Buffer.from(family, 'utf16le').swap16() : Buffer.from(family, 'latin1')) : given
    const written = Buffer.from(names.subarray(record, record + 12))
    written.writeUInt16BE(text.length, 8)
    written.writeUInt16BE(offset, 10)
    offset += text.length
    records.push(written)
    texts.push(text)
  }
  const header = Buffer.alloc(6)
  header.writeUInt16BE(0, 0)
  header.writeUInt16BE(count, 2)
  header.writeUInt16BE(6 + 12 * count, 4)
  return Buffer.concat([header, ...records, ...texts])
}

function checksum(table: Buffer): number {
  let sum = 0
  for (let at = 0; at < table.length; at += 4) {
    let word = 0
    for (let byte = 0; byte < 4; byte++) word = word * 256 + (table[at + byte] ?? 0)
    sum = (sum + word) >>> 0
  }
  return sum
}
