import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { allocate } from '../allocate/allocate.ts'
import type { repeatView } from './api.ts'
import { basePlan } from './base-plan.ts'
import { problemOf } from './solve-again.ts'

export type RepeatView = z.infer<typeof repeatView>

/** Solves a kept plan again from scratch and compares option by option: the same input gives the same plan, whatever the threads. */
export async function repeatPlan(app: App, planId: number, threads: readonly number[]): Promise<RepeatView> {
  const base = await basePlan(app, planId)
  const { problem, unitsInOne } = problemOf(base, base.limits, new Set(base.kept.relaxed))
  const { from } = base.kept
  const prices = from ? Float64Array.from(base.limits, (l, r) => (from[l.id] ?? 0) / unitsInOne[r]!) : undefined
  const tries: RepeatView['tries'] = []
  for (const n of threads) {
    const solution = await allocate(problem, { threads: n, ...(prices ? { prices } : {}) })
    let different = 0
    for (let j = 0; j < base.code.length; j++) if (solution.chosen[j] !== base.chosen[j]) different++
    tries.push({ threads: n, value: solution.value, bound: solution.bound, different, seconds: solution.seconds })
  }
  return {
    planId,
    same: tries.every(t => t.different === 0),
    erasedOptions: base.kept.options - base.code.length,
    tries,
  }
}
