/** How the cells of a column are read: as numbers, as days since 1970 (UTC), or as words. */
export type Reading = 'number' | 'date' | 'category'

/** Words with which exports say "nothing is known". */
const nothing = new Set(['', 'NA', 'N/A', 'n/a', 'NaN', 'nan', 'null', 'NULL', '\\N', '?'])

export const isMissing = (cell: string): boolean => nothing.has(cell)

const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/
const date = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?Z?$/

/** NaN where the cell is no number. */
export const numberOf = (cell: string): number => (number.test(cell) ? Number(cell) : Number.NaN)

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
