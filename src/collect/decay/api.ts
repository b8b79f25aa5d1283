import { z } from 'zod'

/** HTTP shapes of decay (`/api/v1/decay…`). Rates are the share lost in a month, 0..1. */
const rate = z.object({
  source: z.string(),
  monthly: z.number(),
  low: z.number(),
  high: z.number(),
  changes: z.number(),
  months: z.number(),
})
// GET /decay
export const decayReport = z.object({
  asOf: z.string(),
  measuredAt: z.string().nullable(),
  fields: z.array(
    z.object({
      field: z.string(),
      all: rate.nullable(),
      sources: z.array(rate),
      /** How likely a value still holds so many months after it was seen right. */
      curve: z.array(z.object({ month: z.number(), holds: z.number(), low: z.number(), high: z.number() })),
    }),
  ),
})
// GET /decay/verify-first?field=&offset=&limit=
export const verifyFirstList = z.object({
  total: z.number(),
  rows: z.array(
    z.object({
      customerId: z.number(),
      name: z.string(),
      field: z.string(),
      value: z.string(), // masked by role
      source: z.string(),
      seenAt: z.string(),
      holds: z.number(),
      contacts: z.number(),
      /** 0..1 of the largest on the list. */
      loss: z.number(),
      /** A verification asks for it already. */
      asked: z.boolean(),
    }),
  ),
})
