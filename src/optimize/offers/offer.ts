import { z } from 'zod'
import { ruleSchema } from '../../analyze/index.ts'
import { textSchema } from '../../platform/text.ts'
import { fileText } from '../read-settings.ts'

/** What can be proposed, to whom, and what it is believed to be worth. Money in minor units. */
export const offerSchema = z.object({
  id: z.string().min(1).max(80),
  kind: z.string(),
  name: textSchema,
  text: textSchema,
  benefit: textSchema,
  /** Product category the offer is about; null: none in particular. */
  category: z.string().nullable(),
  channels: z.array(z.string()).min(1),
  rule: ruleSchema,
  /** Margin of an accepted offer's order, before the benefit. */
  marginMinor: z.number().nonnegative(),
  marginRate: z.number().min(0).max(1),
  /** What the benefit costs whenever the offer is accepted, also by those who would have bought anyway. */
  benefitCostMinor: z.number().nonnegative(),
  /** Acceptance by channel believed before any answer is known. */
  priorAcceptance: z.record(z.string(), z.number().min(0).max(1)),
  /** Share of the accepted orders that would not have come without the offer. */
  incrementality: z.number().min(0).max(1),
  minimum: z.number().int().nonnegative(),
  maximum: z.number().int().nonnegative().nullable(),
})
export type Offer = z.infer<typeof offerSchema>

const fileOffer = z
  .strictObject({
    code: z.string().min(1).max(80),
    kind: z.string(),
    name: fileText,
    text: fileText,
    benefit: fileText,
    category: z.string().nullable(),
    channels: z.array(z.string()).min(1),
    eligibility: ruleSchema,
    margin_minor: z.number().nonnegative(),
    margin_rate: z.number().min(0).max(1),
    benefit_cost_minor: z.number().nonnegative(),
    prior_acceptance: z.record(z.string(), z.number().min(0).max(1)),
    incrementality: z.number().min(0).max(1),
    volume: z.strictObject({ min: z.number().int().nonnegative(), max: z.number().int().nonnegative().optional() }),
  })
  .refine(o => o.channels.every(c => c in o.prior_acceptance), {
    path: ['prior_acceptance'],
    message: 'names no acceptance for one of the channels',
  })
  .refine(o => o.volume.max === undefined || o.volume.min <= o.volume.max, {
    path: ['volume'],
    message: 'the minimum is above the maximum',
  })

/** `samples/offers.json` */
export const offersFile = z
  .strictObject({ currency: z.string().length(3), offers: z.array(fileOffer).min(1) })
  .transform(({ currency, offers }) => ({
    currency,
    offers: offers.map(
      (o): Offer => ({
        id: o.code,
        kind: o.kind,
        name: o.name,
        text: o.text,
        benefit: o.benefit,
        category: o.category,
        channels: o.channels,
        rule: o.eligibility,
        marginMinor: o.margin_minor,
        marginRate: o.margin_rate,
        benefitCostMinor: o.benefit_cost_minor,
        priorAcceptance: o.prior_acceptance,
        incrementality: o.incrementality,
        minimum: o.volume.min,
        maximum: o.volume.max ?? null,
      }),
    ),
  }))
