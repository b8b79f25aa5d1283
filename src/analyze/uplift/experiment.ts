import type { Table } from '../boosting/table.ts'
import { takeTableRows } from '../boosting/table.ts'

/** What a random trial left behind: who was treated (1) and who was not (0), and who answered (1). */
export interface Experiment {
  table: Table
  treated: Uint8Array
  outcome: Uint8Array
}

export const takeExperiment = ({ table, treated, outcome }: Experiment, rows: Uint32Array): Experiment => ({
  table: takeTableRows(table, rows),
  treated: Uint8Array.from(rows, row => treated[row]!),
  outcome: Uint8Array.from(rows, row => outcome[row]!),
})

/** The rows for which the test holds, in rising order. */
export const rowsWhere = (rows: number, test: (row: number) => boolean): Uint32Array => {
  const all = new Uint32Array(rows)
  let n = 0
  for (let row = 0; row < rows; row++) if (test(row)) all[n++] = row
  return all.slice(0, n)
}
