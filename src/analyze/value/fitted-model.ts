import type { Optimum } from './best-optimum.ts'

export interface FittedModel {
  model: string
  /** In the model's order. */
  names: readonly string[]
  parameters: Float64Array
  /** By the delta method from the Hessian on the log parameters; NaN where there is no optimum. */
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

/** Fewer customers than this cannot carry four parameters. */
export const FEWEST_CUSTOMERS = 30

/** A fit that was not even tried. */
export const notFitted = (
  model: string,
  names: readonly string[],
  customers: number,
  problem: NonNullable<FittedModel['problem']>,
): FittedModel => ({
  model,
  names,
  parameters: new Float64Array(names.length).fill(Number.NaN),
  standardErrors: new Float64Array(names.length).fill(Number.NaN),
  logCovariance: undefined,
  logLikelihood: Number.NaN,
  customers,
  converged: false,
  problem,
  evaluations: 0,
})

/** The optimum on the parameters' own scale; `scale` multiplies each. */
export function fittedModel(
  model: string,
  names: readonly string[],
  customers: number,
  optimum: Optimum,
  scale: readonly number[],
  logLikelihood: number,
): FittedModel {
  const n = names.length
  const parameters = optimum.at.map((v, i) => Math.exp(v) * scale[i]!)
  const { covariance, converged } = optimum
  return {
    model,
    names,
    parameters,
    standardErrors: parameters.map((v, i) => (covariance ? v * Math.sqrt(covariance[i * n + i]!) : Number.NaN)),
    logCovariance: covariance,
    logLikelihood,
    customers,
    converged,
    ...(converged ? {} : { problem: 'no-optimum' as const }),
    evaluations: optimum.evaluations,
  }
}
