import { dayOf, isMissing, numberOf, type Reading } from './cell-values.ts'
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
  /** All known values whole and different. */
  numbered: boolean
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
        notes = names.map(name => new Notes(name))
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
  private readonly seen = new Set<string>()
  private repeats = false
  private known = 0
  private numbers = 0
  private dates = 0
  private whole = 0
  private oddNumber: { line: number; value: string } | undefined
  private oddDate: { line: number; value: string } | undefined

  constructor(name: string) {
    this.name = name
  }

  see(cell: string, line: number): void {
    if (isMissing(cell)) return
    this.known++
    const value = numberOf(cell)
    // Of numbers a thousand different ones are enough to know the column by.
    if (this.seen.size < (Number.isNaN(value) ? MOST_DISTINCT : MOST_DISTINCT_NUMBERS))
      if (this.seen.has(cell)) this.repeats = true
      else this.seen.add(cell)
    if (!Number.isNaN(value)) {
      this.numbers++
      if (Number.isInteger(value)) this.whole++
    } else this.oddNumber ??= { line, value: cell }
    // A pattern that fails on the first cell and succeeds on later ones is none: text columns are not parsed as dates all along.
    if (this.dates > 0 || this.known <= 20)
      if (Number.isNaN(dayOf(cell))) this.oddDate ??= { line, value: cell }
      else this.dates++
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
      categories: reading === 'category' ? [...this.seen] : [],
      numbers: { read: numbers, first: this.oddNumber },
      dates: { read: dates, first: this.oddDate },
      numbered: !this.repeats && this.whole === known,
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
