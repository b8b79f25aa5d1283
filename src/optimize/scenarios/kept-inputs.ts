import { type Limit, usesOfCodes } from '../plan/limits.ts'
import { codesOf, limitInputs, type PlanInput } from '../plan/plan-input.ts'
import type { KeptInputs } from './workflow-tables.ts'

interface Solved {
  /** As they held in the end: shares and lots are numbers of contacts by then. */
  limits: readonly Limit[]
  relaxed: ReadonlySet<string>
  from?: Readonly<Record<string, number>> | undefined
}

/** What the solver was given beside the options, in a form that a plan can carry with it. */
export function keptInputs(input: PlanInput, { limits, relaxed, from }: Solved): KeptInputs {
  const { useStart, useResource, useAmount } = usesOfCodes(limitInputs(input), input.options.bundles)
  const codes = codesOf(input)
  return {
    codes,
    uses: codes.map((_, k) => {
      const list: number[] = []
      for (let e = useStart[k]!; e < useStart[k + 1]!; e++) list.push(useResource[e]!, useAmount[e]!)
      return list
    }),
    limits: keptLimits(limits),
    asked: keptLimits(input.limits),
    group: null,
    most: 1,
    exactly: false,
    relaxed: [...relaxed],
    from: from ?? null,
    options: input.options.code.length,
    customers: input.options.ids.length,
  }
}

export const keptLimits = (limits: readonly Limit[]): KeptInputs['limits'] =>
  limits.map(limit => ({ ...limit, max: Number.isFinite(limit.max) ? limit.max : null }))

const asLimits = (kept: KeptInputs['limits']): Limit[] =>
  kept.map(limit => ({ ...limit, max: limit.max ?? Number.POSITIVE_INFINITY }))

export const limitsKept = (kept: KeptInputs): Limit[] => asLimits(kept.limits)

/** With shares and lots as people set them; plans kept before that was written down have the numbers they came to. */
export const limitsAsked = (kept: KeptInputs): Limit[] => asLimits(kept.asked ?? kept.limits)
