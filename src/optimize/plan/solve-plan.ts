import { allocate } from '../allocate/allocate.ts'
import { f64 } from '../allocate/problem.ts'
import type { Solution } from '../allocate/solve.ts'
import { checkPlan } from '../allocate/verify.ts'
import { optimizeErrors } from '../errors.ts'
import type { Limit } from './limits.ts'
import type { PlanInput } from './plan-input.ts'
import { problemOf } from './problem-of.ts'

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
  const all = limits.findIndex(l => l.id === 'contacts')
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
    const next =
      round < MOST_ROUNDS
        ? asNumbers(input.limits, limits, used, all, relaxed)
        : nothingLeft(input.limits, limits, used, all)
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

/** Rounds after which what still breaks a share or a lot is taken back to what was reached, the lowest that is sure. */
const MOST_ROUNDS = 12

function pricesFor(
  limits: readonly Limit[],
  prices: Readonly<Record<string, number>>,
  unitsInOne: Float64Array,
): Float64Array {
  const start = f64(limits.length)
  for (const [r, limit] of limits.entries()) start[r] = (prices[limit.id] ?? 0) / unitsInOne[r]!
  return start
}

/**
 * The limits with shares and lots turned into numbers by what the last plan used, or null when it keeps them already. The
 * contacts of the last plan become the most there may be: so shares from below hold on, and those from above can only tighten.
 */
function asNumbers(
  asked: readonly Limit[],
  held: readonly Limit[],
  used: readonly number[],
  all: number,
  relaxed: ReadonlySet<string>,
): Limit[] | null {
  const contacts = all < 0 ? 0 : used[all]!
  const kept = asked.every((limit, r) => {
    const { share, lot } = limit
    if (lot !== undefined && used[r]! % lot !== 0) return false
    if (!share) return true
    return used[r]! <= share.max * contacts + HAIR && (relaxed.has(limit.id) || used[r]! >= share.min * contacts - HAIR)
  })
  if (kept) return null
  return held.map((limit, r) => {
    const { share, lot } = asked[r]!
    if (r === all) return { ...limit, max: contacts }
    if (share)
      return {
        ...limit,
        min: Math.max(asked[r]!.min, Math.ceil(share.min * contacts - HAIR)),
        max: Math.min(asked[r]!.max, Math.floor(share.max * contacts + HAIR)),
      }
    if (lot !== undefined && used[r]! % lot !== 0) {
      const whole = Math.floor(used[r]! / lot) * lot
      return { ...limit, max: whole, min: whole }
    }
    return limit
  })
}

/** Sums of whole contacts against a share times a whole number: apart from rounding of the product. */
const HAIR = 1e-9

/** When the rounds do not settle: shares from above become what is sure for any number of contacts, and lots are left out. */
function nothingLeft(
  asked: readonly Limit[],
  held: readonly Limit[],
  used: readonly number[],
  all: number,
): Limit[] | null {
  const broken = asNumbers(asked, held, used, all, new Set(asked.map(l => l.id)))
  if (!broken) return null
  return broken.map((limit, r) => {
    const { share, lot } = asked[r]!
    if (share && used[r]! > share.max * used[all]! + HAIR) return { ...limit, max: 0, min: 0 }
    return lot !== undefined && used[r]! % lot !== 0 ? { ...limit, max: 0, min: 0 } : limit
  })
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
  const lots = conflict.filter(r => limits[r]!.lot !== undefined && limits[r]!.min > 0)
  if (lots.length > 0)
    return limits.map((limit, r) =>
      lots.includes(r) ? { ...limit, max: limit.max - limit.lot!, min: Math.max(0, limit.min - limit.lot!) } : limit,
    )
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
