import type { Delimiter } from './delimiter.ts'

const [QUOTE, LF, CR, BLANK, TAB] = [34, 10, 13, 32, 9]

/**
 * Finds the cells of one row at a time in a buffer: RFC 4180, bare line feeds, blanks around cells left out, empty rows passed over.
 * Nothing is copied: a cell is a range of bytes (doubled quotes are undone in place, once the row is whole).
 */
export class RowScanner {
  bytes: Uint8Array = new Uint8Array(0)
  /** Cells of the row last found: cell k is `bytes[from[k], to[k])`. */
  from = new Int32Array(64)
  to = new Int32Array(64)
  cells = 0
  /** Where the row last found stands, and where the next starts. */
  start = 0
  next = 0
  /** The line (from 1) of the row last found. */
  line = 0
  /** The line whose quotation mark is still open at the end of the file, or 0. */
  openQuote = 0
  private lines = 0
  private doubled: number[] = []
  private readonly delimiter: number
  private readonly blanks: boolean

  constructor(delimiter: Delimiter) {
    this.blanks = delimiter === 'blanks'
    this.delimiter = this.blanks ? BLANK : delimiter.charCodeAt(0)
  }

  /** False when the buffer holds no complete row any more; at the end of the file the last line need not end. */
  row(atEnd: boolean): boolean {
    while (this.next < this.bytes.length) {
      const after = this.scan(this.next, atEnd)
      if (after < 0) return false
      this.start = this.next
      this.next = after
      for (const cell of this.doubled) this.undouble(cell)
      if (this.cells > 1 || (this.cells === 1 && this.to[0]! > this.from[0]!)) return true
    }
    return false
  }

  /** The place after the row that starts at `at`, or −1 where it is not whole. */
  private scan(at: number, atEnd: boolean): number {
    const { bytes, delimiter, blanks } = this
    const end = bytes.length
    let cells = 0
    let breaks = 0
    if (this.doubled.length > 0) this.doubled = []
    for (let i = at; ; i++) {
      while (i < end && (bytes[i] === BLANK || (bytes[i] === TAB && delimiter !== TAB))) i++
      if (cells === this.from.length) this.widen()
      let start = i
      let stop = i
      if (bytes[i] === QUOTE && !blanks) {
        start = ++i
        for (; i < end; i++) {
          if (bytes[i] === LF) breaks++
          else if (bytes[i] === QUOTE) {
            if (bytes[i + 1] !== QUOTE) break
            if (this.doubled.at(-1) !== cells) this.doubled.push(cells)
            i++
          }
        }
        if (i >= end && atEnd) this.openQuote = this.lines + 1
        stop = Math.min(i, end)
        while (i < end && bytes[i] !== delimiter && bytes[i] !== LF) i++
      } else {
        while (i < end && bytes[i] !== delimiter && bytes[i] !== LF && !(blanks && bytes[i] === TAB)) i++
        stop = i
        while (stop > start && (bytes[stop - 1] === BLANK || bytes[stop - 1] === CR || bytes[stop - 1] === TAB)) stop--
      }
      if (!blanks || stop > start) {
        this.from[cells] = start
        this.to[cells++] = stop
      }
      if (i >= end && !atEnd) return -1
      if (i >= end || bytes[i] === LF) {
        this.cells = cells
        this.line = this.lines + 1
        this.lines += 1 + breaks
        return i + 1
      }
    }
  }

  private undouble(cell: number): void {
    let kept = this.from[cell]!
    for (let i = kept; i < this.to[cell]!; i++) {
      if (this.bytes[i] === QUOTE) i++
      this.bytes[kept++] = this.bytes[i]!
    }
    this.to[cell] = kept
  }

  private widen(): void {
    const [from, to] = [this.from, this.to]
    this.from = new Int32Array(from.length * 2)
    this.to = new Int32Array(from.length * 2)
    this.from.set(from)
    this.to.set(to)
  }
}
