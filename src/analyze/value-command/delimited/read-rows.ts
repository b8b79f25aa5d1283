import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { commandErrors } from '../errors.ts'
import { asUtf8, type Encoding } from './decode-text.ts'
import { type Delimiter, findDelimiter } from './delimiter.ts'
import { RowScanner } from './row-scanner.ts'

/** A row longer than this has a quote that is never closed. */
const LONGEST_ROW = 16 << 20

export interface RowReader {
  /** Told of the first row before any other; returns whether that is a heading, so not a row. */
  head(cells: string[], scanner: RowScanner): boolean
  /** Told what the file is written in, first of all. */
  encoding?(encoding: Encoding): void
  /** Every row; what `scanner` holds is good until the next. */
  row(scanner: RowScanner): void
}

/** Streams a delimited file (gzipped when its name ends in .gz) past a reader, in pieces of a megabyte. */
export async function readRows(file: string, reader: RowReader, fixed?: Delimiter): Promise<void> {
  let scanner: RowScanner | undefined
  let rest: Uint8Array = new Uint8Array(0)
  let headSeen = false

  const take = (atEnd: boolean): void => {
    if (!scanner) {
      const ending = rest.indexOf(10)
      if (ending < 0 && !atEnd && rest.length < LONGEST_ROW) return
      if (rest[0] === 0xef && rest[1] === 0xbb && rest[2] === 0xbf) rest = rest.subarray(3)
      scanner = new RowScanner(fixed ?? findDelimiter(firstLine(rest)))
    }
    scanner.bytes = rest
    scanner.next = 0
    while (scanner.row(atEnd)) {
      if (!headSeen) {
        headSeen = true
        if (reader.head(cellsOf(scanner), scanner)) continue
      }
      reader.row(scanner)
    }
    if (scanner.openQuote > 0) throw commandErrors['file.open-quote']({ file, line: scanner.openQuote })
    rest = scanner.bytes.subarray(Math.min(scanner.next, scanner.bytes.length))
    if (rest.length > LONGEST_ROW) throw commandErrors['file.open-quote']({ file, line: scanner.line + 1 })
  }

  try {
    const stream = createReadStream(file, { highWaterMark: 1 << 20 })
    const bytes = file.endsWith('.gz') ? stream.pipe(createGunzip({ chunkSize: 1 << 20 })) : stream
    stream.on('error', error => bytes.destroy(error))
    const told = (encoding: Encoding) => reader.encoding?.(encoding)
    for await (const piece of asUtf8(bytes as AsyncIterable<Uint8Array>, told)) {
      if (rest.length === 0) rest = piece
      else {
        const joined = new Uint8Array(rest.length + piece.length)
        joined.set(rest)
        joined.set(piece, rest.length)
        rest = joined
      }
      take(false)
    }
    take(true)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (
      code === 'ENOENT' ||
      code === 'EACCES' ||
      code === 'EISDIR' ||
      code === 'Z_DATA_ERROR' ||
      code === 'Z_BUF_ERROR'
    )
      throw commandErrors['file.unreadable']({ file, why: code }, error)
    throw error
  }
}

const firstLine = (bytes: Uint8Array): string => {
  let start = 0
  while (start < bytes.length && (bytes[start] === 10 || bytes[start] === 13)) start++
  const end = bytes.indexOf(10, start)
  return decoder.decode(bytes.subarray(start, end < 0 ? Math.min(bytes.length, start + 65_536) : end))
}

const decoder = new TextDecoder()

export const cellText = (scanner: RowScanner, cell: number): string =>
  cell < scanner.cells ? decoder.decode(scanner.bytes.subarray(scanner.from[cell]!, scanner.to[cell]!)) : ''

const cellsOf = (scanner: RowScanner): string[] =>
  Array.from({ length: scanner.cells }, (_, cell) => cellText(scanner, cell))
