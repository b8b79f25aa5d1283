import { z } from 'zod'
import { ruleSchema } from '../../analyze/index.ts'

/**
 * How often, when and by which channel customers may be approached. A limit holds over a rolling window of days and over all
 * campaigns; a blackout closes channels after an event. Service and legal mail is not counted and not limited.
 */
const capacity = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('lots'),
    lot_size: z.number().int().positive(),
    lots: z.number().int().nonnegative(),
  }),
  z.strictObject({ kind: z.literal('rate'), per_minute: z.number().positive(), max: z.number().int().nonnegative() }),
  z.strictObject({
    kind: z.literal('days'),
    per_day: z.number().int().nonnegative(),
    days: z.number().int().nonnegative(),
  }),
  z.strictObject({ kind: z.literal('none') }),
])

/** Ways to reach a customer. `bill` puts the offer into the month's statement, which is sent anyhow. */
export const channelIds = ['letter', 'email', 'sms', 'call', 'bill'] as const
export type ChannelId = (typeof channelIds)[number]
const channelId = z.enum(channelIds)

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const days = z.number().int().positive().max(3660)

export const contactPolicySchema = z.strictObject({
  currency: z.string().length(3),
  limits: z.array(z.strictObject({ channels: z.array(channelId).min(1), days, max: z.number().int().nonnegative() })),
  /** A plan gives a customer one offer at most. */
  one_offer_per_customer: z.literal(true),
  quiet_hours: z.array(
    z.strictObject({
      country: z.string(),
      zone: z.string(),
      channels: z.array(channelId),
      from: timeOfDay,
      to: timeOfDay,
    }),
  ),
  blackouts: z.array(z.strictObject({ after: z.string(), days, channels: z.array(channelId).min(1) })),
  control_share: z.number().min(0).max(0.9),
  budget_minor: z.number().int().nonnegative(),
  channels: z.partialRecord(
    channelId,
    z.strictObject({
      /** Consent needed; null: none beyond not having refused letters. */
      consent: z.string().nullable(),
      unit_cost_minor: z.number().nonnegative(),
      capacity,
      requires: ruleSchema.optional(),
    }),
  ),
})
export type ContactPolicy = z.infer<typeof contactPolicySchema>

/** Contacts the channel can carry in one plan; null: no limit. */
export function capacityOf(policy: ContactPolicy, channel: string): number | null {
  const c = policy.channels[channel as ChannelId]?.capacity
  switch (c?.kind) {
    case 'lots':
      return c.lot_size * c.lots
    case 'rate':
      return c.max
    case 'days':
      return c.per_day * c.days
    default:
      return null
  }
}

/** The policy's channels, always in the same order (JSON stores do not keep the order of keys). */
export const channelsOf = (policy: ContactPolicy): ChannelId[] =>
  channelIds.filter(id => policy.channels[id] !== undefined)
