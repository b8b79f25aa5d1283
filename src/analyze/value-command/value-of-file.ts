import { customerValues } from '../value/customer-value.ts'
import { fitRepeatModel } from '../value/fit-repeat-model.ts'
import type { FittedModel } from '../value/fitted-model.ts'
import { type Forecast, forecast } from '../value/forecast.ts'
import { expectedSpend, fitGammaGamma } from '../value/gamma-gamma.ts'
import { type HoldoutErrors, holdoutErrors } from '../value/holdout-errors.ts'
import { evenSteps } from '../value/horizons.ts'
import type { RepeatModel } from '../value/repeat-model.ts'
import { learnHiatus, type RuleResult, simpleRules } from '../value/simple-rules.ts'
import { distinctSummaries } from '../value/summaries.ts'
import { type CustomerColumns, customerColumns, opportunityColumns } from './customer-columns.ts'
import type { PurchaseHistories } from './purchase-histories.ts'

export interface ValueRequest {
  models: readonly RepeatModel[]
  spend: boolean
  calibrationEnd: number
  /** Last day of the holdout; the calibration's end where there is none. */
  holdoutEnd: number
  daysPerUnit: number
  unitsPerYear: number
  /** How far values reach, in units. */
  horizon: number
  discountRate: number
  prior: boolean
  hiatus: number | undefined
}

export interface ModelResult {
  fit: FittedModel
  holdout: HoldoutErrors | null
  forecast: Forecast | undefined
}

export interface ValueResult {
  customers: CustomerColumns
  models: Map<string, ModelResult>
  spend: { fit: FittedModel; correlation: number } | undefined
  rules: RuleResult[]
  chosen: string | undefined
  /** Of the model chosen; undefined where no repeat model could be used. */
  perCustomer: PerCustomer | undefined
}

export interface PerCustomer {
  alive: Float64Array
  expected: Float64Array
  /** Expected amount of one purchase, value over the horizon and its 95 % interval; undefined without a spend model. */
  money: { spend: Float64Array; value: Float64Array; low: Float64Array; high: Float64Array } | undefined
}

/** Fits, holds each model and the simple rules against what followed, and values every customer by the one that did best. */
export function valueOfFile(
  histories: PurchaseHistories,
  request: ValueRequest,
  step: (what: string) => void,
): ValueResult {
  const { calibrationEnd, holdoutEnd, daysPerUnit, horizon, prior } = request
  const holds = holdoutEnd > calibrationEnd
  const customers = customerColumns(histories, calibrationEnd, holdoutEnd, daysPerUnit)
  const length = (holdoutEnd - calibrationEnd) / daysPerUnit
  const models = new Map<string, ModelResult>()
  const opportunities = request.models.some(model => model.discrete)
    ? opportunityColumns(histories, customers, calibrationEnd, holdoutEnd, daysPerUnit)
    : undefined
  for (const model of request.models) {
    step(model.id)
    const data = model.discrete ? opportunities! : customers
    const fit = fitRepeatModel(model, distinctSummaries(data.x, data.tx, data.T), { prior })
    if (!fit.converged) {
      models.set(model.id, { fit, holdout: null, forecast: undefined })
      continue
    }
    const ahead = holds
      ? forecast(model, fit.parameters, data, model.discrete ? Math.floor(length) : length)
      : undefined
    models.set(model.id, {
      fit,
      holdout: ahead ? holdoutErrors(ahead.expected, i => ahead.active[i]! >= 0.5, data.later, ahead.logScore) : null,
      forecast:
        ahead && horizon === length ? ahead : forecast(model, fit.parameters, { ...data, later: undefined }, horizon),
    })
  }
  const chosen = choose(request.models, models)
  step('gamma-gamma')
  const spend = request.spend ? fitSpend(customers, prior) : undefined
  const rules = holds
    ? simpleRules(customers, length, request.hiatus ?? learnHiatus(histories, calibrationEnd, daysPerUnit))
    : []
  const model = request.models.find(m => m.id === chosen)
  return {
    customers,
    models,
    spend,
    rules,
    chosen,
    perCustomer: model
      ? perCustomer(model, models.get(model.id)!, customers, opportunities, spend?.fit, request)
      : undefined,
  }
}

/**
 * The model that gave what followed the highest probability; without a holdout, what it was fitted to. A discrete model counts
 * other things, so it is chosen only where no other can be used.
 */
function choose(models: readonly RepeatModel[], results: ReadonlyMap<string, ModelResult>): string | undefined {
  const score = (model: RepeatModel) => {
    const { holdout, fit } = results.get(model.id)!
    return (holdout?.logScore ?? fit.logLikelihood / fit.customers) - (model.discrete ? 1e6 : 0)
  }
  return models.filter(model => results.get(model.id)!.fit.converged).sort((a, b) => score(b) - score(a))[0]?.id
}

/** Over customers with a repeat purchase of some value. The model takes amounts to be independent of how often one buys. */
function fitSpend({ x, spend }: CustomerColumns, prior: boolean) {
  const some = Uint32Array.from(x.keys()).filter(i => x[i]! > 0 && spend[i]! > 0)
  const [count, mean] = [Float64Array.from(some, i => x[i]!), Float64Array.from(some, i => spend[i]!)]
  const fit = fitGammaGamma({ x: count, mean, weight: new Float64Array(some.length).fill(1) }, { prior })
  return { fit, correlation: correlation(count, mean) }
}

function perCustomer(
  model: RepeatModel,
  { fit, forecast }: ModelResult,
  customers: CustomerColumns,
  opportunities: Pick<CustomerColumns, 'x' | 'tx' | 'T'> | undefined,
  spendFit: FittedModel | undefined,
  { horizon, discountRate, unitsPerYear }: ValueRequest,
): PerCustomer {
  const { alive, expected } = forecast!
  // With q ≤ 1 the mean amount of a purchase does not exist.
  if (!spendFit?.converged || !(spendFit.parameters[1]! > 1)) return { alive, expected, money: undefined }
  const { x, spend } = customers
  const spendCount = x.map((repeats, i) => (spend[i]! > 0 ? repeats : 0))
  const times = model.discrete ? opportunities! : customers
  const values = customerValues(
    model,
    fit.parameters,
    spendFit.parameters,
    {
      histories: distinctSummaries(times.x, times.tx, times.T),
      spend,
      spendCount,
      marginRate: new Float64Array(x.length).fill(1),
    },
    evenSteps(horizon, discountRate, unitsPerYear),
  )
  const { margin: value, low, high } = values.horizons[0]!
  const each = x.map((_, i) => expectedSpend(spendFit.parameters, spendCount[i]!, spendCount[i]! > 0 ? spend[i]! : 0))
  return { alive, expected, money: { spend: each, value, low, high } }
}

export function correlation(a: Float64Array, b: Float64Array): number {
  const n = a.length
  const mean = (v: Float64Array) => v.reduce((s, x) => s + x, 0) / n
  const [ma, mb] = [mean(a), mean(b)]
  let [ab, aa, bb] = [0, 0, 0]
  for (let i = 0; i < n; i++) {
    ab += (a[i]! - ma) * (b[i]! - mb)
    aa += (a[i]! - ma) ** 2
    bb += (b[i]! - mb) ** 2
  }
  return ab / Math.sqrt(aa * bb)
}
