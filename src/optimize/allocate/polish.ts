import { fill } from './fill.ts'
import { mulberry } from './instance.ts'
import { add, customerAllows, drop, type Plan, planValue } from './plan.ts'
import { repair } from './repair.ts'

/**
 * Small problems only, where single customers weigh: iterated local search from the rounded plan. A few customers are
 * moved to other options that could still be part of a better plan (reduced-cost fixing: an option further behind than
 * bound − value cannot), held there while the others are repaired and filled; the best plan met is kept. Seeded and
 * counted in rounds, so the same input gives the same plan.
 */
export function polish(plan: Plan, codePrice: Float64Array, bound: number, outOfTime: () => boolean): void {
  const p = plan.problem
  const random = mulberry(20101201)
  const locked = new Uint8Array(p.customers)
  let bestValue = planValue(plan)
  const best = plan.chosen.slice()
  const rounds = Math.min(4000, Math.ceil(WORK / Math.max(1, p.options * 10)))
  const standing = new Float64Array(p.customers)
  for (let c = 0; c < p.customers; c++) standing[c] = bestReduced(plan, codePrice, c)
  let current = bestValue
  const back = plan.chosen.slice()
  for (let round = 0; round < rounds; round++) {
    if (outOfTime() || bound - bestValue <= 1e-9 * Math.abs(bound)) break
    const kicks = 1 + Math.floor(random() * Math.min(4, p.customers))
    locked.fill(0)
    for (let k = 0; k < kicks; k++) {
      const customer = Math.floor(random() * p.customers)
      if (locked[customer] === 1) continue
      if (kick(plan, codePrice, customer, standing[customer]! - (bound - bestValue), random)) locked[customer] = 1
    }
    let kept = repair(plan, codePrice, outOfTime, locked, 3)
    if (kept) {
      fill(plan, codePrice, outOfTime, locked)
      fill(plan, codePrice, outOfTime)
      const value = planValue(plan)
      // Slightly worse plans are walked through at times: that is how the search leaves a hill.
      kept = value >= current || (random() < 0.05 && value >= bestValue - (bound - bestValue))
      if (kept) {
        current = value
        back.set(plan.chosen)
        if (value > bestValue) {
          bestValue = value
          best.set(plan.chosen)
        }
      }
    }
    if (!kept) restore(plan, back)
  }
  restore(plan, best)
}

/** Elementary steps spent at most: about one second. */
const WORK = 3e7

function bestReduced(plan: Plan, codePrice: Float64Array, customer: number): number {
  const p = plan.problem
  let best = p.exactly ? Number.NEGATIVE_INFINITY : 0
  for (let j = p.start[customer]!; j < p.start[customer + 1]!; j++)
    best = Math.max(best, p.value[j]! - codePrice[p.code[j]!]!)
  return best
}

/** Moves one customer to another option (or to none) whose reduced value is at least `least`. */
function kick(plan: Plan, codePrice: Float64Array, customer: number, least: number, random: () => number): boolean {
  const p = plan.problem
  const first = p.start[customer]!
  const n = p.start[customer + 1]! - first
  if (n === 0) return false
  let out = -1
  for (let j = first; j < first + n; j++) if (plan.chosen[j] === 1 && (out < 0 || random() < 0.5)) out = j
  for (let attempt = 0; attempt < 6; attempt++) {
    const k = Math.floor(random() * (p.exactly ? n : n + 1))
    if (k === n) {
      if (out < 0 || least > 0) continue
      drop(plan, customer, out)
      return true
    }
    const into = first + k
    if (plan.chosen[into] === 1 || p.value[into]! - codePrice[p.code[into]!]! < least) continue
    const swapped = out >= 0 && (p.exactly || !customerAllows(plan, customer, into, -1) || random() < 0.5) ? out : -1
    if (!customerAllows(plan, customer, into, swapped)) continue
    if (swapped >= 0) drop(plan, customer, swapped)
    add(plan, customer, into)
    return true
  }
  return false
}

function restore(plan: Plan, chosen: Uint8Array): void {
  const p = plan.problem
  for (let c = 0; c < p.customers; c++)
    for (let j = p.start[c]!; j < p.start[c + 1]!; j++) {
      if (plan.chosen[j] === chosen[j]) continue
      if (plan.chosen[j] === 1) drop(plan, c, j)
      else add(plan, c, j)
    }
}
