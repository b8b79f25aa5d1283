import type { Columns } from '../../platform/stores/facts/index.ts'
import type { CustomerValues } from '../value/customer-value.ts'
import type { FittedModel } from '../value/fitted-model.ts'
import { type Contract, contractValue } from './contracts.ts'

export interface ContractCustomers {
  /** Rows of the customers' columns: the buyers, then those who have a contract and never bought. */
  rows: Uint32Array
  /** Contract by place among the rows. */
  at: Map<number, Contract>
}

/** Where the contracts' customers stand. */
export function byContract(columns: Columns, buyers: Uint32Array, contracts: readonly Contract[]): ContractCustomers {
  const at = new Map<number, Contract>()
  if (contracts.length === 0) return { rows: buyers, at }
  const ids = columns.u64('customer_id')
  const placeOf = new Map<number, number>()
  for (const [place, row] of buyers.entries()) placeOf.set(row, place)
  const more: number[] = []
  let row = 0
  // Both are in the order of the ids.
  for (const contract of contracts) {
    const id = BigInt(contract.customerId)
    while (row < ids.length && ids[row]! < id) row++
    if (row === ids.length || ids[row] !== id) continue
    const place = placeOf.get(row)
    if (place === undefined) {
      at.set(buyers.length + more.length, contract)
      more.push(row)
    } else at.set(place, contract)
  }
  if (more.length === 0) return { rows: buyers, at }
  const rows = new Uint32Array(buyers.length + more.length)
  rows.set(buyers)
  rows.set(more, buyers.length)
  return { rows, at }
}

/** What a contract customer's leaving costs: the chance of it within a year, and the margin lost on average within each horizon. */
export interface ContractLeaving {
  leaves: number
  lost: number[]
}

/** Puts the values of contract customers in their place; without a fit all stay. `margin`: what purchases brought so far. */
export function withContracts(
  values: CustomerValues,
  { at }: ContractCustomers,
  fit: FittedModel,
  { margin, discountRate, years }: { margin: Float64Array; discountRate: number; years: number },
): Map<number, ContractLeaving> {
  const leaving = new Map<number, ContractLeaving>()
  if (!fit.converged) return leaving
  for (const [place, contract] of at) {
    const each = contract.marginMinor ?? margin[place]! / contract.periods
    leaving.set(place, { leaves: 0, lost: [] })
    values.alive[place] = contract.ended ? 0 : 1
    values.perPurchase[place] = each
    for (let year = 1; year <= years; year++) {
      const horizon = values.horizons[year - 1]!
      const own = contractValue(fit.parameters, contract, each, 365 * year, discountRate)
      horizon.purchases[place] = own.renewals
      horizon.buys[place] = own.renewals > 0 ? 1 : 0
      horizon.margin[place] = own.margin
      horizon.low[place] = own.low
      horizon.high[place] = own.high
      horizon.deviation[place] = own.deviation
      horizon.own[place] = 0
      leaving.get(place)!.lost.push(own.lost)
      if (year === 1) leaving.get(place)!.leaves = own.leaves
    }
  }
  return leaving
}
