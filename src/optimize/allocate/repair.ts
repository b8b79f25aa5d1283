import { brokenChange, moveScratch } from './moves.ts'
import { byFallingKey } from './order.ts'
import { add, broken, customerAllows, drop, type Plan } from './plan.ts'

/**
 * Minimum-volume repair: while a limit is broken, apply the swaps that mend most for the least value lost at the prices.
 * Each round lists the best swap of every customer that can help, cheapest first, and applies what still helps. Where
 * nothing helps, the limits still broken are weighted up, which leads out of such dead ends (breakout method, Morris 1993).
 * Answers false when that does not help either; the caller then looks for a proof that no plan exists.
 */
export function repair(
  plan: Plan,
  codePrice: Float64Array,
  outOfTime: () => boolean,
  locked?: Uint8Array,
  mostDeadEnds = 60,
): boolean {
  const p = plan.problem
  plan.weight.fill(1)
  const scratch = moveScratch(p.resources)
  const key = new Float32Array(p.customers)
  const from = new Int32Array(p.customers)
  const to = new Int32Array(p.customers)
  const relieves = new Uint8Array(p.codes)
  const raises = new Uint8Array(p.codes)
  let deadEnds = 0
  for (let round = 0; round < MOST_ROUNDS; round++) {
    let left = broken(plan)
    if (left === 0) return true
    if (outOfTime()) return false
    markUseful(plan, relieves, raises)
    key.fill(Number.NEGATIVE_INFINITY)
    for (let customer = 0; customer < p.customers; customer++) {
      if (locked && locked[customer] === 1) continue
      const first = p.start[customer]!
      const last = p.start[customer + 1]!
      const consider = (out: number, into: number): void => {
        const change = brokenChange(plan, scratch, out, into)
        if (change >= 0) return
        const loss = reducedOf(plan, codePrice, out) - reducedOf(plan, codePrice, into)
        // Value lost per share mended, negated: the highest is the cheapest.
        const rank = loss / change
        if (rank > key[customer]!) {
          key[customer] = rank
          from[customer] = out
          to[customer] = into
        }
      }
      for (let out = first - 1; out < last; out++) {
        const leaves = out >= first
        if (leaves && plan.chosen[out] === 0) continue
        const helpsToLeave = leaves && relieves[p.code[out]!] === 1
        if (helpsToLeave && !p.exactly) consider(out, -1)
        for (let into = first; into < last; into++) {
          if (plan.chosen[into] === 1 || (!helpsToLeave && raises[p.code[into]!] === 0)) continue
          if (customerAllows(plan, customer, into, leaves ? out : -1)) consider(leaves ? out : -1, into)
        }
      }
    }
    const before = left
    for (const customer of byFallingKey(key)) {
      if (key[customer] === Number.NEGATIVE_INFINITY || left === 0) break
      const change = brokenChange(plan, scratch, from[customer]!, to[customer]!)
      if (change >= 0) continue
      if (from[customer]! >= 0) drop(plan, customer, from[customer]!)
      if (to[customer]! >= 0) add(plan, customer, to[customer]!)
      left = broken(plan)
    }
    if (left >= before) {
      if (++deadEnds > mostDeadEnds) return false
      for (let r = 0; r < p.resources; r++)
        if (plan.used[r]! > p.max[r]! || plan.used[r]! < p.min[r]!) plan.weight[r] = plan.weight[r]! * 2
    }
  }
  return broken(plan) === 0
}

const MOST_ROUNDS = 300

const reducedOf = (plan: Plan, codePrice: Float64Array, option: number): number =>
  option < 0 ? 0 : plan.problem.value[option]! - codePrice[plan.problem.code[option]!]!

/** Codes whose leaving relieves a limit exceeded, and whose taking raises a minimum missed: all others are passed over. */
function markUseful(plan: Plan, relieves: Uint8Array, raises: Uint8Array): void {
  const p = plan.problem
  relieves.fill(0)
  raises.fill(0)
  for (let c = 0; c < p.codes; c++)
    for (let e = p.useStart[c]!; e < p.useStart[c + 1]!; e++) {
      const r = p.useResource[e]!
      if (plan.used[r]! > p.max[r]!) relieves[c] = 1
      if (plan.used[r]! < p.min[r]!) raises[c] = 1
    }
}
