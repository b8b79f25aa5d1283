import { mulberry } from './instance.ts'
import { add, customerAllows, drop, type Plan } from './plan.ts'
import { repair } from './repair.ts'

/**
 * Small problems only, where the repair of the rounded plan came to a dead end: it is tried again from plans shaken more and
 * more, until one keeps every limit. Seeded, so that the same input gives the same answer.
 */
export function seekFeasible(plan: Plan, codePrice: Float64Array, outOfTime: () => boolean): boolean {
  const p = plan.problem
  const random = mulberry(20090101)
  const tries = Math.min(MOST_TRIES, Math.ceil(WORK / Math.max(1, p.options * 100)))
  for (let attempt = 1; attempt <= tries && !outOfTime(); attempt++) {
    const shaken = 1 + Math.floor(random() * p.customers * Math.min(1, (2 * attempt) / tries))
    for (let k = 0; k < shaken; k++) shake(plan, Math.floor(random() * p.customers), random)
    if (repair(plan, codePrice, outOfTime, undefined, 20)) return true
  }
  return false
}

const MOST_TRIES = 400
/** Elementary steps spent at most: about two seconds. */
const WORK = 1e8

function shake(plan: Plan, customer: number, random: () => number): void {
  const p = plan.problem
  const first = p.start[customer]!
  const n = p.start[customer + 1]! - first
  if (n === 0) return
  for (let j = first; j < first + n; j++) if (plan.chosen[j] === 1) drop(plan, customer, j)
  const into = first + Math.floor(random() * n)
  if ((p.exactly || random() < 0.8) && customerAllows(plan, customer, into, -1)) add(plan, customer, into)
}
