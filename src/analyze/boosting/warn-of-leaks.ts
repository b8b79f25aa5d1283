import type { FeatureMatrix } from '../churn/feature-matrix.ts'
import { findLeaks, isCertain, type Leak } from '../churn/find-leaks.ts'
import type { CategoryColumn, Table } from './table.ts'

/** Features that alone predict too well. A category counts with its rate of yes among the other half of the rows. */
export function leaksIn(table: Table, labels: Uint8Array): Leak[] {
  const columns = table.columns.map(column =>
    column.kind === 'number' ? column.values : ratesOf(column.codes, column.categories.length, labels),
  )
  const features: FeatureMatrix['features'] = table.columns.map(column => ({ id: column.name, scale: 'linear' }))
  const leaks = findLeaks({ rows: table.rows, features, columns }, labels)
  for (const column of table.columns) {
    if (column.kind === 'number' || leaks.some(leak => leak.feature === column.name)) continue
    const certain = certainWord(column, labels)
    if (certain) leaks.push({ feature: column.name, auc: 1, by: 'group' })
  }
  return leaks
}

/** Words tried alone: those of fewer rows than `isCertain` asks for cannot be. */
const MOST_WORDS = 200

function certainWord({ codes, categories }: CategoryColumn, labels: Uint8Array): boolean {
  const count = new Float64Array(categories.length)
  for (const code of codes) if (code >= 0) count[code] = count[code]! + 1
  const words = [...count.keys()].sort((a, b) => count[b]! - count[a]!).slice(0, MOST_WORDS)
  const yes = new Float64Array(categories.length)
  for (const [i, code] of codes.entries()) if (code >= 0) yes[code] = yes[code]! + labels[i]!
  const pure = words.filter(word => yes[word] === 0 || yes[word] === count[word])
  return pure.some(word =>
    isCertain(
      Uint8Array.from(codes, code => (code === word ? 1 : 0)),
      labels,
    ),
  )
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
