import { bestOptimum, type FitOptions } from './best-optimum.ts'
import { FEWEST_CUSTOMERS, type FittedModel, fittedModel, notFitted } from './fitted-model.ts'
import type { RepeatModel } from './repeat-model.ts'
import type { Summaries } from './summaries.ts'

export type { FitOptions } from './best-optimum.ts'
export { FEWEST_CUSTOMERS, type FittedModel } from './fitted-model.ts'

/** Maximum likelihood (or, with a prior, its mode) of a repeat model over weighted summaries. */
export function fitRepeatModel<Name extends string>(
  model: RepeatModel<Name>,
  data: Summaries,
  options: FitOptions = {},
): FittedModel {
  const customers = sum(data.weight)
  if (customers < FEWEST_CUSTOMERS) return notFitted(model.id, model.parameters, customers, 'too-few-customers')
  if (!data.x.some((x, i) => x > 0 && data.weight[i]! > 0))
    return notFitted(model.id, model.parameters, customers, 'no-repeats')

  // Times scaled to a mean T of 1, so that one set of starting points serves days and years.
  const unit = model.discrete ? 1 : data.T.reduce((s, T, i) => s + T * data.weight[i]!, 0) / customers
  const scaled: Summaries = { ...data, tx: data.tx.map(t => t / unit), T: data.T.map(t => t / unit) }
  const likelihood = model.negativeLogLikelihood(scaled)
  const purchases = data.x.reduce((s, x, i) => s + x * data.weight[i]!, 0)
  const optimum = bestOptimum(likelihood, model.starts, options)
  const scale = model.parameters.map(name => (model.timeParameters.includes(name) ? unit : 1))
  const atOptimum = -likelihood(optimum.at, new Float64Array(scale.length))
  return fittedModel(model.id, model.parameters, customers, optimum, scale, atOptimum - purchases * Math.log(unit))
}

const sum = (column: Float64Array): number => column.reduce((s, v) => s + v, 0)
