import { REASONS } from '../churn/reasons.ts'
import type { Reading } from './cell-values.ts'
import type { Column } from './table.ts'

/** A column that moves the log-odds by less is no reason: it changes a probability by a point at most. */
const SMALLEST = 0.05

/** The strongest columns of a row: `Contract=Month-to-month (+0.82); tenure=1 (+0.61)`. Numbers are log-odds. */
export function reasonsOf(
  parts: Float64Array,
  columns: readonly Column[],
  readings: readonly Reading[],
  row: number,
): string {
  const order = [...parts.keys()].filter(c => Math.abs(parts[c]!) >= SMALLEST)
  order.sort((a, b) => Math.abs(parts[b]!) - Math.abs(parts[a]!) || a - b)
  return order
    .slice(0, REASONS)
    .map(
      c =>
        `${columns[c]!.name}=${cellOf(columns[c]!, readings[c]!, row)} (${parts[c]! > 0 ? '+' : '−'}${Math.abs(parts[c]!).toFixed(2)})`,
    )
    .join('; ')
}

function cellOf(column: Column, reading: Reading, row: number): string {
  if (column.kind === 'category') return column.categories[column.codes[row]!] ?? '?'
  const value = column.values[row]!
  if (Number.isNaN(value)) return '?'
  return reading === 'date'
    ? new Date(value * 86_400_000).toISOString().slice(0, 10)
    : String(Number(value.toPrecision(6)))
}
