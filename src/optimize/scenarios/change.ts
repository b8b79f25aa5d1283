import { z } from 'zod'
import { optimizeErrors } from '../errors.ts'
import type { Limit } from '../plan/limits.ts'
import { contactPolicySchema } from '../policy/contact-policy.ts'

const amount = z.number().nonnegative().max(1e15)

/** What a scenario changes of a plan: limits by their id (`max` null: none), and the contact policy as a whole. */
export const planChange = z.strictObject({
  limits: z
    .record(z.string(), z.strictObject({ max: amount.nullable().optional(), min: amount.optional() }))
    .default({}),
  policy: contactPolicySchema.nullable().default(null),
})
export type PlanChange = z.infer<typeof planChange>

/** The limits as changed; one that the plan does not have is refused by name, as is a minimum above its maximum. */
export function changedLimits(limits: readonly Limit[], change: PlanChange['limits']): Limit[] {
  const known = new Set(limits.map(l => l.id))
  for (const id of Object.keys(change))
    if (!known.has(id)) throw optimizeErrors['optimize.unknown-limit']({ limit: id })
  return limits.map(limit => {
    const to = change[limit.id]
    if (!to) return limit
    const max = to.max === undefined ? limit.max : (to.max ?? Number.POSITIVE_INFINITY)
    const min = to.min ?? limit.min
    if (min > max) throw optimizeErrors['optimize.limit-crossed']({ limit: limit.id, min, max })
    return { ...limit, max, min }
  })
}
