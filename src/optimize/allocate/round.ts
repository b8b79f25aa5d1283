import { byFallingKey } from './order.ts'
import { add, codeFits, customerAllows, type Plan } from './plan.ts'
import { capOf } from './problem.ts'

/**
 * The whole-number plan from the prices: customers in order of regret (whoever would lose most comes first), each takes
 * what is worth most at the prices and still fits. Customers of equal offers, who lose little, take what is left.
 */
export function roundByRegret(plan: Plan, regret: Float32Array, codePrice: Float64Array): void {
  const p = plan.problem
  const tried = new Uint8Array(0x10000)
  for (const customer of byFallingKey(regret)) {
    if (regret[customer]! < 0) break
    const from = p.start[customer]!
    const n = p.start[customer + 1]! - from
    let room = capOf(p, customer)
    tried.fill(0, 0, n)
    while (room > 0) {
      let best = p.exactly ? Number.NEGATIVE_INFINITY : 0
      let pick = -1
      for (let k = 0; k < n; k++) {
        if (tried[k] === 1) continue
        const r = p.value[from + k]! - codePrice[p.code[from + k]!]!
        if (r > best) {
          best = r
          pick = k
        }
      }
      if (pick < 0) break
      tried[pick] = 1
      if (!codeFits(plan, p.code[from + pick]!) || !customerAllows(plan, customer, from + pick, -1)) continue
      add(plan, customer, from + pick)
      room--
    }
  }
}

/** Exactly one each: whoever found no room takes the best at the prices all the same; the repair makes the room. */
export function seatEveryone(plan: Plan, codePrice: Float64Array): void {
  const p = plan.problem
  for (let customer = 0; customer < p.customers; customer++) {
    if (plan.count[customer]! > 0) continue
    let best = Number.NEGATIVE_INFINITY
    let pick = -1
    for (let j = p.start[customer]!; j < p.start[customer + 1]!; j++) {
      const r = p.value[j]! - codePrice[p.code[j]!]!
      if (r > best) {
        best = r
        pick = j
      }
    }
    if (pick >= 0) add(plan, customer, pick)
  }
}
