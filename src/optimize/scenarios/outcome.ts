import { z } from 'zod'
import { textSchema } from '../../platform/text.ts'

/** One limit as a solved plan meets it. */
export const outcomeLimit = z.object({
  id: z.string(),
  name: textSchema,
  unit: z.string(),
  max: z.number().nullable(), // null: none
  min: z.number(),
  used: z.number(),
  price: z.number(), // what one unit more is worth, in minor units of money
  binds: z.boolean(),
  relaxed: z.boolean(), // its minimum had to be given up
})

/** Customers of one segment who get one offer by one channel. */
export const outcomeCell = z.object({
  segment: z.string(),
  offer: z.string(),
  channel: z.string(),
  customers: z.number(),
  value: z.number(),
  cost: z.number(),
  acceptance: z.number(),
})

/** Against the plan it started from: customers who get something now, nothing any more, something else. */
export const outcomeChanged = z.object({ gained: z.number(), lost: z.number(), moved: z.number(), same: z.number() })

export const outcome = z.object({
  feasible: z.boolean(),
  /** Limits that contradict each other, when there is no plan. */
  conflict: z.array(z.object({ id: z.string(), name: textSchema })),
  value: z.number(),
  bound: z.number(),
  gap: z.number(),
  seconds: z.number(),
  warm: z.boolean(), // started from earlier prices
  contacts: z.number(),
  cost: z.number(),
  limits: z.array(outcomeLimit),
  cells: z.array(outcomeCell),
  changed: outcomeChanged,
})
export type Outcome = z.infer<typeof outcome>
