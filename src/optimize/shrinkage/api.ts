import { z } from 'zod'
import { textSchema } from '../../platform/text.ts'

/** HTTP shapes of what plans learn from their promises. */

const factor = { factor: z.number(), low: z.number(), high: z.number() }

export const calibrationView = z.object({
  /** Whether plans use it. */
  used: z.boolean(),
  /** Days of the turns it is learned from; none: too little has come back. */
  turns: z.array(z.string()),
  contacts: z.number(),
  expected: z.number(),
  taken: z.number(),
  segments: z.array(z.object({ segment: z.string(), name: textSchema, ...factor })),
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
