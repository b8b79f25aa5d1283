import { type Minimum, minimize, type Objective } from '../math/minimize.ts'

export interface FitOptions {
  /**
   * Weak log-normal priors N(ln start, 2²) on the scaled parameters, around the first starting point. Off by default: the published figures, and the commands,
   * are maximum likelihood.
   */
  prior?: boolean
}

export interface Optimum {
  at: Float64Array
  /** Inverse Hessian over the log parameters. */
  covariance: Float64Array | undefined
  converged: boolean
  evaluations: number
}

/**
 * Minimises over log parameters from one starting point after another until one leads to an optimum with a positive definite Hessian.
 * A likelihood that goes on rising along a ridge has a gradient of nought far out, but no optimum there: that is not converged.
 */
export function bestOptimum(
  objective: Objective,
  starts: readonly (readonly number[])[],
  options: FitOptions,
  centre: readonly number[] = starts[0] ?? [],
): Optimum {
  const aim = options.prior ? withPrior(objective, centre.map(Math.log)) : objective
  let best: Minimum | undefined
  let evaluations = 0
  for (const start of starts) {
    const found = minimize(aim, start.map(Math.log))
    evaluations += found.evaluations
    if (!best || better(found, best)) best = found
    if (isOptimum(found)) break
  }
  if (!best) throw new Error('a model needs a starting point')
  return { at: best.at, covariance: best.covariance, converged: isOptimum(best), evaluations }
}

const isOptimum = (m: Minimum): boolean =>
  m.converged && m.covariance !== undefined && m.at.every((_, i) => m.covariance![i * (m.at.length + 1)]! < WIDEST ** 2)

/** A standard error of five on the logarithm, a factor of 150 either way, is a ridge and not a summit. */
const WIDEST = 5

const better = (a: Minimum, b: Minimum): boolean =>
  isOptimum(a) !== isOptimum(b) ? isOptimum(a) : a.value < b.value - 1e-6

/** Standard deviation of a parameter's logarithm under the weak prior: e² either way is still one standard deviation. */
const PRIOR_SD = 2

const withPrior =
  (likelihood: Objective, centre: readonly number[]): Objective =>
  (at, gradient) => {
    let value = likelihood(at, gradient)
    for (let i = 0; i < at.length; i++) {
      const off = (at[i]! - centre[i]!) / PRIOR_SD
      value += 0.5 * off * off
      gradient[i] = gradient[i]! + off / PRIOR_SD
    }
    return value
  }
