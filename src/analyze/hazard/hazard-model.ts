import type { ChurnDefinition } from '../churn/definition.ts'
import type { FeatureMatrix } from '../churn/feature-matrix.ts'
import { sigmoid } from '../churn/logistic.ts'
import { type Term, termValue } from '../churn/standardise.ts'
import { MONTH_DAYS, MONTHS } from './periods-sql.ts'

/**
 * Discrete-time hazard (Cox 1972; Singer & Willett 1993): the chance of leaving in month m of those still there,
 * logit h(m | x) = intercept + month[m] + Σ weight · term(x).
 */
export interface HazardModel {
  kind: 'hazard'
  definition: ChurnDefinition
  terms: Term[]
  weights: number[]
  intercept: number
  /** By month from 1; what lies beyond the months observed goes on as the last of them. */
  month: number[]
  /** The first month it speaks of: where silence defines leaving, the first is the churn model's own. */
  first: number
  observed: number
}

/**
 * Chance of having left by the end of each of twelve months. The churn model says how likely, the hazard says when: the curve
 * passes through the probability that the churn model gives for its days.
 */
export function leavingCurve(model: HazardModel, matrix: FeatureMatrix, row: number, probability: number): number[] {
  const place = new Map(matrix.features.map(({ id }, k) => [id, k]))
  let z = model.intercept
  for (const [j, term] of model.terms.entries()) {
    const at = place.get(term.feature)
    z += model.weights[j]! * termValue(term, at === undefined ? Number.NaN : matrix.columns[at]![row]!)
  }
  const hazard = (m: number, shift: number) => sigmoid(z + shift + model.month[Math.min(m, model.observed) - 1]!)
  if (model.definition.kind === 'silence') {
    let stays = 1 - probability
    return Array.from({ length: MONTHS }, (_, k) => {
      if (k > 0) stays *= 1 - hazard(k + 1, 0)
      return 1 - stays
    })
  }
  const anchor = Math.max(1, Math.min(MONTHS, Math.round(model.definition.days / MONTH_DAYS)))
  const by = (m: number, shift: number) => {
    let stays = 1
    for (let k = 1; k <= m; k++) stays *= 1 - hazard(k, shift)
    return 1 - stays
  }
  const wanted = Math.min(1 - 1e-6, Math.max(1e-6, probability))
  let [low, high] = [-z - 40, -z + 40]
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2
    if (by(anchor, middle) < wanted) low = middle
    else high = middle
  }
  return Array.from({ length: MONTHS }, (_, k) => by(k + 1, low))
}
