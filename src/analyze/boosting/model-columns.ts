import type { ColumnBins } from './bins.ts'
import type { ModelColumn } from './compile-forest.ts'
import type { Table } from './table.ts'

/** What a model must remember of the columns its bins were cut on. */
export const modelColumns = (table: Table, cuts: readonly ColumnBins[]): ModelColumn[] =>
  table.columns.map((column, c) => {
    const cut = cuts[c]!
    if (column.kind === 'number' || cut.kind === 'number') return { kind: 'number', name: column.name }
    const categories = cut.kept.map(code => column.categories[code]!)
    return { kind: 'category', name: column.name, categories, rare: cut.bins > categories.length + 1 }
  })
