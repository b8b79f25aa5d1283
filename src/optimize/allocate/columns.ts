import { countInWholeUnits } from './exact-amounts.ts'
import { codes as codeColumn, f64, type Problem, u16, u32 } from './problem.ts'

/** Options as plain columns, in any order, one row each; `use` says per code what it uses. */
export interface OptionRows {
  customers: number
  customer: Uint32Array
  value: Float64Array
  code: Uint32Array
  /** Uses of each code: resource and amount. Zero amounts are left out. */
  uses: { resource: number; amount: number }[][]
  max: Float64Array
  min: Float64Array
  exactly: boolean
  most: number
  /** Group of each code, when a customer may have only one of a group. */
  group?: Uint32Array
}

export interface BuiltProblem {
  problem: Problem
  /** Row behind each option of the problem. */
  row: Uint32Array
  /** Units of each resource in one of what was given (100 pence in a pound): used amounts are per unit, prices too. */
  unitsInOne: Float64Array
}

/** Sorts rows into a problem (counting sort by customer, then by group) and counts amounts in whole units. */
export function buildProblem(rows: OptionRows): BuiltProblem {
  const options = rows.customer.length
  const start = u32(rows.customers + 1)
  for (let j = 0; j < options; j++) start[rows.customer[j]! + 1] = start[rows.customer[j]! + 1]! + 1
  for (let c = 0; c < rows.customers; c++) start[c + 1] = start[c + 1]! + start[c]!
  const row = new Uint32Array(options)
  const next = start.slice()
  for (let j = 0; j < options; j++) {
    const c = rows.customer[j]!
    row[next[c]!] = j
    next[c] = next[c]! + 1
  }
  const { group } = rows
  if (group)
    for (let c = 0; c < rows.customers; c++)
      row.subarray(start[c]!, start[c + 1]!).sort((a, b) => group[rows.code[a]!]! - group[rows.code[b]!]! || a - b)
  const value = f64(options)
  const code = codeColumn(rows.uses.length, options)
  for (let j = 0; j < options; j++) {
    value[j] = rows.value[row[j]!]!
    code[j] = rows.code[row[j]!]!
  }
  const entries = rows.uses.reduce((n, list) => n + list.length, 0)
  const useStart = u32(rows.uses.length + 1)
  const useResource = u16(entries)
  const useAmount = f64(entries)
  let e = 0
  for (const [c, list] of rows.uses.entries()) {
    for (const { resource, amount } of list) {
      useResource[e] = resource
      useAmount[e++] = amount
    }
    useStart[c + 1] = e
  }
  const max = f64(rows.max.length)
  const min = f64(rows.min.length)
  max.set(rows.max)
  min.set(rows.min)
  const unitsInOne = countInWholeUnits(
    useResource,
    useAmount,
    max,
    min,
    rows.customers * (rows.exactly ? 1 : rows.most),
  )
  let sharedGroup: Uint32Array | undefined
  if (group) {
    sharedGroup = u32(group.length)
    sharedGroup.set(group)
  }
  const problem: Problem = {
    customers: rows.customers,
    options,
    resources: max.length,
    codes: rows.uses.length,
    start,
    value,
    code,
    useStart,
    useResource,
    useAmount,
    max,
    min,
    exactly: rows.exactly,
    most: rows.exactly ? 1 : rows.most,
    ...(sharedGroup ? { group: sharedGroup } : {}),
  }
  return { problem, row, unitsInOne }
}
