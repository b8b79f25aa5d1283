import { dayOf, isMissing, looksGrouped, numberOf, type Reading } from './cell-values.ts'
import { type CsvReader, readCsv } from './csv-lines.ts'

/** What a first look at a file says of one column. */
export interface ColumnLook {
  name: string
  reading: Reading
  known: number
  /** Distinct values, counted up to `MOST_DISTINCT` words or `MOST_DISTINCT_NUMBERS` numbers. */
  distinct: number
  /** Its words, in order of appearance; empty for numbers and dates. */
  categories: string[]
  /** Cells that can be read as a number, and as a date, and the first that cannot. */
  numbers: Odd
  dates: Odd
  /** All known values whole; but for `twice`, all different. */
  numbered: boolean
  /** The column's name says that it names customers. */
  named: boolean
  /** Values that come again: how many rows, and the first of them. */
  twice: { rows: number; value: string; line: number; before: number } | undefined
  /** Cells like 1.234,56, and the first. */
  grouped: Odd
  /** The first row without a value, and how many there are. */
  blanks: { rows: number; line: number } | undefined
}

export interface Odd {
  read: number
  first: { line: number; value: string } | undefined
}

export interface FileLook {
  rows: number
  columns: ColumnLook[]
}

/** More different words than this are no categories. */
const MOST_DISTINCT = 100_000
const MOST_DISTINCT_NUMBERS = 1_000
/** Of columns that name customers all values are kept, to see who stands twice. */
const MOST_NAMED = 4_000_000
const NAMED = /(^|[^a-z])(id|no|nr|index|row ?number|customer|client|account)$|(?:id|number|编号|号)$/i

/** From this share of numbers on, a column is one of numbers and its other cells are missing values. */
const MOSTLY = 0.8

/** First pass over a file: rows, and for each column what kind of values it holds. */
export async function lookAtColumns(file: string, words: ReadonlySet<string>): Promise<FileLook> {
  let notes: Notes[] = []
  let rows = 0
  await readCsv(file, (): CsvReader => {
    rows = 0
    return {
      header(names) {
        notes = names.map(name => new Notes(name, words.has(name)))
      },
      record(cells, line) {
        rows++
        for (let k = 0; k < cells.length; k++) notes[k]!.see(cells[k]!.trim(), line)
      },
    }
  })
  return { rows, columns: notes.map(note => note.look(words.has(note.name))) }
}

class Notes {
  readonly name: string
  /** Value → the line it was first seen in. */
  private readonly seen = new Map<string, number>()
  private readonly named: boolean
  private readonly asWords: boolean
  private twice: ColumnLook['twice']
  private blanks: ColumnLook['blanks']
  private grouped = 0
  private oddGrouped: { line: number; value: string } | undefined
  private known = 0
  private numbers = 0
  private dates = 0
  private whole = 0
  private oddNumber: { line: number; value: string } | undefined
  private oddDate: { line: number; value: string } | undefined

  constructor(name: string, asWords: boolean) {
    this.name = name
    this.named = NAMED.test(name)
    this.asWords = asWords
  }

  see(cell: string, line: number): void {
    if (isMissing(cell)) {
      if (this.blanks) this.blanks.rows++
      else this.blanks = { rows: 1, line }
      return
    }
    this.known++
    const value = numberOf(cell)
    // Of numbers a thousand different ones are enough to know the column by.
    const before = this.seen.get(cell)
    if (before !== undefined)
      if (this.twice) this.twice.rows++
      else this.twice = { rows: 1, value: cell, line, before }
    else if (this.seen.size < this.most(value)) this.seen.set(cell, line)
    if (looksGrouped(cell)) {
      this.grouped++
      this.oddGrouped ??= { line, value: cell }
    }
    if (!Number.isNaN(value)) {
      this.numbers++
      if (Number.isInteger(value)) this.whole++
    } else this.oddNumber ??= { line, value: cell }
    // A pattern that fails on the first cell and succeeds on later ones is none: text columns are not parsed as dates all along.
    if (this.dates > 0 || this.known <= 20)
      if (Number.isNaN(dayOf(cell))) this.oddDate ??= { line, value: cell }
      else this.dates++
  }

  private most(value: number): number {
    if (this.named) return MOST_NAMED
    return Number.isNaN(value) || this.asWords ? MOST_DISTINCT : MOST_DISTINCT_NUMBERS
  }

  /** `asWords`: the column is a label or an id, whatever it looks like. */
  look(asWords: boolean): ColumnLook {
    const { known, numbers, dates } = this
    // Few odd words among many numbers are slips; a handful of codes with a letter among them are categories.
    const many = numbers > 0 && this.seen.size > 32
    const mostlyNumbers = numbers === known || (many && numbers >= MOSTLY * known)
    const mostlyDates = dates > 0 && (dates === known || dates >= MOSTLY * known)
    const reading: Reading = asWords
      ? 'category'
      : known > 0 && mostlyNumbers
        ? 'number'
        : mostlyDates
          ? 'date'
          : 'category'
    return {
      name: this.name,
      reading,
      known,
      distinct: this.seen.size,
      categories: reading === 'category' ? [...this.seen.keys()] : [],
      numbers: { read: numbers, first: this.oddNumber },
      dates: { read: dates, first: this.oddDate },
      numbered: this.whole === known,
      named: this.named,
      twice: this.twice,
      grouped: { read: this.grouped, first: this.oddGrouped },
      blanks: this.blanks,
    }
  }
}

/** The cells of a column of numbers or dates that are neither that nor missing. */
export function oddCells(
  look: ColumnLook,
  reading: Reading,
): { line: number; value: string; count: number } | undefined {
  if (reading === 'category') return undefined
  const { read, first } = reading === 'number' ? look.numbers : look.dates
  return first && read < look.known ? { ...first, count: look.known - read } : undefined
}
