import { capOf, type Problem, widest } from './problem.ts'
import { blockStart, type Workspace } from './workspace.ts'

/**
 * The dual itself, not smoothed: what each customer's best choice is worth at the present prices. Added to the worth of the
 * limits it is an upper bound on every plan, for any prices of the right sign (weak duality); converged prices only make it
 * tight. `regret` is what a customer loses when the best choice is taken away: the order in which the plan is rounded.
 */
export function exactDual(problem: Problem): { bound: (w: Workspace, b: number) => void; regret: typeof bound } {
  const { start, value, code, group, exactly } = problem
  const top = new Float64Array(widest(problem))

  /** Best reduced value of each group, best first in `top`; returns their number. */
  const rank = (customer: number, codePrice: Float64Array): number => {
    const to = start[customer + 1]!
    let n = 0
    let open = -1
    for (let j = start[customer]!; j < to; j++) {
      const c = code[j]!
      const r = value[j]! - codePrice[c]!
      const g = group ? group[c]! : j
      if (n > 0 && g === open) {
        if (r > top[n - 1]!) top[n - 1] = r
      } else {
        top[n++] = r
        open = g
      }
    }
    for (let a = 1; a < n; a++) {
      const r = top[a]!
      let b = a - 1
      for (; b >= 0 && top[b]! < r; b--) top[b + 1] = top[b]!
      top[b + 1] = r
    }
    return n
  }

  const best = (customer: number, codePrice: Float64Array): number => {
    const to = start[customer + 1]!
    let most = exactly ? Number.NEGATIVE_INFINITY : 0
    for (let j = start[customer]!; j < to; j++) {
      const r = value[j]! - codePrice[code[j]!]!
      if (r > most) most = r
    }
    return most
  }

  const bound = (w: Workspace, block: number): void => {
    let total = 0
    const to = blockStart(w, block + 1)
    for (let customer = blockStart(w, block); customer < to; customer++) {
      if (start[customer] === start[customer + 1]) continue
      const cap = capOf(problem, customer)
      if (cap === 1) total += best(customer, w.codePrice)
      else {
        const n = Math.min(cap, rank(customer, w.codePrice))
        for (let k = 0; k < n && top[k]! > 0; k++) total += top[k]!
      }
    }
    w.out[block * w.stride] = total
  }

  /** −1 where nothing is worth its price: those customers wait for the filling pass. */
  const regret = (w: Workspace, block: number): void => {
    const to = blockStart(w, block + 1)
    for (let customer = blockStart(w, block); customer < to; customer++) {
      const cap = capOf(problem, customer)
      let first = Number.NEGATIVE_INFINITY
      let next = exactly ? Number.NEGATIVE_INFINITY : 0
      if (cap === 1) {
        const end = start[customer + 1]!
        for (let j = start[customer]!; j < end; j++) {
          const r = value[j]! - w.codePrice[code[j]!]!
          if (r > first) {
            if (first > next) next = first
            first = r
          } else if (r > next) next = r
        }
      } else if (cap > 1) {
        const n = rank(customer, w.codePrice)
        if (n > 0) first = top[0]!
        if (n > cap) next = Math.max(0, top[cap]!)
      }
      w.regret[customer] =
        first === Number.NEGATIVE_INFINITY || (!exactly && first <= 0) ? -1 : Math.min(3e38, first - next)
    }
  }
  return { bound, regret }
}
