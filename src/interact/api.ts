import { z } from 'zod'
import { textSchema } from '../platform/text.ts'

/** HTTP shapes of interact. */

// GET /customers/:id/deliveries
export const deliveryList = z.object({
  rows: z.array(
    z.object({
      communicationId: z.string(),
      channel: z.string(),
      state: z.string(),
      reason: textSchema.nullable(),
      transport: z.string(),
      receipt: z.string(),
      at: z.string(),
    }),
  ),
})

export const taskState = z.enum(['open', 'held', 'done'])
export const scriptBlock = z.object({
  id: z.string(),
  title: z.string(),
  say: z.string(),
  fields: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      kind: z.enum(['text', 'choice', 'phone', 'email', 'consent']),
      options: z.array(z.string()).default([]),
      golden: z.string().optional(),
    }),
  ),
  next: z.array(z.object({ answer: z.string(), to: z.string() })),
})
export const taskRow = z.object({
  taskId: z.string(),
  customerId: z.number(),
  customerName: z.string(),
  phone: z.string(), // masked until held
  offer: z.string(),
  offerName: textSchema,
  priority: z.number(),
  state: taskState,
  heldBy: z.string().nullable(),
  language: z.string(),
  attempts: z.number(),
  dueAt: z.string().nullable(),
  outcome: z.string().nullable(),
  communicationId: z.string(),
})
// GET /tasks?state=&offset=&limit=
export const taskList = z.object({ total: z.number(), rows: z.array(taskRow) })
// GET /tasks/:id → with script
export const taskDetail = taskRow.extend({
  script: z.object({ language: z.string(), blocks: z.array(scriptBlock) }),
  notes: z.string(),
})
// POST /tasks/next {} → taskDetail | 204;  POST /tasks/:id/hold;  POST /tasks/:id/release
// POST /tasks/:id/outcome
export const outcomeCode = z.enum([
  'accepted',
  'refused',
  'no-answer',
  'callback',
  'wrong-number',
  'complaint',
  'do-not-call',
])
export const outcomeBody = z.object({
  id: z.uuid(),
  outcome: outcomeCode,
  note: z.string().max(4000).default(''),
  callbackAt: z.string().optional(),
  answers: z.record(z.string(), z.string()).default({}), // script field id → answer
  fields: z.record(z.string(), z.string()).default({}), // golden fields the customer corrected
})
export const outcomeResult = z.object({ taskId: z.string(), state: taskState, eventId: z.string() })
