import { dayOf, isMissing, numberOf, type Reading } from './cell-values.ts'
import { type CsvReader, readCsv } from './csv-lines.ts'
import { boostingErrors } from './errors.ts'
import type { Column, Table } from './table.ts'

/** A column to be read from a file. */
export interface WantedColumn {
  name: string
  reading: Reading
  /** Words already known; new ones are added at the end of a copy. */
  categories: readonly string[]
}

/** Second pass over a file: the wanted columns as typed arrays. */
export async function readTable(file: string, rows: number, wanted: readonly WantedColumn[]): Promise<Table> {
  let columns: { at: number; want: WantedColumn; column: Column; words: Map<string, number> }[] = []
  let row = 0
  await readCsv(file, (): CsvReader => {
    row = 0
    return {
      header(names) {
        columns = wanted.map(want => {
          const at = names.indexOf(want.name)
          if (at < 0)
            throw boostingErrors['analyze.train-no-column']({ file, column: want.name, columns: names.join(', ') })
          return {
            at,
            want,
            column: emptyColumn(want, rows),
            words: new Map(want.categories.map((word, k) => [word, k])),
          }
        })
      },
      record(cells) {
        for (const { at, want, column, words } of columns) {
          const cell = cells[at]!.trim()
          const missing = isMissing(cell)
          if (column.kind === 'category') {
            let code = missing ? -1 : words.get(cell)
            if (code === undefined) {
              code = words.size
              words.set(cell, code)
            }
            column.codes[row] = code
          } else {
            // What is no number (the first look has counted it) is a missing one.
            column.values[row] = missing ? Number.NaN : want.reading === 'date' ? dayOf(cell) : numberOf(cell)
          }
        }
        row++
      },
    }
  })
  return {
    rows,
    columns: columns.map(({ column, words }) =>
      column.kind === 'category' ? { ...column, categories: [...words.keys()] } : column,
    ),
  }
}

const emptyColumn = (want: WantedColumn, rows: number): Column =>
  want.reading === 'category'
    ? { kind: 'category', name: want.name, codes: new Int32Array(rows), categories: [] }
    : { kind: 'number', name: want.name, values: new Float64Array(rows) }
