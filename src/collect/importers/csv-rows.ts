/**
 * Rows of delimited text (RFC 4180, with what people make of it: any delimiter, bare line feeds, blank lines). A quote
 * that is never closed costs the line it stands in, not the rest of the file; a row that grows without end is cut.
 */
export interface CsvRow {
  cells: string[]
  raw: string
  problem: '' | 'quote' | 'too-long' | 'nul'
  /** Line of the text on which the row begins, from 1. */
  line: number
}

export const MAX_ROW = 1_000_000
/** A quoted cell may hold line breaks, but not this many signs before its end. */
const MAX_QUOTED = 65_536

const DELIMITERS = [',', ';', '\t', '|']

/** The delimiter that splits the first lines most, and most evenly. */
export function detectDelimiter(head: string): string {
  const lines = head
    .split(/\r?\n/)
    .filter(line => line.trim() !== '')
    .slice(0, 20)
  let best = ','
  let most = 0
  for (const delimiter of DELIMITERS) {
    const counts = lines.map(line => splitOutsideQuotes(line, delimiter))
    const first = counts[0] ?? 0
    const even = counts.filter(count => count === first).length / Math.max(1, counts.length)
    if (first > 0 && first * even > most) {
      most = first * even
      best = delimiter
    }
  }
  return best
}

function splitOutsideQuotes(line: string, delimiter: string): number {
  let quoted = false
  let count = 0
  for (const char of line) {
    if (char === '"') quoted = !quoted
    else if (char === delimiter && !quoted) count++
  }
  return count
}

type FoundRow = Omit<CsvRow, 'line'> & { next: number }

function linesIn(text: string, from: number, to: number): number {
  let lines = 0
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) lines++
  return lines
}

export class CsvReader {
  private rest = ''
  private line = 1
  private readonly delimiter: string

  constructor(delimiter: string) {
    this.delimiter = delimiter
  }

  /** Complete rows in what has come so far. */
  *push(text: string): Generator<CsvRow> {
    this.rest += text
    yield* this.rows(false)
  }

  *end(): Generator<CsvRow> {
    yield* this.rows(true)
  }

  private *rows(last: boolean): Generator<CsvRow> {
    const text = this.rest
    let at = 0
    for (;;) {
      const row = this.next(text, at, last)
      if (!row) break
      const { line } = this
      this.line += linesIn(text, at, Math.min(row.next, text.length))
      at = row.next
      if (row.raw.trim() !== '') yield { ...row, line }
    }
    this.rest = text.slice(at)
    if (this.rest.length > MAX_ROW * 4) {
      // A line without end: what is kept of it is enough to report it.
      this.rest = this.rest.slice(0, MAX_ROW + 1)
    }
  }

  private next(text: string, from: number, last: boolean): FoundRow | null {
    if (from >= text.length) return null
    let lineEnd = text.indexOf('\n', from)
    if (lineEnd < 0) {
      if (!last) return null
      lineEnd = text.length
    }
    const quote = text.indexOf('"', from)
    if (quote < 0 || quote > lineEnd) return this.plain(text, from, lineEnd)
    return this.quoted(text, from, lineEnd, last)
  }

  private plain(text: string, from: number, lineEnd: number): FoundRow {
    const raw = trimCr(text.slice(from, lineEnd))
    const problem = raw.length > MAX_ROW ? 'too-long' : raw.includes('\0') ? 'nul' : ''
    return { cells: problem === 'too-long' ? [] : raw.split(this.delimiter), raw, problem, next: lineEnd + 1 }
  }

  private quoted(text: string, from: number, lineEnd: number, last: boolean): FoundRow | null {
    const cells: string[] = []
    let at = from
    for (;;) {
      if (text[at] === '"') {
        let cell = ''
        let open = at + 1
        for (;;) {
          const close = text.indexOf('"', open)
          if (close < 0 || close - at > MAX_QUOTED) {
            if (close < 0 && !last && text.length - at <= MAX_QUOTED) return null
            const raw = trimCr(text.slice(from, lineEnd))
            return { cells: [], raw, problem: 'quote', next: lineEnd + 1 }
          }
          cell += text.slice(open, close)
          if (text[close + 1] !== '"') {
            at = close + 1
            break
          }
          cell += '"'
          open = close + 2
        }
        // Signs between the closing quote and the delimiter belong to the cell, as spreadsheets read it.
        const end = cellEnd(text, at, this.delimiter)
        cells.push(cell + trimCr(text.slice(at, end)))
        at = end
      } else {
        const end = cellEnd(text, at, this.delimiter)
        cells.push(trimCr(text.slice(at, end)))
        at = end
      }
      if (at >= text.length) {
        if (!last) return null
        break
      }
      if (text[at] === '\n') break
      at++
    }
    const raw = trimCr(text.slice(from, at))
    const problem = raw.length > MAX_ROW ? 'too-long' : raw.includes('\0') ? 'nul' : ''
    return { cells, raw, problem, next: at + 1 }
  }
}

const trimCr = (text: string): string => (text.endsWith('\r') ? text.slice(0, -1) : text)

function cellEnd(text: string, from: number, delimiter: string): number {
  for (let at = from; at < text.length; at++) {
    const char = text[at]
    if (char === delimiter || char === '\n') return at
  }
  return text.length
}
