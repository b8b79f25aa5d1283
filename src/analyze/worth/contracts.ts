import type { Facts } from '../../platform/stores/facts/index.ts'
import { usualContractEvents } from '../churn/definition.ts'
import type { FittedModel } from '../value/fitted-model.ts'
import { contractSurvival, fitShiftedBetaGeometric } from '../value/shifted-beta-geometric.ts'
import { dayOf } from './season-clock.ts'

/**
 * What makes a customer one under contract, as attributes that came before the date (of any source, the newest holds):
 * `contract_start` (YYYY-MM-DD), and `contract_end` where it has ended (absent or later: it runs); `contract_months` from one renewal to the
 * next (default 12); `contract_margin_minor`, margin of such a period (default: what their purchases brought for each period lived). Events
 * of contracts begun and ended, as churn knows them, say the same.
 */
const contractsSql = `
SELECT
  customer_id,
  argMaxIf(value, at, name = 'contract_start') AS began,
  argMaxIf(value, at, name = 'contract_end') AS ended,
  argMaxIf(value, at, name = 'contract_months') AS months,
  argMaxIf(value, at, name = 'contract_margin_minor') AS margin
FROM (
  SELECT customer_id, toString(name) AS name, value, toDateTime64(at, 3, 'UTC') AS at
  FROM customer_attributes
  WHERE run_id = {identityRun:UInt64} AND at < toDateTime({asOf:Date}, 'UTC')
    AND name IN ('contract_start', 'contract_end', 'contract_months', 'contract_margin_minor')
  UNION ALL
  SELECT customer_id, if(has({starts:Array(String)}, toString(events.type)), 'contract_start', 'contract_end') AS name,
    toString(toDate(events.at)) AS value, events.at AS at
  FROM events
  WHERE events.at < toDateTime64({asOf:Date}, 3, 'UTC')
    AND (has({starts:Array(String)}, toString(events.type)) OR has({ends:Array(String)}, toString(events.type)))
)
GROUP BY customer_id
HAVING began != ''
ORDER BY customer_id`

export interface Contract {
  customerId: number
  /** Renewals survived; of one that ended, the renewal at which it did. */
  renewals: number
  ended: boolean
  /** Days from the date to the next renewal, and from each to the one after. */
  next: number
  days: number
  /** Undefined: learn it from purchases. */
  marginMinor: number | undefined
  /** Periods lived or begun, for that. */
  periods: number
}

interface Row {
  customer_id: number
  began: string
  ended: string
  months: string
  margin: string
}

export async function readContracts(facts: Facts, params: { identityRun: number; asOf: string }): Promise<Contract[]> {
  const rows = await facts.query<Row>(contractsSql, { ...params, ...usualContractEvents })
  const asOf = dayOf(params.asOf)
  return rows.flatMap(row => contractOf(row, asOf) ?? [])
}

const isDate = (text: string): boolean => /^\d{4}-\d{2}-\d{2}/.test(text) && Number.isFinite(dayOf(text.slice(0, 10)))
const DAYS_A_MONTH = 365.25 / 12

/** Undefined for what cannot be: a beginning that is no date or lies in the future. */
export function contractOf({ customer_id, began, ended, months, margin }: Row, asOf: number): Contract | undefined {
  if (!isDate(began)) return undefined
  const start = dayOf(began.slice(0, 10))
  if (start >= asOf) return undefined
  const length = Number(months)
  const days = (length >= 1 && length <= 120 ? length : 12) * DAYS_A_MONTH
  const over = isDate(ended) ? dayOf(ended.slice(0, 10)) : Number.POSITIVE_INFINITY
  const gone = over < asOf && over >= start
  // Ending a few days beside a renewal is ending at it.
  const periods = ((gone ? over : asOf) - start) / days
  const renewals = gone ? Math.max(1, Math.round(periods)) : Math.floor(periods)
  const perPeriod = margin.trim() === '' ? Number.NaN : Number(margin)
  return {
    customerId: customer_id,
    renewals,
    ended: gone,
    next: (renewals + 1) * days - (asOf - start),
    days,
    marginMinor: Number.isFinite(perPeriod) ? perPeriod : undefined,
    periods: Math.max(1, Math.ceil(periods)),
  }
}

/** One fit over all contracts, of those who renew alike: by equal numbers of renewals. */
export function fitContracts(contracts: readonly Contract[]): FittedModel {
  const groups = new Map<string, { periods: number; ended: boolean; weight: number }>()
  for (const { renewals, ended } of contracts) {
    const key = `${renewals} ${ended}`
    const group = groups.get(key)
    if (group) group.weight++
    else groups.set(key, { periods: renewals, ended, weight: 1 })
  }
  const rows = [...groups.values()]
  return fitShiftedBetaGeometric(
    { periods: rows.map(r => r.periods), ended: rows.map(r => r.ended), weight: rows.map(r => r.weight) },
    { prior: true },
  )
}

export interface ContractValue {
  margin: number
  low: number
  high: number
  deviation: number
  /** Renewals expected, margin lost on average to leaving, and the chance of leaving. */
  renewals: number
  lost: number
  leaves: number
}

/**
 * Renewals within the horizon, each paid when reached: the k-th with probability S(n + k)/S(n). How many are paid is the only chance in it, so
 * the ends of the interval are the sums up to the 2.5 % and the 97.5 % quantile of that number.
 */
export function contractValue(
  p: Float64Array,
  contract: Contract,
  marginMinor: number,
  horizonDays: number,
  discountRate: number,
): ContractValue {
  const out: ContractValue = { margin: 0, low: 0, high: 0, deviation: 0, renewals: 0, lost: 0, leaves: 0 }
  if (contract.ended) return out
  const now = contractSurvival(p, contract.renewals)
  let [paid, square, reached, before] = [0, 0, 1, 0]
  for (let k = 1; contract.next + (k - 1) * contract.days < horizonDays; k++) {
    reached = contractSurvival(p, contract.renewals + k) / now
    const each = marginMinor / (1 + discountRate) ** ((contract.next + (k - 1) * contract.days) / 365)
    before = paid
    paid += each
    out.margin += reached * each
    out.lost += (1 - reached) * each
    out.renewals += reached
    // E[V²] = Σ P(N ≥ k)·(v_k² − v_{k−1}²), v the sums.
    square += reached * (paid * paid - before * before)
    if (reached >= 0.975) out.low = paid
    if (reached >= 0.025) out.high = paid
  }
  out.leaves = 1 - reached
  out.deviation = Math.sqrt(Math.max(0, square - out.margin ** 2))
  if (out.low > out.high) [out.low, out.high] = [out.high, out.low]
  return out
}
