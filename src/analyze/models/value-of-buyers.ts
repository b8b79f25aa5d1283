import type { Columns, Facts } from '../../platform/stores/facts/index.ts'
import { type CustomerValues, customerValues } from '../value/customer-value.ts'
import { type FittedModel, fitRepeatModel } from '../value/fit-repeat-model.ts'
import { fitGammaGamma } from '../value/gamma-gamma.ts'
import { yearlySteps } from '../value/horizons.ts'
import { distinctSummaries, type Summaries } from '../value/summaries.ts'
import { type Choice, chooseModel } from '../worth/choose-model.ts'
import { byContract, type ContractLeaving, withContracts } from '../worth/contract-customers.ts'
import { fitContracts, readContracts } from '../worth/contracts.ts'
import { readHistories } from '../worth/histories.ts'
import { lastYearAgain } from '../worth/last-year-again.ts'
import { purchasesRecord, valueRecord } from '../worth/records.ts'
import { dayOf, noSeason, SeasonClock } from '../worth/season-clock.ts'
import { silence } from '../worth/silence.ts'
import type { ModelRecord } from './model-record.ts'

/** Cost of capital a year; the margin of a year hence is worth a tenth less. */
export const DISCOUNT_RATE = 0.1
/** Horizons of 12, 24 and 36 months. */
const YEARS = 3

/** Models are chosen, and spend is fitted, on at most so many: standard errors are then below half a per cent. */
const MOST_FOR_CHOICE = 50_000
const MOST_FOR_SPEND = 200_000

export interface BuyersValue extends CustomerValues {
  /** Rows of the columns they belong to: the buyers in the order given, then those who have a contract alone. */
  rows: Uint32Array
  method: 'purchases' | 'last-year'
  /** Those valued by their contract, by their place. */
  contracts: ReadonlyMap<number, ContractLeaving>
  /** The fit in use, with what makes the interval of a group. */
  basis:
    | {
        choice: Choice
        fit: FittedModel
        histories: Summaries & { rowOf: Uint32Array }
        clock: (days: number) => number
      }
    | undefined
  /** P(no purchase in the next `days`), for when the churn model cannot be used. */
  silent(days: number): Float32Array
  records: ModelRecord[]
}

/**
 * Value of the buyers named and of those under contract: by the purchase model that did best on what followed, by the season's clock, by
 * contracts where they are known; or by the simple rule where no model converged.
 */
export async function valueOfBuyers(
  facts: Facts,
  input: { identityRun: number; asOf: string },
  columns: Columns,
  buyers: Uint32Array,
): Promise<BuyersValue> {
  const asOf = dayOf(input.asOf)
  const slices = Math.max(1, Math.ceil(buyers.length / MOST_FOR_CHOICE))
  const [histories, known] = await Promise.all([
    readHistories(facts, { ...input, slices, slice: 0 }),
    readContracts(facts, input),
  ])
  const choice = chooseModel(histories, asOf)
  const fitted = fitContracts(known)
  const contracts = byContract(columns, buyers, fitted.converged ? known : [])
  const { rows } = contracts
  const take = (id: string) => {
    const all = columns.f64(id)
    return Float64Array.from(rows, row => all[row] || 0)
  }
  const [days, recency, tenure] = [take('purchase_days'), take('recency_days'), take('tenure_days')]
  const [gross, margin] = [take('gross_minor'), take('margin_minor')]
  const spend = gross.map((g, i) => (days[i]! > 0 ? g / days[i]! : 0))

  const first = asOf - tenure.reduce((m, t) => Math.max(m, t), 1)
  const clock = new SeasonClock(choice.season.used ? choice.season.index : noSeason, first, asOf + 365 * YEARS + 1)
  const x = days.map(d => Math.max(0, d - 1))
  const tx = tenure.map((t, i) => clock.between(asOf - t, asOf - recency[i]!))
  const T = tenure.map(t => clock.between(asOf - t, asOf))
  const grouped = distinctSummaries(x, tx, T)
  const model = choice.chosen?.model
  // Tried on everybody, it was fitted to everybody.
  const repeat =
    model && (slices > 1 || rows.length > buyers.length)
      ? fitRepeatModel(
          model,
          distinctSummaries(
            ...([x, tx, T].map(c => c.subarray(0, buyers.length)) as [Float64Array, Float64Array, Float64Array]),
          ),
          { prior: true },
        )
      : choice.chosen?.fit
  const every = Math.max(1, Math.ceil(buyers.length / MOST_FOR_SPEND))
  const some = (column: Float64Array) => column.subarray(0, buyers.length).filter((_, i) => i % every === 0)
  const money = fitGammaGamma({ x: some(days), mean: some(spend), weight: some(days).fill(1) }, { prior: true })
  const ahead = (length: number) => clock.between(asOf, asOf + length) * choice.level

  const usable = model && repeat?.converged && money.converged && money.parameters[1]! > 1
  const values: CustomerValues = usable
    ? customerValues(
        model,
        repeat.parameters,
        money.parameters,
        { histories: grouped, spend, spendCount: days, marginRate: marginRates(gross, margin, spend) },
        yearlySteps(YEARS, DISCOUNT_RATE, ahead),
      )
    : lastYearAgain(take('purchase_days_365'), take('margin_365_minor'), recency, YEARS)
  const leaving = withContracts(values, contracts, fitted, { margin, discountRate: DISCOUNT_RATE, years: YEARS })
  return {
    ...values,
    rows,
    method: usable ? 'purchases' : 'last-year',
    contracts: leaving,
    basis: usable ? { choice, fit: repeat, histories: grouped, clock: ahead } : undefined,
    silent: length =>
      silence(
        model && repeat?.converged ? { model, parameters: repeat.parameters, length: ahead(length) } : undefined,
        grouped,
        {
          recency,
          days: length,
        },
      ).subarray(0, buyers.length),
    records: [
      purchasesRecord(choice, repeat, clock, asOf, buyers.length, histories.start.length - 1),
      valueRecord(money, buyers.length, { discountRate: DISCOUNT_RATE, known, fitted }),
    ],
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
