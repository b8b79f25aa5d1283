import { allocate } from '../allocate/allocate.ts'
import { f64 } from '../allocate/problem.ts'
import type { Solution } from '../allocate/solve.ts'
import { checkPlan } from '../allocate/verify.ts'
import { optimizeErrors } from '../errors.ts'
import type { Limit } from './limits.ts'
import type { PlanInput } from './plan-input.ts'
import { problemOf } from './problem-of.ts'
import { nextRound, smallerLots } from './shares-and-lots.ts'

export { codesOf } from './plan-input.ts'
export { problemOf } from './problem-of.ts'

export interface SolvedPlan {
  solution: Solution
  /** Limits as they held in the end: shares and lots as numbers of contacts. */
  limits: Limit[]
  /** Price of one unit of each limit, in minor units of money. */
  price: number[]
  used: number[]
  codePrice: Float64Array
  /** Limits whose minimum had to be given up, because no plan could meet it. */
  relaxed: Set<string>
  /** Prices the last search started from. */
  from?: Readonly<Record<string, number>> | undefined
  /** Limits that contradict each other, by their ids, as they were found when a minimum was given up. */
  conflicts: string[][]
}

export interface SolveHow {
  threads: number
  seconds?: number
  /** Prices of one unit by limit id, of an earlier plan: the search starts there. */
  prices?: Readonly<Record<string, number>>
  /** Limits that contradict each other are an error that names them; otherwise minimums are given up and named. */
  strict?: boolean
}

/**
 * Allocates options to customers within the limits. Shares are of all contacts, whose number is only known once they are
 * planned, and lots are whole: so a plan is made, shares and lots become numbers, and it is solved again from its prices
 * until it keeps them. Where minimums cannot be met (too few customers they fit), they are given up and named; limits from
 * above never are.
 */
export async function solvePlan(input: PlanInput, how: SolveHow): Promise<SolvedPlan> {
  const relaxed = new Set<string>()
  const conflicts: string[][] = []
  let limits = input.limits.map(limit => ({ ...limit }))
  let prices = how.prices
  for (let round = 0; ; round++) {
    const { problem, unitsInOne, uses } = problemOf(input, limits, relaxed)
    const solution = await allocate(problem, {
      threads: how.threads,
      ...(how.seconds === undefined ? {} : { seconds: how.seconds }),
      ...(prices === undefined ? {} : { prices: pricesFor(limits, prices, unitsInOne) }),
    })
    if (!solution.feasible) {
      limits = giveWay(limits, solution.violations, relaxed, conflicts, how.strict === true)
      prices = undefined
      continue
    }
    const breaches = checkPlan(problem, solution.chosen)
    if (breaches.length > 0) throw new Error(`the plan breaks a limit: ${JSON.stringify(breaches[0])}`)
    const used = limits.map((_, r) => solution.used[r]! / unitsInOne[r]!)
    const price = limits.map((_, r) => solution.prices[r]! * unitsInOne[r]!)
    const next = nextRound(round, { asked: input.limits, held: limits, used, relaxed })
    if (next) {
      limits = next
      prices = Object.fromEntries(limits.map((l, r) => [l.id, price[r]!]))
      continue
    }
    const codePrice = new Float64Array(problem.codes)
    for (let code = 0; code < problem.codes; code++)
      for (let e = uses.useStart[code]!; e < uses.useStart[code + 1]!; e++)
        codePrice[code] = codePrice[code]! + price[uses.useResource[e]!]! * uses.useAmount[e]!
    return { solution, limits, price, used, codePrice, relaxed, conflicts, from: prices }
  }
}

function pricesFor(
  limits: readonly Limit[],
  prices: Readonly<Record<string, number>>,
  unitsInOne: Float64Array,
): Float64Array {
  const start = f64(limits.length)
  for (const [r, limit] of limits.entries()) start[r] = (prices[limit.id] ?? 0) / unitsInOne[r]!
  return start
}

/** No plan keeps all limits: lots shrink first, then minimums are given up; else the limits are named in an error. */
function giveWay(
  limits: readonly Limit[],
  violations: Solution['violations'],
  relaxed: Set<string>,
  conflicts: string[][],
  strict: boolean,
): Limit[] {
  const conflict = violations.flatMap(v => v.resources)
  const ids = conflict.map(r => limits[r]!.id)
  const smaller = smallerLots(limits, conflict)
  if (smaller) return smaller
  const minimums = conflict.filter(r => limits[r]!.min > 0 && !relaxed.has(limits[r]!.id))
  const proven = violations.every(v => v.proven)
  if (strict || minimums.length === 0) {
    const names = (zh: boolean) =>
      conflict.map(r => (zh ? limits[r]!.name.zh : limits[r]!.name.en)).join(zh ? '、' : ', ')
    throw optimizeErrors[proven ? 'optimize.infeasible' : 'optimize.no-plan-found']({
      limits: ids.join(', '),
      names: { en: names(false), zh: names(true) },
    })
  }
  conflicts.push(ids)
  for (const r of minimums) relaxed.add(limits[r]!.id)
  return [...limits]
}
