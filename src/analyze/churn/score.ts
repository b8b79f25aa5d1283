import { calibrated } from './calibrate.ts'
import type { FeatureMatrix } from './feature-matrix.ts'
import { REASONS, SMALLEST_EFFECT, strongest, type YesNoScores } from './reasons.ts'
import { termValue } from './standardise.ts'
import type { YesNoModel } from './train.ts'

/**
 * Probability per customer and its reasons. A reason's strength is the feature's part of the log-odds against the average
 * customer; for a linear model on standardised features that is its exact Shapley value.
 */
export function scoreYesNo(model: YesNoModel, matrix: FeatureMatrix): YesNoScores {
  const n = matrix.rows
  const features = matrix.features.length
  const place = new Map(matrix.features.map((feature, k) => [feature.id, k]))
  const terms = model.terms.map((term, j) => ({ term, weight: model.weights[j]!, at: place.get(term.feature) ?? -1 }))
  const probability = new Float32Array(n)
  const reasons = new Int16Array(n * REASONS).fill(-1)
  const raises = new Uint8Array(n * REASONS)
  const effect = new Float64Array(features)
  const places = Int32Array.from({ length: features }, (_, k) => k)
  for (let i = 0; i < n; i++) {
    effect.fill(0)
    let z = model.intercept
    for (const { term, weight, at } of terms) {
      if (at < 0) continue
      const part = weight * termValue(term, matrix.columns[at]![i]!)
      z += part
      effect[at] = effect[at]! + part
    }
    probability[i] = calibrated(model.calibration, z)
    strongest(effect, places, SMALLEST_EFFECT, i, reasons, raises)
  }
  return { probability, reasons, raises }
}
