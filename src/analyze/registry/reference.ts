import type { FeatureMatrix } from '../churn/feature-matrix.ts'
import { type Drift, driftOf, type Spread, spreadOf } from './drift.ts'

interface Population {
  features: Record<string, Spread>
  scores: Spread
}

/**
 * What a model's inputs and scores looked like on the customers it was trained on, and on those it scored first. The two differ by
 * design: those trained on are customers as they were one period before. What has changed since is measured from the second.
 */
export interface Reference extends Population {
  begin?: Population
}

const populationOf = (matrix: FeatureMatrix, probability: ArrayLike<number>): Population => ({
  features: Object.fromEntries(matrix.features.map(({ id }, k) => [id, spreadOf(matrix.columns[k]!)])),
  scores: spreadOf(probability),
})

export const referenceOf = populationOf

export const inUseFrom = (reference: Reference, matrix: FeatureMatrix, probability: ArrayLike<number>): Reference => ({
  ...reference,
  begin: populationOf(matrix, probability),
})

/** Scores first, then the inputs, the most changed first. */
export function driftSince(reference: Reference, matrix: FeatureMatrix, probability: ArrayLike<number>): Drift[] {
  const known = matrix.features.flatMap(({ id }, k) => {
    const spread = reference.features[id]
    return spread ? [{ id, spread, values: matrix.columns[k]! }] : []
  })
  const all = known.length + 1
  const measured = (id: string, trained: Spread, begin: Spread | undefined, values: ArrayLike<number>): Drift => {
    const drift = driftOf(id, trained, values, all)
    if (!begin) return drift
    const { psi, expected, p, level } = driftOf(id, begin, values, all)
    return { ...drift, since: { psi, expected, p, level } }
  }
  const { begin } = reference
  return [
    measured('score', reference.scores, begin?.scores, probability),
    ...known
      .map(({ id, spread, values }) => measured(id, spread, begin?.features[id], values))
      .sort((a, b) => b.psi - a.psi),
  ]
}
