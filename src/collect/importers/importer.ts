/**
 * An importer reads one kind of file. It hands on the mapped columns of every row as text, in the order of the mapping,
 * and sets aside the rows that are not even rows.
 */
import type { FileHead } from '../import/read-text.ts'
import type { BadRow } from '../import/rules.ts'
import type { Mapping } from '../mapping.ts'

export interface Importer {
  /** Name used in mappings. */
  name: string
  /** Whether the file looks like one of its kind; the first importer that says yes is proposed. */
  fits(path: string, head: FileHead): boolean
  /** Headers (or paths) with some values of each, to propose a mapping from. */
  sample(path: string, head: FileHead): Promise<SampleColumn[]>
  /**
   * Writes the rows where the engine can bulk-load them. `emit` takes text; `bad` rows are counted in `rows` too.
   * Importers of formats the engine reads itself say `native` instead.
   */
  stage(path: string, head: FileHead, mapping: Mapping, out: StageWriter): Promise<Staged>
}

export interface SampleColumn {
  header: string
  values: string[]
}

export interface StageWriter {
  /** One row: its number (1 = first row after the header), the mapped columns, the raw row. */
  row(rowNo: number, values: string[], raw: string): void
  bad(row: BadRow): void
  /** Resolves when the writer can take more. */
  ready(): Promise<void>
}

export type Staged = { rows: number } | { native: 'Parquet' }
