import type { FeatureMatrix } from './feature-matrix.ts'

/** How one feature becomes a term: (scaled value − mean) / deviation, a missing value 0; `missing` adds a 0/1 term. */
export interface Term {
  feature: string
  scale: 'linear' | 'log'
  mean: number
  deviation: number
  /** The term is 1 where the value is missing, else 0. */
  missing: boolean
}

export const scaled = (value: number, scale: Term['scale']): number =>
  scale === 'log' ? Math.sign(value) * Math.log1p(Math.abs(value)) : value

/** Terms of a matrix. Columns that never vary carry nothing and are named in `constant`. */
export function termsOf(matrix: FeatureMatrix): { terms: Term[]; constant: string[] } {
  const terms: Term[] = []
  const constant: string[] = []
  const absences: Float64Array[] = []
  for (const [k, feature] of matrix.features.entries()) {
    const column = matrix.columns[k]!
    let [known, sum, square] = [0, 0, 0]
    for (const value of column) {
      if (Number.isNaN(value)) continue
      const v = scaled(value, feature.scale)
      known++
      sum += v
      square += v * v
    }
    const mean = known ? sum / known : 0
    const deviation = known ? Math.sqrt(Math.max(0, square / known - mean * mean)) : 0
    const absent = matrix.rows - known
    if (deviation > 1e-9 * (1 + Math.abs(mean)))
      terms.push({ feature: feature.id, scale: feature.scale, mean, deviation, missing: false })
    else if (absent === 0 || known === 0) constant.push(feature.id)
    // Features of the same rows (a gap, and what is reckoned from it) are missing together: one term says it.
    const sameAbsence = absences.some(other => column.every((v, i) => Number.isNaN(v) === Number.isNaN(other[i]!)))
    if (absent > 0 && known > 0 && !sameAbsence) {
      absences.push(column)
      terms.push({ feature: feature.id, scale: 'linear', mean: absent / matrix.rows, deviation: 1, missing: true })
    }
  }
  return { terms, constant }
}

/** The value of a term for one feature value. */
export function termValue(term: Term, value: number): number {
  if (term.missing) return (Number.isNaN(value) ? 1 : 0) - term.mean
  return Number.isNaN(value) ? 0 : (scaled(value, term.scale) - term.mean) / term.deviation
}

/** All terms as columns. */
export function design(matrix: FeatureMatrix, terms: readonly Term[]): Float64Array[] {
  const place = new Map(matrix.features.map((feature, k) => [feature.id, k]))
  return terms.map(term => {
    const k = place.get(term.feature)
    if (k === undefined) return new Float64Array(matrix.rows)
    return matrix.columns[k]!.map(value => termValue(term, value))
  })
}
