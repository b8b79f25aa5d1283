/** How the cells of a column are read: as numbers, as days since 1970 (UTC), or as words. */
export type Reading = 'number' | 'date' | 'category'

/** Words with which exports say "nothing is known". */
const nothing = new Set(['', 'NA', 'N/A', 'n/a', 'NaN', 'nan', 'null', 'NULL', '\\N', '?'])

export const isMissing = (cell: string): boolean => nothing.has(cell)

const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/
const date = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?Z?$/

/** NaN where the cell is no number. */
export function numberOf(cell: string): number {
  const value = number.test(cell) ? Number(cell) : Number.NaN
  // 1e400 is written as a number and is none.
  return Number.isFinite(value) ? value : Number.NaN
}

/** 1.234,56 or 1,234.56: a number to a person, not to us. */
const grouped = /^[+-]?\d{1,3}(?:([.,' ])\d{3})*(?:[.,]\d+)?$/
export const looksGrouped = (cell: string): boolean => cell.includes(',') && grouped.test(cell)

/** NaN where the cell is no date of the calendar. */
export function dayOf(cell: string): number {
  const parts = date.exec(cell)
  if (!parts) return Number.NaN
  const [year, month, day, hour, minute, second] = parts.slice(1).map(part => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const midnight = new Date(Date.UTC(year, month - 1, day))
  if (midnight.getUTCMonth() !== month - 1 || hour > 23 || minute > 59) return Number.NaN
  return midnight.getTime() / 86_400_000 + (hour * 3600 + minute * 60 + second) / 86_400
}
