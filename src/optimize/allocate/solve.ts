import { makeCrew } from './crew.ts'
import { setPrices } from './dual.ts'
import { fill } from './fill.ts'
import { conflictingLimits } from './infeasible.ts'
import { broken, emptyPlan, planValue } from './plan.ts'
import { polish } from './polish.ts'
import { findPrices } from './prices.ts'
import { POLISHED_OPTIONS, type Problem } from './problem.ts'
import { repair } from './repair.ts'
import { roundByRegret, seatEveryone } from './round.ts'
import { seekFeasible } from './seek.ts'
import { KIND, makeWorkspace } from './workspace.ts'

export interface SolveOptions {
  /** Threads used, this one included. The answer does not depend on it. */
  threads?: number
  /** Give up looking for better prices or swaps after this long; the plan is then marked `stopped`. */
  seconds?: number
  /** Prices of an earlier solution: after a change of limits only a few passes are needed. */
  prices?: Float64Array
}

/** Why there is no plan: limits that contradict each other (proven), or limits for which none was found. */
export interface Violation {
  proven: boolean
  resources: number[]
}

export interface Solution {
  /** False: `chosen` is empty and `violations` says why. */
  feasible: boolean
  violations: Violation[]
  value: number
  /** No plan can be worth more. */
  bound: number
  /** (bound − value) / |bound|. */
  gap: number
  /** Shadow price per resource: what one unit more of a binding limit is worth (negative: what a minimum costs). */
  prices: Float64Array
  chosen: Uint8Array
  used: Float64Array
  stopped: boolean
  seconds: number
  passes: number
}

export const gapOf = (bound: number, value: number): number =>
  bound === value ? 0 : (bound - value) / Math.max(Math.abs(bound), Number.MIN_VALUE)

/** Solves on the calling thread and its helpers; blocks until done. `allocate` in the face does it in a thread of its own. */
export function solve(problem: Problem, options: SolveOptions = {}): Solution {
  const began = performance.now()
  const deadline = options.seconds === undefined ? Number.POSITIVE_INFINITY : began + options.seconds * 1000
  let stopped = false
  const outOfTime = () => {
    if (performance.now() > deadline) stopped = true
    return stopped
  }
  const threads = problem.options < WORTH_HELPERS ? 1 : Math.max(1, options.threads ?? 1)
  const w = makeWorkspace(problem)
  const crew = makeCrew(w, threads)
  try {
    const priced = findPrices(w, crew, options.prices, outOfTime)
    setPrices(w, crew, priced.price)
    crew.run(KIND.regret)
    const plan = emptyPlan(problem, w.chosen)
    roundByRegret(plan, w.regret, w.codePrice)
    if (problem.exactly) seatEveryone(plan, w.codePrice)
    const seated = !problem.exactly || plan.count.every(n => n === 1)
    const tooLate = () => performance.now() > deadline + GRACE
    const kept =
      seated &&
      (repair(plan, w.codePrice, tooLate) ||
        (problem.options <= POLISHED_OPTIONS && seekFeasible(plan, w.codePrice, tooLate)))
    if (kept) {
      fill(plan, w.codePrice, outOfTime)
      if (problem.options <= POLISHED_OPTIONS) polish(plan, w.codePrice, priced.bound, outOfTime)
    }
    const feasible = kept && broken(plan) === 0
    const value = feasible ? planValue(plan) : 0
    const violations = feasible ? [] : [whyNot(problem, plan.used, threads)]
    if (!feasible) w.chosen.fill(0)
    const { bound } = priced
    return {
      feasible,
      violations,
      value,
      bound,
      gap: gapOf(bound, value),
      prices: priced.price,
      chosen: w.chosen,
      used: plan.used,
      stopped,
      seconds: (performance.now() - began) / 1000,
      passes: priced.passes,
    }
  } finally {
    crew.close()
  }
}

/** Options from which helper threads pay for their start (40 ms). */
const WORTH_HELPERS = 50_000
/** A plan that breaks a limit is no plan: when time is up the repair may still take this long, in ms. */
const GRACE = 5_000

function whyNot(problem: Problem, used: Float64Array, threads: number): Violation {
  const conflict = conflictingLimits(problem, threads)
  if (conflict) return { proven: true, resources: conflict }
  const resources = [...used.keys()].filter(r => used[r]! > problem.max[r]! || used[r]! < problem.min[r]!)
  return { proven: false, resources }
}
