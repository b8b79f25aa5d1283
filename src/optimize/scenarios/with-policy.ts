import type { App } from '../../platform/app.ts'
import { u8 } from '../allocate/problem.ts'
import { planLimitsOf } from '../offers/plan-limits.ts'
import { buildPlanInput } from '../plan/plan-input.ts'
import type { ContactPolicy } from '../policy/contact-policy.ts'
import { type BasePlan, segmentsOf } from './base-plan.ts'
import { keptInputs } from './kept-inputs.ts'

/**
 * The base plan's customers with the options that another contact policy would leave them: made anew from the runs the plan
 * rests on. The plan's own choices are carried over, so that what changes can be counted.
 */
export async function withPolicy(app: App, base: BasePlan, policy: ContactPolicy): Promise<BasePlan> {
  const plan = await app.workflow.db
    .selectFrom('plans')
    .selectAll()
    .where('id', '=', base.planId)
    .executeTakeFirstOrThrow()
  const { offers, runs } = plan.basis
  const input = await buildPlanInput(app, {
    runs,
    asOf: base.asOf,
    offers,
    policy,
    limits: planLimitsOf(policy),
    knownAt: plan.made_at.toISOString(),
    ...plan.basis.first,
  })
  const { options, limits } = input
  const cap = u8(options.ids.length)
  for (let c = 0; c < cap.length; c++) cap[c] = options.control[c] === 1 ? 0 : 1
  const kept = keptInputs(input, { limits, relaxed: new Set(base.kept.relaxed) })
  const made = { ...base, ...options, cap, kept, limits }
  return { ...made, chosen: carryOver(base, made), ...(await segmentsOf(app, runs.segmentsRun, options.ids)) }
}

type Columns = Pick<BasePlan, 'ids' | 'start' | 'code' | 'kept'>

/** The base plan's choices among the new options; one that is no option any more is missing there. */
function carryOver(base: BasePlan, now: Columns): Uint8Array {
  const had = new Map<number, string[]>()
  const single = ({ kept }: Columns, k: number) => {
    const { offer, channel, wave = 1 } = kept.codes[k]!
    return `${offer}\n${channel}\n${wave}`
  }
  const name = (of: Columns, j: number) =>
    (of.kept.codes[of.code[j]!]!.parts ?? [of.code[j]!])
      .map(k => single(of, k))
      .sort()
      .join('\n')
  for (let c = 0; c < base.ids.length; c++)
    for (let j = base.start[c]!; j < base.start[c + 1]!; j++)
      if (base.chosen[j] === 1) had.set(base.ids[c]!, [...(had.get(base.ids[c]!) ?? []), name(base, j)])
  const chosen = u8(now.code.length)
  for (let c = 0; c < now.ids.length; c++) {
    const mine = had.get(now.ids[c]!)
    if (!mine) continue
    for (let j = now.start[c]!; j < now.start[c + 1]!; j++) if (mine.includes(name(now, j))) chosen[j] = 1
  }
  return chosen
}
