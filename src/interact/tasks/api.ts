import { z } from 'zod'
import { textSchema } from '../../platform/text.ts'

/** HTTP shapes of lists, agents and drafts. */

export const listRow = z.object({
  list: z.string(),
  kind: z.string(),
  name: textSchema,
  rank: z.number(),
  paused: z.boolean(),
  skill: z.string(),
  open: z.number(),
  due: z.number(),
  held: z.number(),
  done: z.number(),
  stopped: z.number(),
  reached: z.number(),
})
export const listList = z.object({ rows: z.array(listRow) })
// PUT /desk/lists/:list
export const listBody = z.object({ paused: z.boolean().optional(), skill: z.string().max(40).optional() })
// PUT /desk/lists/order
export const orderBody = z.object({ lists: z.array(z.string().max(120)).max(500) })
// POST /desk/lists/:list/refill
export const refillBody = z.object({ unanswered: z.boolean().default(false) })
export const refillResult = z.object({ opened: z.number() })
// POST /desk/tasks/boost
export const boostBody = z.object({
  tasks: z.array(z.string().max(64)).min(1).max(1000),
  boost: z.union([z.literal(-1), z.literal(0), z.literal(1)]),
})
export const boostResult = z.object({ changed: z.number() })

export const agentState = z.enum(['ready', 'break', 'away'])
export const agentRow = z.object({
  userId: z.number(),
  name: z.string(),
  skills: z.array(z.string()),
  languages: z.array(z.string()),
  extension: z.string(),
  state: agentState,
})
export const agentList = z.object({ rows: z.array(agentRow), skills: z.array(z.string()) })
export const agentBody = z.object({
  skills: z.array(z.string().max(40)).max(30),
  languages: z.array(z.string().max(10)).max(10),
})
// PUT /desk/me
export const meBody = z.object({ state: agentState.optional(), extension: z.string().trim().max(40).optional() })

// PUT /tasks/:id/draft
export const draftBody = z.object({
  revision: z.number().int().min(1),
  body: z.record(z.string(), z.unknown()),
})
export const draftResult = z.object({ revision: z.number() })

// POST /desk/callbacks
export const askBody = z.object({
  kind: z.enum(['callback', 'opportunity']),
  customerId: z.number().int().positive(),
  reason: z.string().trim().min(1).max(400),
  at: z.iso.datetime({ offset: true }).optional(),
  worthMinor: z.number().int().nonnegative().optional(),
  /** The caller wants to make the call. */
  mine: z.boolean().default(false),
})
export const askResult = z.object({ taskId: z.string() })
