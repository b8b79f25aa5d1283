/** Customers as typed columns, the form the trees are trained on. A missing number is NaN, a missing category −1. */
export interface NumberColumn {
  kind: 'number'
  name: string
  values: Float64Array
}

export interface CategoryColumn {
  kind: 'category'
  name: string
  /** Place in `categories`, −1 where nothing is known. */
  codes: Int32Array
  categories: readonly string[]
}

export type Column = NumberColumn | CategoryColumn

export interface Table {
  rows: number
  columns: readonly Column[]
}

/** The rows whose numbers are given, in that order. */
export const takeTableRows = (table: Table, rows: Uint32Array): Table => ({
  rows: rows.length,
  columns: table.columns.map(column =>
    column.kind === 'number'
      ? { ...column, values: Float64Array.from(rows, row => column.values[row]!) }
      : { ...column, codes: Int32Array.from(rows, row => column.codes[row]!) },
  ),
})
