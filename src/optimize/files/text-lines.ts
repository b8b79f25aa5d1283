import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { fileErrors } from './errors.ts'

/**
 * Calls `take` with every line of a UTF-8 file (its path, or its bytes as they come) and its number (the header is 1), without
 * keeping the file in memory. A line break inside quotes belongs to the field; an empty last line is no line.
 */
export async function eachLine(
  source: string | AsyncIterable<Uint8Array>,
  file: string,
  take: (line: string, row: number) => void,
): Promise<void> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let rest = ''
  let row = 0
  const hand = (line: string) => {
    const clean = line.endsWith('\r') ? line.slice(0, -1) : line
    row++
    if (clean !== '') take(clean, row)
  }
  const cut = (text: string): string => {
    let from = 0
    for (let to = text.indexOf('\n', from); to >= 0; to = text.indexOf('\n', to + 1)) {
      const line = text.slice(from, to)
      if (line.includes('"') && count(line, '"') % 2 === 1) continue
      hand(line)
      from = to + 1
    }
    return text.slice(from)
  }
  try {
    const bytes = typeof source === 'string' ? fileBytes(source) : source
    for await (const chunk of bytes) {
      const text = decoder.decode(chunk as Buffer, { stream: true })
      rest = cut(rest + text)
      if (rest.length > LONGEST_LINE) throw fileErrors['optimize.row-too-long']({ file, row: row + 1 })
    }
    rest += decoder.decode()
  } catch (error) {
    if (error instanceof TypeError) throw fileErrors['optimize.not-text']({ file, row: row + 1 }, error)
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_'))
      throw fileErrors['optimize.gzip-broken']({ file, row: row + 1 }, error)
    if (error instanceof Error && 'syscall' in error) throw fileErrors['optimize.file-missing']({ file }, error)
    throw error
  }
  if (rest !== '') hand(rest)
}

/** `.gz` is inflated on the way. */
function fileBytes(path: string): AsyncIterable<Uint8Array> {
  const bytes = createReadStream(path, { highWaterMark: 1 << 22 })
  if (!path.endsWith('.gz')) return bytes
  const inflated = createGunzip({ chunkSize: 1 << 20 })
  bytes.once('error', error => inflated.destroy(error))
  return bytes.pipe(inflated)
}

const LONGEST_LINE = 1 << 22

function count(text: string, mark: string): number {
  let n = 0
  for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) n++
  return n
}

/** Fields of one CSV line (RFC 4180); the quick way where nothing is quoted. */
export function fieldsOf(line: string): string[] {
  if (!line.includes('"')) return line.split(',')
  const fields: string[] = []
  let field = ''
  let quoted = false
  for (let i = 0; i < line.length; i++) {
    const ch = line[i]!
    if (quoted) {
      if (ch !== '"') field += ch
      else if (line[i + 1] === '"') {
        field += '"'
        i++
      } else quoted = false
    } else if (ch === '"') quoted = true
    else if (ch === ',') {
      fields.push(field)
      field = ''
    } else field += ch
  }
  fields.push(field)
  return fields
}

export const quoted = (field: string): string => (/[",\n\r]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)
