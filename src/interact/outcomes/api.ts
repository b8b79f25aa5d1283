import { z } from 'zod'
import { textSchema } from '../../platform/text.ts'
import { partView } from '../take-back/part.ts'
import { outcomeCode } from '../tasks/outcome-codes.ts'

/** HTTP shapes of saved outcomes: the agent's own, and for whoever leads a team everybody's. */

// GET /desk/outcomes, /team/outcomes
export const outcomeQuery = z.object({
  outcome: outcomeCode.optional(),
  state: z.enum(['all', 'stands', 'taken-back']).default('all'),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export const teamOutcomeQuery = outcomeQuery.extend({ agent: z.coerce.number().int().positive().optional() })
export const outcomeRow = z.object({
  outcomeId: z.string(),
  taskId: z.string(),
  kind: z.string(),
  customerId: z.number(),
  customerName: z.string(),
  about: textSchema,
  agent: z.string(),
  /** Of the reader. */
  mine: z.boolean(),
  outcome: z.string(),
  at: z.string(),
  seconds: z.number(),
  takenBack: z.object({ at: z.string(), by: z.string() }).nullable(),
  /** Why it cannot be taken back by the reader. */
  mayNot: textSchema.nullable(),
})
export const outcomeList = z.object({
  total: z.number(),
  rows: z.array(outcomeRow),
  agents: z.array(z.object({ userId: z.number(), name: z.string() })),
})

// GET …/outcomes/:id/parts
export const outcomeParts = z.object({ parts: z.array(partView), toList: z.boolean() })
// POST …/outcomes/:id/take-back
export const takeBackBody = z.object({ to: z.enum(['agent', 'list']) })
export const takenBack = z.object({ taskId: z.string(), state: z.string(), parts: z.array(partView) })
