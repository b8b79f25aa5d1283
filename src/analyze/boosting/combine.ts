import { fitLogistic, sigmoid } from '../churn/logistic.ts'
import { fitIsotonic, type Isotonic, isotonicProbability } from './isotonic.ts'

export type Learner = 'trees' | 'logistic' | 'blend'

/**
 * Log-odds = shift + trees · (log-odds of the trees) + linear · (log-odds of the regression): stacking (Wolpert 1992) and Platt's
 * scaling (1999) in one, since both are a logistic regression on scores of rows the learners had not seen.
 */
export interface Combination {
  trees: number
  linear: number
  shift: number
}

export const combined = (c: Combination, trees: number, linear: number): number =>
  c.shift + c.trees * trees + c.linear * linear

/** Undefined where a learner's weight would be negative: then it knows nothing the other does not. */
export function fitCombination(
  learner: Learner,
  trees: Float64Array,
  linear: Float64Array,
  labels: Uint8Array,
): Combination | undefined {
  const terms = learner === 'blend' ? [trees, linear] : learner === 'trees' ? [trees] : [linear]
  const fit = fitLogistic(terms, labels, 1e-6)
  if (!fit.converged || fit.weights.some(weight => weight <= 0)) return undefined
  const [first, second] = fit.weights
  return {
    trees: learner === 'logistic' ? 0 : first!,
    linear: learner === 'trees' ? 0 : (second ?? first!),
    shift: fit.intercept,
  }
}

export function logLossOf(margins: ArrayLike<number>, labels: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < margins.length; i++) {
    const right = labels[i] ? margins[i]! : -margins[i]!
    sum += right > 0 ? Math.log1p(Math.exp(-right)) : Math.log1p(Math.exp(right)) - right
  }
  return sum / margins.length
}

/**
 * An isotonic curve instead of Platt's where it serves unseen rows clearly better (a twentieth of a per cent of the log-loss, each fold
 * judged by a curve of the others): it can bend, but it knows steps only and loses the order within them.
 */
export function chooseIsotonic(margins: Float64Array, labels: Uint8Array, fold: Uint8Array): Isotonic | undefined {
  let bent = 0
  for (let f = 0; f < 2; f++) {
    const rows = (inside: boolean) => Uint32Array.from(fold.keys().filter(i => (fold[i]! % 2 === f) === inside))
    const [own, others] = [rows(true), rows(false)]
    if (own.length === 0 || others.length === 0) return undefined
    const curve = fitIsotonic(
      Float64Array.from(others, i => margins[i]!),
      Uint8Array.from(others, i => labels[i]!),
    )
    for (const i of own) {
      const p = isotonicProbability(curve, margins[i]!)
      bent -= Math.log(labels[i] ? p : 1 - p)
    }
  }
  return bent / margins.length < logLossOf(margins, labels) * 0.9995 ? fitIsotonic(margins, labels) : undefined
}

export const probabilityOf = (isotonic: Isotonic | null | undefined, margin: number): number =>
  isotonic ? isotonicProbability(isotonic, margin) : sigmoid(margin)
