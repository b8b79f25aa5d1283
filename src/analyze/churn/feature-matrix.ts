/** One yes/no problem as columns: NaN is a missing value. */
export interface FeatureMatrix {
  rows: number
  features: readonly MatrixFeature[]
  columns: readonly Float64Array[]
}

export interface MatrixFeature {
  id: string
  /** Long-tailed counts and amounts are taken as sign(v)·ln(1 + |v|). */
  scale: 'linear' | 'log'
}

/** The rows whose numbers are given, in that order. */
export const takeRows = (matrix: FeatureMatrix, rows: Uint32Array): FeatureMatrix => ({
  rows: rows.length,
  features: matrix.features,
  columns: matrix.columns.map(column => Float64Array.from(rows, row => column[row]!)),
})
