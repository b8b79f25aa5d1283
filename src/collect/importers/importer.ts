/**
 * An importer reads one kind of file, or the tables of one kind of database. It hands on the mapped columns of every row as
 * text, in the order of the mapping, and sets aside the rows that are not even rows.
 */
import type { FileHead } from '../import/read-text.ts'
import type { BadRow } from '../import/rules.ts'
import type { Mapping, SourceKind } from '../mapping.ts'

export interface Importer {
  /** Name used in mappings. */
  name: string
  /** Whether the file or address looks like one of its kind; the first importer that says yes is proposed. */
  fits(path: string, head: FileHead): boolean
  /** Headers (or paths) with some values of each, to propose a mapping from. */
  sample(path: string, head: FileHead, as?: ReadingAs): Promise<SampleColumn[]>
  /** Names of the parts one can choose from: the sheets of a workbook. */
  parts?(path: string): Promise<string[]>
  /**
   * Writes the rows where the engine can bulk-load them. `out.row` takes text; `out.bad` rows are counted in `rows` too.
   * Importers of formats the engine reads itself say `native` instead, when that is allowed.
   */
  stage(path: string, head: FileHead, mapping: Mapping, out: StageWriter, how?: StageHow): Promise<Staged>
  /** What a mapping is proposed with, where the kind of file says so: an address book holds people, and is believed little. */
  proposes?: { kind: SourceKind; trust: number }
}

/** How a file is to be taken apart, where the person knows better than the detection. */
export interface ReadingAs {
  encoding?: string | undefined
  delimiter?: string | undefined
  sheet?: string | undefined
}

export interface StageHow {
  /**
   * The last value of the mapping's cursor column that was read; rows from it on are wanted, its own again, because more may have
   * come with the same value.
   */
  since?: string | undefined
  /** Whether a text file may be left to the engine. */
  native?: boolean
}

export interface SampleColumn {
  header: string
  values: string[]
  /** What the column is, where the format itself says so. */
  field?: string
}

export interface StageWriter {
  /** One row: its number (1 = first row after the header), the mapped columns, the raw row. */
  row(rowNo: number, values: string[], raw: string): void
  bad(row: BadRow): void
  /** Resolves when the writer can take more. */
  ready(): Promise<void>
}

export type Staged =
  | { rows: number; cursor?: string }
  | { native: 'Parquet'; inflated?: string }
  /**
   * A file the engine may read itself, provided that all its rows have as many columns as the header and that the file turns out
   * to be `regular`, which is looked at meanwhile.
   */
  | { native: 'CSV'; delimiter: string; width: number; places: number[]; regular: Promise<boolean> }

/** Samples of columns from rows of cells. */
export const sampleOf = (headers: string[], rows: readonly string[][]): SampleColumn[] =>
  headers.map((header, c) => ({ header, values: rows.map(row => row[c] ?? '') }))
