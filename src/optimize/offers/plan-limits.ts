import { z } from 'zod'
import type { ContactPolicy } from '../policy/contact-policy.ts'

const count = z.number().int().nonnegative()
const share = z.number().min(0).max(1)
const days = z.number().int().positive().max(3660)
const id = z.string().min(1).max(80)

/** What a plan must keep over all customers, and what offers have to do with each other. */
export const planLimitsSchema = z.strictObject({
  /** Budgets for a part of the contacts, beside the budget for all. */
  budgets: z
    .array(
      z
        .strictObject({ offer: id.optional(), segment: id.optional(), max_minor: count })
        .refine(b => b.offer !== undefined || b.segment !== undefined, { message: 'names neither offer nor segment' }),
    )
    .default([]),
  /** How many contacts, or how large a share of all, go to a segment, an offer, or an offer in a segment. */
  quotas: z
    .array(
      z
        .strictObject({
          offer: id.optional(),
          segment: id.optional(),
          min: count.optional(),
          max: count.optional(),
          min_share: share.optional(),
          max_share: share.optional(),
        })
        .refine(q => q.offer !== undefined || q.segment !== undefined, { message: 'names neither offer nor segment' })
        .refine(q => (q.min ?? 0) <= (q.max ?? Number.POSITIVE_INFINITY), {
          path: ['min'],
          message: 'the minimum is above the maximum',
        })
        .refine(q => (q.min_share ?? 0) <= (q.max_share ?? 1), {
          path: ['min_share'],
          message: 'the minimum is above the maximum',
        }),
    )
    .default([]),
  /** Learning where nobody has answered yet. */
  exploration: z
    .strictObject({
      /** Share of contacts that go to offers and channels without a history, when there are that many. */
      share: share.default(0),
      /** Their acceptance is drawn from what is believed of it instead of its mean (Thompson 1933), the same for the same seed. */
      thompson: z.boolean().default(false),
      seed: z.number().int().default(1),
      /** Contacts from which on an offer by a channel has a history. */
      history_from: count.default(200),
      /** Contacts the prior is worth beside what was answered. */
      prior_weight: z.number().positive().default(100),
    })
    .prefault({}),
  /** Never together: neither in one plan nor within the days before. */
  conflicts: z.array(z.strictObject({ never: z.array(id).min(2).max(20), days })).default([]),
  /** An offer only to those who accepted another before. */
  after: z.array(z.strictObject({ offer: id, needs: id, within_days: days.optional() })).default([]),
  /** Dated parts of the plan; one wave on the plan's date when none is named. */
  waves: z
    .array(z.strictObject({ after_days: count.max(366), days: z.number().int().positive().max(366) }))
    .max(12)
    .default([]),
})
export type PlanLimits = z.infer<typeof planLimitsSchema>

/** The limits of the policy, or none beyond its budget and capacities. */
export const planLimitsOf = (policy: ContactPolicy): PlanLimits => policy.plan ?? planLimitsSchema.parse({})

export interface Wave {
  /** Days after the plan's date on which it goes out, and days it takes (null: the channel's own). */
  after: number
  days: number | null
}

export const wavesOf = (limits: PlanLimits): Wave[] =>
  limits.waves.length === 0
    ? [{ after: 0, days: null }]
    : limits.waves.map(w => ({ after: w.after_days, days: w.days }))
