import { brokenAt, type Plan } from './plan.ts'

/** What a move changes, as a sparse list: one customer gives up option `from` and takes `to` (−1 for none). */
export interface MoveScratch {
  delta: Float64Array
  touched: Int32Array
  count: number
}

export const moveScratch = (resources: number): MoveScratch => ({
  delta: new Float64Array(resources),
  touched: new Int32Array(resources),
  count: 0,
})

export function spread(plan: Plan, s: MoveScratch, option: number, sign: number): void {
  if (option < 0) return
  const { useStart, useResource, useAmount, code } = plan.problem
  const c = code[option]!
  for (let e = useStart[c]!; e < useStart[c + 1]!; e++) {
    const r = useResource[e]!
    if (s.delta[r] === 0) s.touched[s.count++] = r
    s.delta[r] = s.delta[r]! + sign * useAmount[e]!
    // A cancelled amount must not be listed twice when it comes back.
    if (s.delta[r] === 0) s.delta[r] = Number.MIN_VALUE
  }
}

/** Change of the broken share of limits by the move spread out in the scratch; clears the scratch. */
export function settle(plan: Plan, s: MoveScratch): number {
  let change = 0
  for (let k = 0; k < s.count; k++) {
    const r = s.touched[k]!
    const used = plan.used[r]!
    const d = s.delta[r]!
    if (d !== Number.MIN_VALUE) change += brokenAt(plan, r, used + d) - brokenAt(plan, r, used)
    s.delta[r] = 0
  }
  s.count = 0
  return change
}

export function brokenChange(plan: Plan, s: MoveScratch, from: number, to: number): number {
  spread(plan, s, from, -1)
  spread(plan, s, to, 1)
  return settle(plan, s)
}
