import type { FeatureMatrix } from '../churn/feature-matrix.ts'
import { findLeaks, type Leak } from '../churn/find-leaks.ts'
import type { Table } from './table.ts'

/** Features that alone predict too well. A category counts with its rate of yes among the other half of the rows. */
export function leaksIn(table: Table, labels: Uint8Array): Leak[] {
  const columns = table.columns.map(column =>
    column.kind === 'number' ? column.values : ratesOf(column.codes, column.categories.length, labels),
  )
  const features: FeatureMatrix['features'] = table.columns.map(column => ({ id: column.name, scale: 'linear' }))
  return findLeaks({ rows: table.rows, features, columns }, labels)
}

/** Each row gets the shrunk rate that rows of the other half with its category have: of its own label it learns nothing. */
function ratesOf(codes: Int32Array, categories: number, labels: Uint8Array): Float64Array {
  const yes = [new Float64Array(categories), new Float64Array(categories)]
  const all = [new Float64Array(categories), new Float64Array(categories)]
  let total = 0
  for (const [i, code] of codes.entries()) {
    total += labels[i]!
    if (code < 0) continue
    const half = i & 1
    all[half]![code] = all[half]![code]! + 1
    yes[half]![code] = yes[half]![code]! + labels[i]!
  }
  const rate = total / codes.length
  return Float64Array.from(codes, (code, i) => {
    if (code < 0) return Number.NaN
    const other = 1 - (i & 1)
    return (yes[other]![code]! + 5 * rate) / (all[other]![code]! + 5)
  })
}
