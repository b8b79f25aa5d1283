import { digamma, logBeta } from '../math/gamma-functions.ts'
import type { Objective } from '../math/minimize.ts'
import { bestOptimum, type FitOptions } from './best-optimum.ts'
import { FEWEST_CUSTOMERS, type FittedModel, fittedModel, notFitted } from './fitted-model.ts'
import { hypergeometricTail } from './hypergeometric-tail.ts'

/**
 * Shifted-beta-geometric (Fader & Hardie 2007, "How to project customer retention"): a contract ends at each renewal with a
 * probability θ ~ Beta(α, β) of its own. `periods`: the renewal at which it ended (1 = the first), or, of one still running, how many
 * renewals it has survived.
 */
export interface ContractLifetimes {
  periods: ArrayLike<number>
  ended: ArrayLike<boolean | number>
  weight: ArrayLike<number>
}

export const contractParameters = ['alpha', 'beta'] as const

export function fitShiftedBetaGeometric(data: ContractLifetimes, options: FitOptions = {}): FittedModel {
  let [customers, ended] = [0, 0]
  for (let i = 0; i < data.periods.length; i++) {
    customers += data.weight[i]!
    if (data.ended[i]) ended += data.weight[i]!
  }
  const nothing = (problem: NonNullable<FittedModel['problem']>) =>
    notFitted('sbg', contractParameters, customers, problem)
  if (customers < FEWEST_CUSTOMERS) return nothing('too-few-customers')
  if (ended === 0) return nothing('no-optimum')
  const objective = negativeLogLikelihood(data)
  const optimum = bestOptimum(
    objective,
    [
      [1, 3],
      [0.5, 0.5],
      [3, 30],
    ],
    options,
  )
  const logLikelihood = -objective(optimum.at, new Float64Array(2))
  return fittedModel('sbg', contractParameters, customers, optimum, [1, 1], logLikelihood)
}

/** P(T = t) = B(α+1, β+t−1)/B(α, β); P(T > t) = B(α, β+t)/B(α, β). */
function negativeLogLikelihood({ periods, ended, weight }: ContractLifetimes): Objective {
  return (at, gradient) => {
    const [alpha, beta] = [Math.exp(at[0]!), Math.exp(at[1]!)]
    const [base, psiA, psiB, psiAB] = [logBeta(alpha, beta), digamma(alpha), digamma(beta), digamma(alpha + beta)]
    let [total, ga, gb] = [0, 0, 0]
    for (let i = 0; i < periods.length; i++) {
      const [t, w] = [periods[i]!, weight[i]!]
      const a = ended[i] ? alpha + 1 : alpha
      const b = ended[i] ? beta + t - 1 : beta + t
      const psi = digamma(a + b)
      total += w * (logBeta(a, b) - base)
      ga += w * (digamma(a) - psi - psiA + psiAB)
      gb += w * (digamma(b) - psi - psiB + psiAB)
    }
    gradient[0] = -ga * alpha
    gradient[1] = -gb * beta
    return -total
  }
}

/** Share of new contracts that outlive `t` renewals. */
export const contractSurvival = (p: ArrayLike<number>, t: number): number =>
  Math.exp(logBeta(p[0]!, p[1]! + t) - logBeta(p[0]!, p[1]!))

/** Share of those who survived t − 1 renewals who survive the t-th as well: it rises, because those who leave easily have left. */
export const contractRetention = (p: ArrayLike<number>, t: number): number => (p[1]! + t - 1) / (p[0]! + p[1]! + t - 1)

/**
 * Payments still expected of a contract that has survived `renewals`, just before the next renewal, discounted at `rate` per period
 * (Fader & Hardie 2010, "Customer-base valuation in a contractual setting", equation 6); that renewal itself undiscounted. Without
 * discounting it is finite for α > 1 alone: Σ S(t) = (β + n)/(α − 1).
 */
export function contractResidualLifetime(p: ArrayLike<number>, renewals: number, rate: number): number {
  const [alpha, beta] = [p[0]!, p[1]! + renewals]
  if (rate <= 0) return alpha > 1 ? beta / (alpha - 1) : Number.POSITIVE_INFINITY
  const out = new Float64Array(4)
  hypergeometricTail(beta + 1, alpha + beta + 1, 1 / (1 + rate), out)
  return (beta / (alpha + beta)) * Math.exp(out[0]!)
}
