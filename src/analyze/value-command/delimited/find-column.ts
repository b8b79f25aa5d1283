import { commandErrors } from '../errors.ts'

/** The place of the column an option names: its number from 1, or its heading (whatever its case). */
export function findColumn(cells: readonly string[], option: string, wanted: string, file: string): number {
  if (/^\d+$/.test(wanted)) {
    const number = Number(wanted)
    if (number >= 1 && number <= cells.length) return number - 1
  }
  const exact = cells.indexOf(wanted)
  if (exact >= 0) return exact
  const loose = cells.findIndex(cell => cell.toLowerCase() === wanted.trim().toLowerCase())
  if (loose >= 0) return loose
  throw commandErrors['file.no-column']({ file, option, column: wanted, columns: cells.join(', ') })
}
