import { fitLogistic, sigmoid } from './logistic.ts'

/** Platt's scaling (1999): probability = σ(slope · z + shift), fitted on scores of customers the model was not trained on. */
export interface Calibration {
  slope: number
  shift: number
}

export function fitCalibration(z: Float64Array, labels: Uint8Array): Calibration {
  const fit = fitLogistic([z], labels, 1e-6)
  const slope = fit.weights[0]!
  // A falling curve would turn the ranking round: then the model knows nothing and the plain rate is all that can be said.
  return fit.converged && slope > 0 ? { slope, shift: fit.intercept } : { slope: 1, shift: 0 }
}

export const calibrated = (calibration: Calibration, z: number): number =>
  sigmoid(calibration.slope * z + calibration.shift)
