import { z } from 'zod'
import { VERIFIABLE_FIELDS } from './fields.ts'

/** HTTP shapes of verification (`/api/v1/verifications…`, `/api/v1/verify/:token`). */
export const verificationState = z.enum(['open', 'confirmed', 'corrected', 'unanswered', 'cancelled'])
const field = z.enum(VERIFIABLE_FIELDS)

// GET /verifications?state=&offset=&limit=
export const verificationList = z.object({
  total: z.number(),
  rows: z.array(
    z.object({
      verificationId: z.number(),
      customerId: z.number(),
      name: z.string(),
      field,
      way: z.enum(['call', 'link']),
      state: verificationState,
      priority: z.number(),
      askedBy: z.string(),
      askedAt: z.string(),
      answeredAt: z.string().nullable(),
    }),
  ),
})
// POST /verifications
export const askBody = z.object({
  questions: z
    .array(z.object({ customerId: z.number().int().positive(), field, priority: z.number().min(0).default(0) }))
    .min(1)
    .max(500),
  way: z.enum(['call', 'link']),
})
export const asked = z.object({ asked: z.array(z.number()), known: z.number() })
// POST /verifications/cancel
export const cancelBody = z.object({ ids: z.array(z.number().int().positive()).min(1).max(500) })
export const cancelled = z.object({ cancelled: z.number() })
// POST /verifications/:id/link
export const linkView = z.object({ path: z.string(), expiresAt: z.string() })
// GET /verify/:token (no sign-in)
export const publicQuestion = z.object({
  field,
  /** As much of the value as its owner recognises. */
  masked: z.string(),
  fields: z.array(z.string()),
  language: z.string(),
  state: verificationState,
})
// POST /verify/:token (no sign-in)
export const publicAnswer = z.object({
  confirm: z.boolean(),
  fields: z.record(z.string().max(40), z.string().max(300)).default({}),
})
export const publicResult = z.object({ state: verificationState })
