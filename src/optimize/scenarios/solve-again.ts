import { Worker } from 'node:worker_threads'
import { countInWholeUnits } from '../allocate/exact-amounts.ts'
import { f64, POLISHED_OPTIONS, type Problem, u16, u32 } from '../allocate/problem.ts'
import type { Limit } from '../plan/limits.ts'
import { nextRound, shownLimits, smallerLots } from '../plan/shares-and-lots.ts'
import type { BasePlan } from './base-plan.ts'
import { changedLimits, type PlanChange } from './change.ts'
import { limitsAsked } from './kept-inputs.ts'
import type { Outcome } from './outcome.ts'
import type { SolveAnswer, SolveTask } from './solve-task.ts'
import { tally } from './tally.ts'
import type { KeptInputs } from './workflow-tables.ts'

export interface Solved {
  outcome: Outcome
  /** Per unit of each limit. */
  prices: Record<string, number>
  chosen: Uint8Array
}

/**
 * Options from which earlier prices help. Smaller problems are solved down to a temperature that only the way there reaches: from
 * the prices of half the budget 10,000 × 10 options end 40 % below the bound, from scratch 0.003 % below, both in 0.3 s.
 */
const WORTH_PRICES = 100_000

interface How {
  threads: number
  /** Prices to start from, where that pays; null: from scratch. Default: the base plan's. */
  prices?: Record<string, number> | null
  /** How long small problems are polished, where what the solver found first is good enough to look at. */
  seconds?: number
}

/** Solves a plan's options again under changed limits. What its minimums could not be is asked for again only when it is changed. */
export async function solveAgain(
  base: BasePlan,
  change: PlanChange['limits'],
  { threads, prices, seconds }: How,
): Promise<Solved> {
  const asked = changedLimits(limitsAsked(base.kept), change)
  const relaxed = new Set(base.kept.relaxed.filter(id => change[id]?.min === undefined))
  let limits = asked
  let from = base.code.length < WORTH_PRICES ? null : prices === undefined ? base.prices : prices
  const warm = from !== null
  let spent = 0
  // Shares and lots are numbers of contacts of the plan they belong to: another plan, other numbers.
  for (let round = 0; ; round++) {
    const { problem, unitsInOne } = problemOf(base, limits, relaxed)
    const start = from
    const task: SolveTask = {
      problem,
      options: {
        threads,
        ...(seconds !== undefined && problem.options <= POLISHED_OPTIONS ? { seconds } : {}),
        ...(start ? { prices: Float64Array.from(limits, (l, r) => (start[l.id] ?? 0) / unitsInOne[r]!) } : {}),
      },
      acceptance: base.acceptance,
      cost: Float64Array.from(base.kept.codes, code => code.cost),
      parts: partsOf(base.kept),
      segment: base.segment,
      segments: base.segments.length,
      base: base.chosen,
    }
    const answer = await inThread(task)
    if (answer.breaches > 0) throw new Error('the plan breaks a limit')
    spent += answer.seconds
    const found = Object.fromEntries(limits.map((l, r) => [l.id, answer.prices[r]! * unitsInOne[r]!]))
    const used = limits.map((_, r) => answer.used[r]! / unitsInOne[r]!)
    const next: Limit[] | null = answer.feasible
      ? nextRound(round, { asked, held: limits, used, relaxed })
      : smallerLots(
          limits,
          answer.violations.flatMap(v => v.resources),
        )
    if (!next)
      return {
        outcome: { ...outcomeOf(base, shownLimits(limits, asked), relaxed, answer, unitsInOne, warm), seconds: spent },
        prices: found,
        chosen: answer.chosen,
      }
    limits = next
    if (from) from = found
  }
}

/** The solver's problem under these limits; columns of options are the base plan's own, shared. */
export function problemOf(
  base: BasePlan,
  limits: readonly Limit[],
  relaxed: ReadonlySet<string>,
): { problem: Problem; unitsInOne: Float64Array } {
  const { kept } = base
  const entries = kept.uses.reduce((n, list) => n + list.length / 2, 0)
  const useStart = u32(kept.codes.length + 1)
  const useResource = u16(entries)
  const useAmount = f64(entries)
  let e = 0
  for (const [k, list] of kept.uses.entries()) {
    for (let i = 0; i < list.length; i += 2) {
      useResource[e] = list[i]!
      useAmount[e++] = list[i + 1]!
    }
    useStart[k + 1] = e
  }
  const max = f64(limits.length)
  const min = f64(limits.length)
  for (const [r, limit] of limits.entries()) {
    max[r] = limit.max
    min[r] = relaxed.has(limit.id) ? 0 : limit.min
  }
  const unitsInOne = countInWholeUnits(useResource, useAmount, max, min, base.ids.length * kept.most)
  const problem: Problem = {
    customers: base.ids.length,
    options: base.code.length,
    resources: limits.length,
    codes: kept.codes.length,
    start: base.start,
    value: base.value,
    code: base.code,
    useStart,
    useResource,
    useAmount,
    max,
    min,
    exactly: kept.exactly,
    most: kept.most,
    cap: base.cap,
  }
  if (kept.group) {
    problem.group = u32(kept.group.length)
    problem.group.set(kept.group)
  }
  return { problem, unitsInOne }
}

/** Codes that stand for several options. */
export const partsOf = ({ codes }: KeptInputs): Map<number, readonly number[]> =>
  new Map(codes.flatMap(({ parts }, k) => (parts ? [[k, parts] as const] : [])))

function inThread(task: SolveTask): Promise<SolveAnswer> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./scenario-thread.ts', import.meta.url), { workerData: task })
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', code => reject(new Error(`the solver's thread ended with ${code}`)))
  })
}

/** A price below this share of a penny is the solver's rounding. */
const NO_PRICE = 0.005

function outcomeOf(
  base: BasePlan,
  limits: readonly Limit[],
  relaxed: ReadonlySet<string>,
  answer: SolveAnswer,
  unitsInOne: Float64Array,
  warm: boolean,
): Outcome {
  const { tally } = answer
  const codes = base.kept.codes
  const cells = new Map<string, Outcome['cells'][number]>()
  for (const [s, segment] of base.segments.entries())
    for (const [k, { offer, channel, cost }] of codes.entries()) {
      const at = s * codes.length + k
      const customers = tally.customers[at]!
      if (customers === 0) continue
      // Codes of the same offer and channel may differ in what they use (a wave, a cost class).
      const key = `${s} ${offer} ${channel}`
      const none = { segment: segment.id, offer, channel, customers: 0, value: 0, cost: 0, acceptance: 0 }
      const cell = cells.get(key) ?? none
      cell.customers += customers
      cell.value += tally.value[at]!
      cell.cost += customers * cost
      cell.acceptance += tally.acceptance[at]!
      cells.set(key, cell)
    }
  for (const cell of cells.values()) cell.acceptance /= cell.customers
  return {
    feasible: answer.feasible,
    conflict: answer.feasible
      ? []
      : [...new Set(answer.violations.flatMap(v => v.resources))].map(r => ({
          id: limits[r]!.id,
          name: limits[r]!.name,
        })),
    value: answer.value,
    bound: answer.bound,
    gap: answer.feasible ? answer.gap : 0,
    seconds: answer.seconds,
    warm,
    contacts: tally.contacts,
    cost: tally.cost,
    limits: limits.map((limit, r) => {
      const price = answer.prices[r]! * unitsInOne[r]!
      const used = answer.feasible ? answer.used[r]! / unitsInOne[r]! : 0
      return {
        id: limit.id,
        name: limit.name,
        unit: limit.unit,
        max: Number.isFinite(limit.max) ? limit.max : null,
        min: limit.min,
        used,
        price,
        binds: Math.abs(price) >= NO_PRICE && answer.feasible,
        relaxed: relaxed.has(limit.id),
      }
    }),
    cells: [...cells.values()],
    changed: tally.changed,
  }
}

/** What the kept plan itself comes to, in the same form: counted from what it chose, nothing is solved. */
export function baseOutcome(
  base: BasePlan,
  view: { value: number; bound: number; gap: number; seconds: number; limits: { id: string; used: number }[] },
): Outcome {
  const relaxed = new Set(base.kept.relaxed)
  const { problem, unitsInOne } = problemOf(base, base.limits, relaxed)
  const cost = Float64Array.from(base.kept.codes, code => code.cost)
  const { acceptance, segment, segments, chosen } = base
  const parts = partsOf(base.kept)
  const sums = tally({ problem, acceptance, cost, parts, segment, segments: segments.length, base: chosen }, chosen)
  const used = new Map(view.limits.map(l => [l.id, l.used]))
  const answer: SolveAnswer = {
    feasible: true,
    violations: [],
    value: view.value,
    bound: view.bound,
    gap: view.gap,
    prices: Float64Array.from(base.limits, (l, r) => (base.prices[l.id] ?? 0) / unitsInOne[r]!),
    used: Float64Array.from(base.limits, (l, r) => (used.get(l.id) ?? 0) * unitsInOne[r]!),
    chosen,
    stopped: false,
    seconds: view.seconds,
    breaches: 0,
    tally: sums,
  }
  return outcomeOf(base, shownLimits(base.limits, limitsAsked(base.kept)), relaxed, answer, unitsInOne, false)
}
