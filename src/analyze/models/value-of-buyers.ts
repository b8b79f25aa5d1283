import type { Columns } from '../../platform/stores/facts/index.ts'
import { bgNbd } from '../value/bg-nbd.ts'
import { type CustomerValues, customerValues } from '../value/customer-value.ts'
import { type FittedModel, fitRepeatModel } from '../value/fit-repeat-model.ts'
import { fitGammaGamma } from '../value/gamma-gamma.ts'
import { distinctSummaries } from '../value/summaries.ts'
import type { ModelRecord } from './model-record.ts'

/** Cost of capital a year; the margin of a year hence is worth a tenth less. */
export const DISCOUNT_RATE = 0.1
export const HORIZON_DAYS = 365

/** The spend model is fitted on at most so many buyers: its standard errors are then below half a per cent. */
const MOST_FOR_SPEND = 200_000

export interface BuyersValue extends CustomerValues {
  /** P(no purchase in the next `days`), for when the churn model cannot be used. */
  silent(days: number): Float32Array
  records: ModelRecord[]
}

/** Value of the buyers named; by the models, or by the simple rule where a model did not converge. */
export function valueOfBuyers(columns: Columns, rows: Uint32Array): BuyersValue {
  const take = (id: string) => {
    const all = columns.f64(id)
    return Float64Array.from(rows, row => all[row]!)
  }
  const days = take('purchase_days')
  const recency = take('recency_days')
  const T = take('tenure_days')
  const gross = take('gross_minor')
  const margin = take('margin_minor')
  const x = days.map(d => d - 1)
  const tx = T.map((t, i) => t - recency[i]!)
  const spend = gross.map((g, i) => g / days[i]!)

  const repeat = fitRepeatModel(bgNbd, distinctSummaries(x, tx, T))
  const every = Math.max(1, Math.ceil(rows.length / MOST_FOR_SPEND))
  const some = <T extends Float64Array>(column: T) => column.filter((_, i) => i % every === 0)
  const money = fitGammaGamma({ x: some(days), mean: some(spend), weight: new Float64Array(some(days).length).fill(1) })
  const usable = repeat.converged && money.converged && money.parameters[1]! > 1

  const inputs = { x, tx, T, spend, spendCount: days, marginRate: marginRates(gross, margin, spend) }
  const horizon = { discountRate: DISCOUNT_RATE, unitsPerYear: 365 }
  const values = usable
    ? customerValues(bgNbd, repeat.parameters, money.parameters, inputs, { ...horizon, length: HORIZON_DAYS })
    : byLastYear(take('purchase_days_365'), take('margin_365_minor'), recency)
  return {
    ...values,
    silent: length => silence(repeat, inputs, recency, length),
    records: [record('purchases', repeat), { ...record('value', money), trainedOn: rows.length }],
  }
}

/**
 * Margin after returns per value bought, drawn to everybody's by the weight of one average purchase: one order says little of
 * what the next ones will bring.
 */
function marginRates(gross: Float64Array, margin: Float64Array, spend: Float64Array): Float64Array {
  const sum = (column: Float64Array) => column.reduce((s, v) => s + v, 0)
  const everybody = sum(gross) > 0 ? sum(margin) / sum(gross) : 0
  const weight = spend.length ? sum(spend) / spend.length : 1
  return gross.map((g, i) => Math.max(-1, Math.min(1, (margin[i]! + weight * everybody) / (g + weight))))
}

/** The rule that stands in: next year as the last. */
function byLastYear(purchases: Float64Array, margin: Float64Array, recency: Float64Array): CustomerValues {
  return {
    alive: Float32Array.from(recency, r => (r <= 180 ? 1 : 0)),
    purchases: Float32Array.from(purchases),
    margin,
    low: margin,
    high: margin,
  }
}

function silence(
  repeat: FittedModel,
  { x, tx, T }: { x: Float64Array; tx: Float64Array; T: Float64Array },
  recency: Float64Array,
  days: number,
): Float32Array {
  if (!repeat.converged) return Float32Array.from(recency, r => (r > days ? 1 : 0))
  const none = new Map<string, number>()
  return Float32Array.from(x, (_, i) => {
    const key = `${x[i]} ${T[i]}`
    let p = none.get(key)
    if (p === undefined) {
      p = bgNbd.countsIfAlive(repeat.parameters, x[i]!, T[i]!, days, 1)[0]!
      none.set(key, p)
    }
    return 1 - bgNbd.alive(repeat.parameters, x[i]!, tx[i]!, T[i]!) * (1 - p)
  })
}

const record = (model: ModelRecord['model'], fit: FittedModel): ModelRecord => {
  const numbers = Object.fromEntries(fit.names.map((name, k) => [name, fit.parameters[k]!]))
  const errors = Object.fromEntries(fit.names.map((name, k) => [`se_${name}`, fit.standardErrors[k]!]))
  return {
    model,
    trainedOn: fit.customers,
    parameters: finite(numbers),
    metrics: finite({ logLikelihood: fit.logLikelihood, ...errors }),
    definition: { model: fit.model, parameters: finite(numbers) },
    problem: fit.problem ?? null,
  }
}

/** JSON has no NaN. */
const finite = (numbers: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(numbers).filter(([, value]) => Number.isFinite(value)))
