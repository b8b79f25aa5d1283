import { byFallingKey } from './order.ts'
import { add, codeFits, customerAllows, drop, type Plan, planValue } from './plan.ts'
import { POLISHED_OPTIONS } from './problem.ts'

/**
 * Uses what is left: every customer's best single change (take, swap or give up) that gains value and keeps every limit,
 * applied in order of gain at the prices. Rounds go on while they gain anything worth having.
 */
export function fill(plan: Plan, codePrice: Float64Array, outOfTime: () => boolean, locked?: Uint8Array): void {
  const p = plan.problem
  const key = new Float32Array(p.customers)
  const from = new Int32Array(p.customers)
  const to = new Int32Array(p.customers)
  const fits = new Uint8Array(p.codes)
  // At 10 M options a round takes .25 s; the third and later ones gained 1e-6 of the value and less.
  const enough = p.options > POLISHED_OPTIONS ? WORTH_A_ROUND * planValue(plan) : 0
  for (let round = 0; round < MOST_ROUNDS && !outOfTime(); round++) {
    for (let c = 0; c < p.codes; c++) fits[c] = codeFits(plan, c) ? 1 : 0
    let found = 0
    for (let customer = 0; customer < p.customers; customer++) {
      key[customer] = Number.NEGATIVE_INFINITY
      if (locked && locked[customer] === 1) continue
      const first = p.start[customer]!
      const last = p.start[customer + 1]!
      for (let out = first - 1; out < last; out++) {
        const leaves = out >= first
        if (leaves ? plan.chosen[out] === 0 : p.exactly) continue
        const lost = leaves ? p.value[out]! : 0
        const lostReduced = leaves ? lost - codePrice[p.code[out]!]! : 0
        if (leaves && !p.exactly && lost < 0 && swapKeeps(plan, out, -1) && -lostReduced > key[customer]!) {
          key[customer] = -lostReduced
          from[customer] = out
          to[customer] = -1
        }
        for (let into = first; into < last; into++) {
          const gain = p.value[into]! - lost
          if (gain <= 0 || plan.chosen[into] === 1) continue
          const rank = p.value[into]! - codePrice[p.code[into]!]! - lostReduced
          if (rank <= key[customer]!) continue
          if (!leaves && fits[p.code[into]!] === 0) continue
          if (!customerAllows(plan, customer, into, leaves ? out : -1)) continue
          if (leaves && !swapKeeps(plan, out, into)) continue
          key[customer] = rank
          from[customer] = leaves ? out : -1
          to[customer] = into
        }
      }
      if (key[customer]! > Number.NEGATIVE_INFINITY) found++
    }
    if (found === 0) return
    let gained = 0
    let worth = 0
    for (const customer of byFallingKey(key)) {
      if (key[customer] === Number.NEGATIVE_INFINITY) break
      const out = from[customer]!
      const into = to[customer]!
      if (!swapKeeps(plan, out, into)) continue
      if (out >= 0) drop(plan, customer, out)
      if (into >= 0) add(plan, customer, into)
      gained++
      worth += (into >= 0 ? p.value[into]! : 0) - (out >= 0 ? p.value[out]! : 0)
    }
    if (gained === 0 || worth < enough) return
  }
}

const MOST_ROUNDS = 12
const WORTH_A_ROUND = 2e-6

/** Whether every limit still holds after the swap (−1: none). Amounts a code uses are few, so the lists are compared. */
export function swapKeeps(plan: Plan, out: number, into: number): boolean {
  const { useStart, useResource, useAmount, code, max, min } = plan.problem
  const a = out >= 0 ? code[out]! : -1
  const b = into >= 0 ? code[into]! : -1
  if (b >= 0)
    for (let e = useStart[b]!; e < useStart[b + 1]!; e++) {
      const r = useResource[e]!
      const used = plan.used[r]! + useAmount[e]! - (a >= 0 ? amountOf(plan, a, r) : 0)
      if (used > max[r]! || used < min[r]!) return false
    }
  if (a >= 0)
    for (let e = useStart[a]!; e < useStart[a + 1]!; e++) {
      const r = useResource[e]!
      if (min[r]! > 0 && plan.used[r]! - useAmount[e]! + (b >= 0 ? amountOf(plan, b, r) : 0) < min[r]!) return false
    }
  return true
}

function amountOf(plan: Plan, code: number, resource: number): number {
  const { useStart, useResource, useAmount } = plan.problem
  for (let e = useStart[code]!; e < useStart[code + 1]!; e++) if (useResource[e] === resource) return useAmount[e]!
  return 0
}
