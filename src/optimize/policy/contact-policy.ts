import { z } from 'zod'
import { ruleSchema } from '../../analyze/index.ts'
import { textSchema } from '../../platform/text.ts'
import { planLimitsSchema } from '../offers/plan-limits.ts'
import { capacitySchema, perPlan } from './capacity.ts'

/** Ways to reach a customer. `bill` puts the offer into the month's statement, which is sent anyhow. */
export const channelIds = ['letter', 'email', 'sms', 'call', 'bill'] as const
export type ChannelId = (typeof channelIds)[number]
const channelId = z.enum(channelIds)
/** Contacts that count by themselves; an offer on a statement is no contact more. */
const contactChannels: ChannelId[] = ['letter', 'email', 'sms', 'call']

/** Kinds of contact: legal mail must go, service answers a customer, an offer sells. */
export const contactKinds = ['offer', 'service', 'legal'] as const
export type ContactKind = (typeof contactKinds)[number]
const kinds = z.array(z.enum(contactKinds)).min(1)

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const days = z.number().int().positive().max(3660)
const date = z.iso.date()
const eventType = z.string().regex(/^[a-z][a-z0-9-]{0,40}$/)

/**
 * How often, when and by which channel customers may be approached: one document for all channels and campaigns. Whatever it
 * says is about offers; legal and service mail is planned before them and not held back by it (`exempt`).
 */
export const contactPolicySchema = z.strictObject({
  currency: z.string().length(3),
  /** At most `max` contacts of these kinds by these channels within a rolling window of days, over all campaigns. */
  limits: z
    .array(
      z.strictObject({
        name: textSchema.optional(),
        channels: z.array(channelId).min(1),
        kinds: kinds.optional(),
        days,
        max: z.number().int().min(0).max(200),
      }),
    )
    .max(20),
  one_offer_per_customer: z.literal(true).optional(),
  /** Offers one customer may get in one plan, 1 unless said. */
  most_offers: z.number().int().min(1).max(3).optional(),
  quiet_hours: z.array(
    z.strictObject({
      country: z.string(),
      zone: z.string(),
      channels: z.array(channelId),
      from: timeOfDay,
      to: timeOfDay,
    }),
  ),
  /** Days on which nothing is offered, first and last included. */
  quiet_periods: z
    .array(
      z
        .strictObject({ name: textSchema.optional(), from: date, to: date, channels: z.array(channelId).min(1) })
        .refine(p => p.from <= p.to, { path: ['to'], message: 'ends before it begins' }),
    )
    .optional(),
  /** Channels closed for days after an event; `purchase` and `contact` (an offer sent) are events too. */
  blackouts: z
    .array(z.strictObject({ name: textSchema.optional(), after: eventType, days, channels: z.array(channelId).min(1) }))
    .max(20),
  /** After a complaint nothing: for days, and as long as it is open (no event of `resolved_by` came after it). */
  complaints: z.strictObject({ days, while_open: z.boolean(), resolved_by: z.array(eventType).min(1) }).optional(),
  /** Kinds that no rule here holds back; both when not said. */
  exempt: z.array(z.enum(['service', 'legal'])).optional(),
  /** Service before sales: no offer for days after a customer asked for something. */
  service_first: z.strictObject({ days, after: z.array(eventType).min(1) }).optional(),
  /**
   * Customers who told us a channel: `strict` uses no other, `factor` takes the value of others times the factor. `learned`: so too where
   * nobody told us and their answers say it (`preferred_channels` of analyze); never strictly, since it is an estimate.
   */
  preferred_channel: z
    .discriminatedUnion('mode', [
      z.strictObject({ mode: z.literal('ignore') }),
      z.strictObject({ mode: z.literal('strict') }),
      z.strictObject({
        mode: z.literal('factor'),
        factor: z.number().min(0).max(1),
        learned: z.boolean().optional(),
      }),
    ])
    .optional(),
  /** Harm of one contact more: so much (minor units) for each offer already sent within the days. */
  fatigue: z.strictObject({ days, minor: z.number().nonnegative() }).optional(),
  control_share: z.number().min(0).max(0.9),
  budget_minor: z.number().int().nonnegative(),
  channels: z.partialRecord(
    channelId,
    z.strictObject({
      /** Consent needed; null: none beyond not having refused letters. */
      consent: z.string().nullable(),
      unit_cost_minor: z.number().nonnegative(),
      capacity: capacitySchema,
      requires: ruleSchema.optional(),
    }),
  ),
  /** What a plan must keep over all customers, beside the budget and the channels' capacities. */
  plan: planLimitsSchema.optional(),
})
export type ContactPolicy = z.infer<typeof contactPolicySchema>

/** Contacts the channel can carry in one plan; null: no limit. */
export function capacityOf(policy: ContactPolicy, channel: string): number | null {
  const capacity = policy.channels[channel as ChannelId]?.capacity
  return capacity ? perPlan(capacity) : null
}

/** The policy's channels, always in the same order (JSON stores do not keep the order of keys). */
export const channelsOf = (policy: ContactPolicy): ChannelId[] =>
  channelIds.filter(id => policy.channels[id] !== undefined)

export const exemptKinds = (policy: ContactPolicy): readonly ContactKind[] => policy.exempt ?? ['service', 'legal']
export const allContacts = (): ChannelId[] => [...contactChannels]
