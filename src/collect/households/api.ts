import { z } from 'zod'

const related = z.object({ customerId: z.number(), name: z.string(), why: z.array(z.string()) })

// GET /customers/:id/relations
export const customerRelations = z.object({
  household: z.object({ householdId: z.number(), why: z.string(), members: z.array(related) }).nullable(),
  /** Of a person: organisations it works or speaks for. Of an organisation: its people. */
  organisations: z.array(related.extend({ relation: z.enum(['contact', 'works']) })),
  people: z.array(related.extend({ relation: z.enum(['contact', 'works']) })),
})

// GET /identity/households
export const householdFigures = z.object({
  households: z.number(),
  members: z.number(),
  sizes: z.record(z.string(), z.number()),
  organisations: z.number(),
  people: z.number(),
})
