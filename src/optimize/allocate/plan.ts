import { capOf, type Problem } from './problem.ts'

/** A plan under construction: which options are chosen and what they use, kept in step. */
export interface Plan {
  problem: Problem
  chosen: Uint8Array
  /** Options chosen per customer. */
  count: Uint8Array
  used: Float64Array
  /** Weight of each limit when broken limits are added up; the repair raises those that resist. */
  weight: Float64Array
}

export function emptyPlan(problem: Problem, chosen: Uint8Array): Plan {
  chosen.fill(0)
  return {
    problem,
    chosen,
    count: new Uint8Array(problem.customers),
    used: new Float64Array(problem.resources),
    weight: new Float64Array(problem.resources).fill(1),
  }
}

export function add(plan: Plan, customer: number, option: number): void {
  plan.chosen[option] = 1
  plan.count[customer] = plan.count[customer]! + 1
  charge(plan, option, 1)
}

export function drop(plan: Plan, customer: number, option: number): void {
  plan.chosen[option] = 0
  plan.count[customer] = plan.count[customer]! - 1
  charge(plan, option, -1)
}

function charge(plan: Plan, option: number, sign: number): void {
  const { useStart, useResource, useAmount, code } = plan.problem
  const c = code[option]!
  for (let e = useStart[c]!; e < useStart[c + 1]!; e++)
    plan.used[useResource[e]!] = plan.used[useResource[e]!]! + sign * useAmount[e]!
}

/** Whether an option of this code still fits under every upper limit. */
export function codeFits(plan: Plan, code: number): boolean {
  const { useStart, useResource, useAmount, max } = plan.problem
  for (let e = useStart[code]!; e < useStart[code + 1]!; e++)
    if (plan.used[useResource[e]!]! + useAmount[e]! > max[useResource[e]!]!) return false
  return true
}

/** Whether the customer may have this option beside the others chosen (cap and group), `without` set aside. */
export function customerAllows(plan: Plan, customer: number, option: number, without: number): boolean {
  const p = plan.problem
  const room = capOf(p, customer) - plan.count[customer]! + (without >= 0 ? 1 : 0)
  if (room < 1) return false
  if (!p.group || plan.count[customer]! - (without >= 0 ? 1 : 0) === 0) return true
  const g = p.group[p.code[option]!]!
  for (let j = p.start[customer]!; j < p.start[customer + 1]!; j++)
    if (plan.chosen[j] === 1 && j !== without && p.group[p.code[j]!] === g) return false
  return true
}

/** The plan's value, with Neumaier's compensated sum: exact to the last digits however many options are added. */
export function planValue(plan: Plan): number {
  let sum = 0
  let lost = 0
  const { value, options } = plan.problem
  for (let j = 0; j < options; j++) {
    if (plan.chosen[j] === 0) continue
    const v = value[j]!
    const next = sum + v
    lost += Math.abs(sum) >= Math.abs(v) ? sum - next + v : v - next + sum
    sum = next
  }
  return sum + lost
}

/**
 * How far limits are broken, each as a weighted share of itself, 0 for a plan that keeps all. Amounts are whole numbers (see
 * `exact-amounts.ts`), so this is exact.
 */
export function broken(plan: Plan): number {
  let total = 0
  for (let r = 0; r < plan.problem.resources; r++) total += brokenAt(plan, r, plan.used[r]!)
  return total
}

export function brokenAt(plan: Plan, resource: number, used: number): number {
  const max = plan.problem.max[resource]!
  if (used > max) return (plan.weight[resource]! * (used - max)) / Math.max(max, 1)
  const min = plan.problem.min[resource]!
  return used < min ? (plan.weight[resource]! * (min - used)) / min : 0
}
