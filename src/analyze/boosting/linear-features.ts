import type { FeatureMatrix, MatrixFeature } from '../churn/feature-matrix.ts'
import type { ModelColumn } from './compile-forest.ts'
import type { Table } from './table.ts'

/** One number of the linear learner: a number column, or whether a category column says `category` (null: says nothing). */
export interface LinearFeature {
  column: number
  category?: string | null
  scale: 'linear' | 'log'
}

/** Fewer customers than this, or than a five-hundredth, do not get a weight of their own. */
const FEWEST = 20
const MOST_CATEGORIES = 60

/** Which numbers the linear learner sees. Rare categories have none: they count as average. */
export function linearFeatures(table: Table, columns: readonly ModelColumn[]): LinearFeature[] {
  return table.columns.flatMap((column, c): LinearFeature[] => {
    if (column.kind === 'number') return [{ column: c, scale: longTailed(column.values) ? 'log' : 'linear' }]
    const known = columns[c]!
    if (known.kind !== 'category') return []
    const count = new Map<string | null, number>()
    for (const code of column.codes) {
      const category = code < 0 ? null : column.categories[code]!
      count.set(category, (count.get(category) ?? 0) + 1)
    }
    const least = Math.max(FEWEST, table.rows / 500)
    const candidates = [null, ...known.categories.slice(0, MOST_CATEGORIES)]
    return candidates
      .filter(category => (count.get(category) ?? 0) >= least)
      .map(category => ({ column: c, category, scale: 'linear' }))
  })
}

export function linearMatrix(table: Table, features: readonly LinearFeature[]): FeatureMatrix {
  const named: MatrixFeature[] = features.map((feature, k) => ({ id: String(k), scale: feature.scale }))
  const columns = features.map(({ column: c, category }) => {
    const column = table.columns[c]!
    if (column.kind === 'number') return column.values
    const code = category === null ? -1 : column.categories.indexOf(category!)
    const wanted = category === null || code >= 0 ? code : -2
    return Float64Array.from(column.codes, v => (v === wanted ? 1 : 0))
  })
  return { rows: table.rows, features: named, columns }
}

/** Skewness above 2 that logarithms lessen: counts and amounts. */
function longTailed(values: Float64Array): boolean {
  const plain = skewness(values, v => v)
  return plain > 2 && Math.abs(skewness(values, v => Math.sign(v) * Math.log1p(Math.abs(v)))) < plain
}

function skewness(values: Float64Array, scale: (v: number) => number): number {
  let [n, sum] = [0, 0]
  for (const v of values)
    if (!Number.isNaN(v)) {
      n++
      sum += scale(v)
    }
  let [second, third] = [0, 0]
  for (const v of values)
    if (!Number.isNaN(v)) {
      const d = scale(v) - sum / n
      second += d * d
      third += d * d * d
    }
  return second > 0 ? third / n / (second / n) ** 1.5 : 0
}
