import { allocate } from '../allocate/allocate.ts'
import { countInWholeUnits } from '../allocate/exact-amounts.ts'
import { f64, type Problem, u8 } from '../allocate/problem.ts'
import type { Solution } from '../allocate/solve.ts'
import { checkPlan } from '../allocate/verify.ts'
import { optimizeErrors } from '../errors.ts'
import type { Offer } from '../offers/offer.ts'
import type { OptionColumns } from '../options/collect-options.ts'
import type { ChannelId, ContactPolicy } from '../policy/contact-policy.ts'
import { type Limit, usesOfCodes } from './limits.ts'

export interface SolvedPlan {
  solution: Solution
  /** Price of one unit of each limit, in minor units of money. */
  price: number[]
  used: number[]
  codePrice: Float64Array
  /** Limits whose minimum had to be given up, because no plan could meet it. */
  relaxed: Set<string>
}

/**
 * Allocates options to customers: one at most each, none to the control group. Where the minimums of offers cannot be met
 * (too few customers they fit), those minimums are given up and named; limits from above never are.
 */
export async function solvePlan(
  options: OptionColumns,
  offers: readonly Offer[],
  policy: ContactPolicy,
  channels: readonly ChannelId[],
  limits: readonly Limit[],
  threads: number,
): Promise<SolvedPlan> {
  const cap = u8(options.ids.length)
  for (let c = 0; c < cap.length; c++) cap[c] = options.control[c] === 1 ? 0 : 1
  const relaxed = new Set<string>()
  for (;;) {
    const max = f64(limits.length)
    const min = f64(limits.length)
    for (const [r, limit] of limits.entries()) {
      max[r] = limit.max
      min[r] = relaxed.has(limit.id) ? 0 : limit.min
    }
    const uses = usesOfCodes(offers, policy, channels)
    const unitsInOne = countInWholeUnits(uses.useResource, uses.useAmount, max, min, options.ids.length)
    const problem: Problem = {
      customers: options.ids.length,
      options: options.code.length,
      resources: limits.length,
      codes: offers.length * channels.length,
      start: options.start,
      value: options.value,
      code: options.code,
      ...uses,
      max,
      min,
      exactly: false,
      most: 1,
      cap,
    }
    const solution = await allocate(problem, { threads })
    if (!solution.feasible) {
      const conflict = solution.violations.flatMap(v => v.resources)
      const minimums = conflict.filter(r => min[r]! > 0)
      if (minimums.length === 0) {
        const names = conflict.map(r => limits[r]!.id).join(', ')
        const proven = solution.violations.every(v => v.proven)
        throw optimizeErrors[proven ? 'optimize.infeasible' : 'optimize.no-plan-found']({ limits: names })
      }
      for (const r of minimums) relaxed.add(limits[r]!.id)
      continue
    }
    const breaches = checkPlan(problem, solution.chosen)
    if (breaches.length > 0) throw new Error(`the plan breaks a limit: ${JSON.stringify(breaches[0])}`)
    const codePrice = new Float64Array(problem.codes)
    for (let code = 0; code < problem.codes; code++)
      for (let e = uses.useStart[code]!; e < uses.useStart[code + 1]!; e++)
        codePrice[code] = codePrice[code]! + solution.prices[uses.useResource[e]!]! * uses.useAmount[e]!
    return {
      solution,
      price: limits.map((_, r) => solution.prices[r]! * unitsInOne[r]!),
      used: limits.map((_, r) => solution.used[r]! / unitsInOne[r]!),
      codePrice,
      relaxed,
    }
  }
}
