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
  const { problem } = problemOf(base, base.limits, new Set(base.kept.relaxed))
  const view = base.kept.options - base.code.length
  const tries: RepeatView['tries'] = []
  for (const n of threads) {
    const solution = await allocate(problem, { threads: n })
    let different = 0
    for (let j = 0; j < base.code.length; j++) if (solution.chosen[j] !== base.chosen[j]) different++
    tries.push({ threads: n, value: solution.value, bound: solution.bound, different, seconds: solution.seconds })
  }
  return { planId, same: tries.every(t => t.different === 0), erasedOptions: view, tries }
}
