export type Cell = string | number | null | undefined

const quote = (cell: Cell): string => {
  const text = cell === null || cell === undefined ? '' : String(cell)
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text
}

/** RFC 4180 with LF: a header line and a line a row. */
export const toCsv = (header: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  [header, ...rows].map(row => `${row.map(quote).join(',')}\n`).join('')
