import type { FeatureMatrix } from '../churn/feature-matrix.ts'
import { type Drift, driftOf, type Spread, spreadOf } from './drift.ts'

/** What a model's inputs and scores looked like when it was trained. */
export interface Reference {
  features: Record<string, Spread>
  scores: Spread
}

export const referenceOf = (matrix: FeatureMatrix, probability: ArrayLike<number>): Reference => ({
  features: Object.fromEntries(matrix.features.map(({ id }, k) => [id, spreadOf(matrix.columns[k]!)])),
  scores: spreadOf(probability),
})

/** Scores first, then the inputs, the most changed first. */
export function driftSince(reference: Reference, matrix: FeatureMatrix, probability: ArrayLike<number>): Drift[] {
  const known = matrix.features.flatMap(({ id }, k) => {
    const spread = reference.features[id]
    return spread ? [{ id, spread, values: matrix.columns[k]! }] : []
  })
  const all = known.length + 1
  return [
    driftOf('score', reference.scores, probability, all),
    ...known.map(({ id, spread, values }) => driftOf(id, spread, values, all)).sort((a, b) => b.psi - a.psi),
  ]
}
