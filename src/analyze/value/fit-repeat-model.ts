import { minimize, type Objective } from '../math/minimize.ts'
import type { RepeatModel } from './repeat-model.ts'
import type { Summaries } from './summaries.ts'

export interface FittedModel {
  model: string
  /** In the model's order. */
  names: readonly string[]
  parameters: Float64Array
  /** By the delta method from the Hessian on the log parameters; NaN where the likelihood is flat in that direction. */
  standardErrors: Float64Array
  /** Covariance of the log parameters, row-major; undefined where the Hessian is not positive definite. */
  logCovariance: Float64Array | undefined
  logLikelihood: number
  customers: number
  converged: boolean
  /** Why it must not be used, when `converged` is false. */
  problem?: 'too-few-customers' | 'no-repeats' | 'no-optimum'
  evaluations: number
}

export interface FitOptions {
  /**
   * Weak log-normal priors N(ln start, 2²) on the scaled parameters. Off by default: the published figures, and the commands,
   * are maximum likelihood.
   */
  prior?: boolean
}

/** Fewer customers than this cannot carry four parameters. */
export const FEWEST_CUSTOMERS = 30

/** Maximum likelihood (or, with a prior, its mode) of a repeat model over weighted summaries. */
export function fitRepeatModel<Name extends string>(
  model: RepeatModel<Name>,
  data: Summaries,
  options: FitOptions = {},
): FittedModel {
  const n = model.parameters.length
  const customers = sum(data.weight)
  const nothing = (problem: FittedModel['problem']): FittedModel => ({
    model: model.id,
    names: model.parameters,
    parameters: new Float64Array(n).fill(Number.NaN),
    standardErrors: new Float64Array(n).fill(Number.NaN),
    logCovariance: undefined,
    logLikelihood: Number.NaN,
    customers,
    converged: false,
    problem,
    evaluations: 0,
  })
  if (customers < FEWEST_CUSTOMERS) return nothing('too-few-customers')
  if (!data.x.some((x, i) => x > 0 && data.weight[i]! > 0)) return nothing('no-repeats')

  // Times scaled to a mean T of 1, so that one set of starting points serves days and years.
  const unit = model.discrete ? 1 : data.T.reduce((s, T, i) => s + T * data.weight[i]!, 0) / customers
  const scaled: Summaries = { ...data, tx: data.tx.map(t => t / unit), T: data.T.map(t => t / unit) }
  const likelihood = model.negativeLogLikelihood(scaled)
  const purchases = data.x.reduce((s, x, i) => s + x * data.weight[i]!, 0)

  let best: ReturnType<typeof minimize> | undefined
  let evaluations = 0
  for (const start of model.starts) {
    const logStart = start.map(Math.log)
    const found = minimize(options.prior ? withPrior(likelihood, logStart) : likelihood, logStart)
    evaluations += found.evaluations
    if (!best || (found.converged && !best.converged) || (found.converged && found.value < best.value - 1e-6))
      best = found
    if (found.converged && found.covariance) break
  }
  if (!best) return nothing('no-optimum')
  const converged = best.converged && best.covariance !== undefined
  const timeScale = model.parameters.map(name => (model.timeParameters.includes(name) ? unit : 1))
  const parameters = best.at.map((v, i) => Math.exp(v) * timeScale[i]!)
  const covariance = best.covariance
  const gradient = new Float64Array(n)
  return {
    model: model.id,
    names: model.parameters,
    parameters,
    standardErrors: parameters.map((v, i) => (covariance ? v * Math.sqrt(covariance[i * n + i]!) : Number.NaN)),
    logCovariance: covariance,
    logLikelihood: -likelihood(best.at, gradient) - purchases * Math.log(unit),
    customers,
    // A likelihood that goes on rising along a ridge has a gradient of nought far out, but no optimum there.
    converged,
    ...(converged ? {} : { problem: 'no-optimum' as const }),
    evaluations,
  }
}

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

const sum = (column: Float64Array): number => column.reduce((s, v) => s + v, 0)
