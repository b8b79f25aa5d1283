import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { boostingErrors } from './errors.ts'

/** What a reader of a table is told: the header once, then every record with the line it begins on. */
export interface CsvReader {
  header(names: string[]): void
  record(cells: string[], line: number): void
}

/**
 * RFC 4180 with what spreadsheets add: a byte order mark, `;`, tab or `|` for the comma, blank lines. Text that is no UTF-8 is
 * read as GB 18030, the other encoding Chinese systems export. About 1.5 M cells a second.
 */
export async function readCsv(file: string, reader: () => CsvReader): Promise<void> {
  try {
    await readAs(file, new TextDecoder(await encodingOf(file), { fatal: true }), reader())
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw unreadable(file, error)
    await readAs(file, new TextDecoder('gb18030'), reader())
  }
}

/** Spreadsheets save "Unicode text" as UTF-16, which says so in its first two bytes. */
async function encodingOf(file: string): Promise<'utf-8' | 'utf-16le' | 'utf-16be'> {
  const handle = await open(file)
  try {
    const { buffer } = await handle.read(new Uint8Array(2), 0, 2, 0)
    const [a, b] = buffer
    return a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : 'utf-8'
  } finally {
    await handle.close()
  }
}

const unreadable = (file: string, error: unknown): unknown => {
  const code = (error as NodeJS.ErrnoException).code
  return code === 'ENOENT' || code === 'EISDIR' || code === 'EACCES'
    ? boostingErrors['analyze.train-no-file']({ file, code }, error)
    : error
}

async function readAs(file: string, decoder: InstanceType<typeof TextDecoder>, reader: CsvReader): Promise<void> {
  let pending = ''
  let line = 1
  let width = 0
  let delimiter = ''
  /** Takes the complete records off the text that is there. */
  const take = (last: boolean) => {
    let from = 0
    while (from < pending.length) {
      if (delimiter === '') {
        const end = pending.indexOf('\n')
        if (end < 0 && !last) break
        delimiter = delimiterOf(end < 0 ? pending : pending.slice(0, end))
      }
      const record = nextRecord(pending, from, delimiter, last)
      if (!record) break
      if (record === 'open') throw boostingErrors['analyze.train-open-quote']({ file, line })
      const { cells, end, lines } = record
      if (cells.length > 1 || cells[0]!.trim() !== '') {
        if (width === 0) {
          width = cells.length
          reader.header(headerOf(file, cells))
        } else if (cells.length !== width)
          throw boostingErrors['analyze.train-ragged']({ file, line, cells: cells.length, columns: width })
        else reader.record(cells, line)
      }
      line += lines
      from = end
    }
    pending = pending.slice(from)
  }
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
    pending += decoder.decode(chunk as Buffer, { stream: true })
    take(false)
  }
  pending += decoder.decode()
  take(true)
  if (width === 0) throw boostingErrors['analyze.train-empty']({ file })
}

function delimiterOf(line: string): string {
  const bare = line.replaceAll(/"(?:[^"]|"")*"/g, '')
  const count = (candidate: string) => bare.split(candidate).length
  return [',', ';', '\t', '|'].reduce((best, candidate) => (count(candidate) > count(best) ? candidate : best))
}

function headerOf(file: string, cells: string[]): string[] {
  const names = cells.map((cell, k) => cell.trim() || `column ${k + 1}`)
  const twice = names.find((name, k) => names.indexOf(name) !== k)
  if (twice !== undefined) throw boostingErrors['analyze.train-column-twice']({ file, column: twice })
  return names
}

interface CsvRecord {
  cells: string[]
  /** Where the next record begins. */
  end: number
  lines: number
}

/** Undefined while the record may go on in text not read yet; `open` where a quote is never closed. */
function nextRecord(text: string, from: number, delimiter: string, last: boolean): CsvRecord | undefined | 'open' {
  const cells: string[] = []
  let lines = 1
  let at = from
  let newline = text.indexOf('\n', at)
  if (newline < 0 && !last) return undefined
  for (;;) {
    if (text[at] === '"') {
      let close = text.indexOf('"', at + 1)
      while (close >= 0 && text[close + 1] === '"') close = text.indexOf('"', close + 2)
      // The character after the quote decides whether it closes.
      if (!last && (close < 0 || close + 2 >= text.length)) return undefined
      if (close < 0) return 'open'
      const cell = text.slice(at + 1, close)
      for (let k = cell.indexOf('\n'); k >= 0; k = cell.indexOf('\n', k + 1)) lines++
      cells.push(cell.includes('"') ? cell.replaceAll('""', '"') : cell)
      at = close + 1
      newline = text.indexOf('\n', at)
      if (newline < 0 && !last) return undefined
      if (text[at] === delimiter) {
        at++
        continue
      }
      return { cells, end: newline < 0 ? text.length : newline + 1, lines }
    }
    const end = newline < 0 ? text.length : newline
    const comma = text.indexOf(delimiter, at)
    if (comma < 0 || comma > end) {
      cells.push(text.slice(at, end > at && text[end - 1] === '\r' ? end - 1 : end))
      return { cells, end: newline < 0 ? text.length : newline + 1, lines }
    }
    cells.push(text.slice(at, comma))
    at = comma + 1
  }
}
