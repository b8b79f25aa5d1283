import { calibrated } from './calibrate.ts'
import type { FeatureMatrix } from './feature-matrix.ts'
import { termValue } from './standardise.ts'
import type { YesNoModel } from './train.ts'

export interface YesNoScores {
  probability: Float32Array
  /** Per customer up to `REASONS` features (by their place in the matrix), strongest first, rows of REASONS; −1 is none. */
  reasons: Int16Array
  /** 1 where the reason raises the probability, else 0. */
  raises: Uint8Array
}

export const REASONS = 4

/** A feature that moves the log-odds by less than this is no reason: it changes a probability by two points at most. */
const SMALLEST_EFFECT = 0.1

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
    for (let rank = 0; rank < REASONS; rank++) {
      let best = -1
      for (let k = 0; k < features; k++) {
        const size = Math.abs(effect[k]!)
        if (size >= SMALLEST_EFFECT && (best < 0 || size > Math.abs(effect[best]!))) best = k
      }
      if (best < 0) break
      reasons[i * REASONS + rank] = best
      raises[i * REASONS + rank] = effect[best]! > 0 ? 1 : 0
      effect[best] = 0
    }
  }
  return { probability, reasons, raises }
}
