import { z } from 'zod'
import { textSchema } from '../../platform/text.ts'

/** HTTP shapes of what plans learn from their promises. */

const factor = { factor: z.number(), low: z.number(), high: z.number() }
/** Minor units. */
const money = { promised: z.number(), gained: z.number(), error: z.number() }

export const calibrationView = z.object({
  /** Whether plans use it. */
  used: z.boolean(),
  /** Days of the turns it is learned from; none: too little has come back. */
  turns: z.array(z.string()),
  contacts: z.number(),
  expected: z.number(),
  taken: z.number(),
  /** Of offers nobody has been sent yet; null: nothing learned. */
  overall: z.object(factor).nullable(),
  levels: z.array(z.object({ offer: z.string(), name: textSchema, channel: z.string(), rate: z.number(), ...factor })),
  segments: z.array(z.object({ segment: z.string(), name: textSchema, ...factor })),
  /** Money earned for money promised; null: no campaign that was heard of is over. */
  values: z
    .object({
      currency: z.string(),
      turns: z.array(z.string()),
      ...money,
      overall: z.object(factor),
      offers: z.array(z.object({ offer: z.string(), name: textSchema, ...money, ...factor })),
      segments: z.array(z.object({ segment: z.string(), name: textSchema, ...money, ...factor })),
    })
    .nullable(),
  cells: z.array(
    z.object({
      segment: z.string(),
      segmentName: textSchema,
      offer: z.string(),
      offerName: textSchema,
      channel: z.string(),
      contacts: z.number(),
      expected: z.number(),
      taken: z.number(),
      level: z.number(),
      ...factor,
    }),
  ),
})

// GET /plan/calibration
export const calibrationPage = z.object({
  /** What the newest plan was made with; null: without. */
  plan: calibrationView.nullable(),
  /** What the next plan will use, as of the day it is asked. */
  next: calibrationView,
})
// PUT /plan/calibration
export const calibrationBody = z.strictObject({ used: z.boolean() })
