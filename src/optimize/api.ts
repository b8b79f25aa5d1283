import { z } from 'zod'
import { textSchema } from '../platform/text.ts'

/** HTTP shapes of optimize. */

// GET /plan (of the newest turn), GET /plans
export const planView = z.object({
  planId: z.number(),
  runId: z.number(),
  asOf: z.string(),
  currency: z.string(),
  value: z.number(),
  bound: z.number(),
  gap: z.number(), // minor units, gap = (bound - value) / |bound|
  seconds: z.number(),
  customers: z.number(),
  options: z.number(),
  assigned: z.number(),
  control: z.number(),
  limits: z.array(
    z.object({
      // what limits the plan
      id: z.string(),
      name: textSchema,
      unit: z.string(),
      max: z.number(),
      min: z.number().nullable(),
      used: z.number(),
      price: z.number(),
      meaning: textSchema, // shadow price: what one unit more is worth
    }),
  ),
  byOffer: z.array(
    z.object({
      offer: z.string(),
      name: textSchema,
      channel: z.string(),
      customers: z.number(),
      value: z.number(),
      cost: z.number(),
      acceptance: z.number(),
    }),
  ),
  bySegment: z.array(
    z.object({ segment: z.string(), name: textSchema, customers: z.number(), planned: z.number(), value: z.number() }),
  ),
  notPlanned: z.array(z.object({ reason: z.string(), name: textSchema, customers: z.number() })),
  /** Customer × offer × channel that each rule shut, nearest rule first; plans made before it was counted have none. */
  shutBy: z.array(z.object({ rule: z.string(), name: textSchema, options: z.number() })).optional(),
  /** Legal mail, planned before any offer; plans made before there was any have none. */
  notices: z
    .array(z.object({ notice: z.string(), name: textSchema, planned: z.number(), unreachable: z.number() }))
    .optional(),
  /** Limits that contradict each other, where a minimum was given up. */
  conflicts: z.array(z.array(z.object({ id: z.string(), name: textSchema }))).optional(),
})
// GET /offers/numbers, PUT /offers/:id: what people change of an offer in the app
export const offerNumbers = z.strictObject({
  minimum: z.number().int().nonnegative().max(1e12),
  maximum: z.number().int().nonnegative().max(1e12).nullable(),
  marginMinor: z.number().nonnegative().max(1e12),
  marginRate: z.number().min(0).max(1),
  benefitCostMinor: z.number().nonnegative().max(1e12),
  incrementality: z.number().min(0).max(1),
  /** By channel the offer goes by; one that is left out is a channel it no longer goes by. */
  priorAcceptance: z.record(z.string(), z.number().min(0).max(1)),
})
// GET /offers
export const offerList = z.object({
  rows: z.array(
    z.object({
      id: z.string(),
      name: textSchema,
      text: textSchema,
      kind: z.string(),
      channels: z.array(z.string()),
      rule: textSchema,
      marginMinor: z.number(),
      costMinor: z.number(),
      numbers: offerNumbers,
    }),
  ),
  /** Channels the contact policy knows: an offer can go by these. */
  channels: z.array(z.string()),
})
// GET /contact-policy
export const contactPolicyView = z.object({
  maxContacts: z.number(),
  windowDays: z.number(),
  byChannel: z.array(
    z.object({
      channel: z.string(),
      max: z.number().nullable(),
      capacity: z.number().nullable(),
      unitCostMinor: z.number(), // null: no limit
    }),
  ),
  quietHours: z.object({ from: z.string(), to: z.string() }),
  budgetMinor: z.number(),
  currency: z.string(),
  controlShare: z.number(),
})
// GET /customers/:id/plan: the customer's why and why-not
export const customerPlan = z.object({
  control: z.boolean(),
  assignments: z.array(
    z.object({
      offer: z.string(),
      name: textSchema,
      channel: z.string(),
      valueMinor: z.number(),
      acceptance: z.number(),
      costMinor: z.number(),
      why: textSchema,
    }),
  ),
  whyNot: textSchema.nullable(),
  /** Every option open to the customer, best at the plan's prices first: the chosen, and what each other one lost by. */
  options: z.array(
    z.object({
      offer: z.string(),
      name: textSchema,
      channel: z.string(),
      wave: z.number(),
      chosen: z.boolean(),
      valueMinor: z.number(),
      /** Value less what the limits it uses are worth elsewhere. */
      reducedMinor: z.number(),
      acceptance: z.number(),
      basis: z.enum(['prior', 'history']),
      why: textSchema,
    }),
  ),
  /** What shut each other option out: the rule, by name. */
  shut: z.array(
    z.object({
      offer: z.string(),
      name: textSchema,
      channel: z.string(),
      wave: z.number(),
      rule: z.string(),
      why: textSchema,
    }),
  ),
})

// GET /plan/rests-on
export const restsOnView = z.object({
  rows: z.array(
    z.object({
      feature: z.string(),
      name: textSchema,
      model: z.string(),
      verdict: z.string(),
      evidence: textSchema,
      asOf: z.string(),
      uses: z.array(textSchema),
    }),
  ),
  /** What the newest plan learned from the promises of earlier ones; null: nothing, or it was not to use it. */
  calibration: z
    .object({
      turns: z.array(z.string()),
      contacts: z.number(),
      expected: z.number(),
      taken: z.number(),
      /** Segment × offer × channel whose acceptance was corrected, and by how much at most. */
      cells: z.number(),
      least: z.number(),
      most: z.number(),
    })
    .nullable(),
})

// GET /customers/:id/complaint
export const complaintView = z.object({
  at: z.string().nullable(),
  open: z.boolean(),
  quietUntil: z.string().nullable(),
})
