import { digamma, logGamma } from '../math/gamma-functions.ts'
import type { Objective } from '../math/minimize.ts'
import { bestOptimum, type FitOptions } from './best-optimum.ts'
import { FEWEST_CUSTOMERS, type FittedModel, fittedModel, notFitted } from './fitted-model.ts'
import { dictionary } from './summaries.ts'

/**
 * Gamma-Gamma (Fader & Hardie 2013, "The Gamma-Gamma model of monetary value"): a customer's purchases are Gamma(p, ν) in value,
 * ν ~ Gamma(q, γ). `mean` is the average value of `x` purchases; both must be above zero.
 */
export interface SpendSummaries {
  x: Float64Array
  mean: Float64Array
  weight: Float64Array
}

export const spendParameters = ['p', 'q', 'gamma'] as const

export function fitGammaGamma(data: SpendSummaries, options: FitOptions = {}): FittedModel {
  const customers = data.weight.reduce((s, w) => s + w, 0)
  if (customers < FEWEST_CUSTOMERS) return notFitted('gamma-gamma', spendParameters, customers, 'too-few-customers')
  // Money scaled to a mean of 1: the starting points then serve pence and yuan.
  const unit = data.mean.reduce((s, m, i) => s + m * data.weight[i]!, 0) / customers
  const objective = negativeLogLikelihood({ ...data, mean: data.mean.map(m => m / unit) })
  const starts = [
    [3, 3, 2],
    [1, 5, 4],
    [20, 2, 0.1],
  ]
  const optimum = bestOptimum(objective, starts, options)
  const logLikelihood = -objective(optimum.at, new Float64Array(3)) - customers * Math.log(unit)
  return fittedModel('gamma-gamma', spendParameters, customers, optimum, [1, 1, unit], logLikelihood)
}

/** Equation 1a, with the functions of x computed once per distinct x. */
function negativeLogLikelihood(data: SpendSummaries): Objective {
  const counts = dictionary(data.x)
  const size = counts.values.length
  const byX = [new Float64Array(size), new Float64Array(size), new Float64Array(size)] as const
  const logMean = data.mean.map(Math.log)
  const logX = counts.values.map(Math.log)
  return (at, gradient) => {
    const [p, q, gamma] = [Math.exp(at[0]!), Math.exp(at[1]!), Math.exp(at[2]!)]
    const [logGammaQ, psiQ, logG] = [logGamma(q), digamma(q), at[2]!]
    for (let k = 0; k < size; k++) {
      const px = p * counts.values[k]!
      byX[0][k] = logGamma(px + q) - logGamma(px) - logGammaQ + q * logG
      byX[1][k] = digamma(px + q)
      byX[2][k] = digamma(px)
    }
    let total = 0
    let [gp, gq, gg] = [0, 0, 0]
    for (let i = 0; i < data.x.length; i++) {
      const k = counts.index[i]!
      const x = data.x[i]!
      const px = p * x
      const w = data.weight[i]!
      const sum = gamma + data.mean[i]! * x
      const logSum = Math.log(sum)
      total += w * (byX[0][k]! + (px - 1) * logMean[i]! + px * logX[k]! - (px + q) * logSum)
      gp += w * x * (byX[1][k]! - byX[2][k]! + logMean[i]! + logX[k]! - logSum)
      gq += w * (byX[1][k]! - psiQ + logG - logSum)
      gg += w * (q / gamma - (px + q) / sum)
    }
    gradient[0] = -gp * p
    gradient[1] = -gq * q
    gradient[2] = -gg * gamma
    return -total
  }
}

/** Expected value of a purchase given the customer's average over x purchases; the population mean for x = 0 (equation 5). */
export const expectedSpend = (parameters: Float64Array, x: number, mean: number): number => {
  const [p, q, gamma] = [parameters[0]!, parameters[1]!, parameters[2]!]
  return (p * (gamma + x * mean)) / (p * x + q - 1)
}

/** Of one purchase: its mean, E[z²], and E[z z′] of two. */
export interface SpendMoments {
  mean: number
  same: number
  different: number
}

/** Below this shape the second moment does not exist or is dominated by it; the interval uses this shape's. */
const SMALLEST_SHAPE = 2.5

/**
 * Fills `out` with the moments given the customer's record: ν ~ Gamma(q + px, γ + x·mean), E[z] = p·E[1/ν], E[z²] = p(p + 1)·E[1/ν²],
 * E[z z′] = p²·E[1/ν²].
 */
export function spendMomentsOf(parameters: Float64Array, x: number, mean: number, out: SpendMoments): void {
  const [p, q, gamma] = [parameters[0]!, parameters[1]!, parameters[2]!]
  const shape = q + p * x
  const expected = (p * (gamma + x * mean)) / (shape - 1)
  const enough = Math.max(shape, SMALLEST_SHAPE)
  out.mean = expected
  out.different = (expected * expected * (enough - 1)) / (enough - 2)
  out.same = (out.different * (p + 1)) / p
}
