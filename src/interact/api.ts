import { z } from 'zod'
import { textSchema } from '../platform/text.ts'
import { outcomeCode } from './tasks/outcome-codes.ts'

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

export const taskState = z.enum(['open', 'held', 'done', 'stopped'])
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
  kind: z.string(),
  list: z.string(),
  customerId: z.number(), // 0: nobody known yet
  customerName: z.string(),
  phone: z.string(), // masked until held
  offer: z.string(),
  offerName: textSchema,
  priority: z.number(),
  boost: z.number(),
  state: taskState,
  heldBy: z.string().nullable(),
  mine: z.boolean(),
  language: z.string(),
  skill: z.string(),
  attempts: z.number(),
  dueAt: z.string().nullable(),
  outcome: z.string().nullable(),
  stopped: textSchema.nullable(), // why it was closed without a call
  communicationId: z.string(),
})
// GET /tasks?state=&offset=&limit=
export const taskList = z.object({ total: z.number(), rows: z.array(taskRow) })
// GET /tasks/:id → with script
export const taskDetail = taskRow.extend({
  script: z.object({ language: z.string(), blocks: z.array(scriptBlock) }),
  notes: z.string(),
  heldAt: z.string().nullable(),
  leaseUntil: z.string().nullable(),
  numbers: z.array(z.string()), // to ring, best first; only to whoever holds the task
  draft: z
    .object({ revision: z.number(), body: z.record(z.string(), z.unknown()), savedAt: z.string(), own: z.boolean() })
    .nullable(),
  known: z.record(z.string(), z.object({ value: z.string(), source: z.string(), at: z.string().nullable() })),
  /** What became of the customer since the task was made. */
  meanwhile: z
    .object({
      kind: z.enum(['merged', 'split', 'erased', 'gone']),
      customerId: z.number().nullable(),
      others: z.array(z.number()),
    })
    .nullable(),
})
// POST /tasks/next {} → taskDetail | 204;  POST /tasks/:id/hold;  POST /tasks/:id/release
// POST /tasks/:id/outcome
export { outcomeCode }

const oneLine = z
  .string()
  .max(400)
  .regex(/^\P{Cc}*$/u, 'one line, without control characters')
export const outcomeBody = z.object({
  id: z.uuid(),
  outcome: outcomeCode,
  note: z.string().max(4000).default(''),
  callbackAt: z.string().optional(),
  answers: z.record(z.string().max(80), z.string().max(4000)).default({}), // script field id → answer
  fields: z.record(z.string().max(80), oneLine).default({}), // golden fields the customer corrected
  attributes: z.record(z.string().max(80), z.string().max(200)).default({}), // research answers
  number: z.string().max(20).optional(), // that was rung; default: the first of the task
  objections: z.array(z.string().max(40)).max(20).default([]), // fragments: what the customer said against the offer
  offer: z.string().max(80).optional(), // that was made, where it is another than the task's
  customerId: z.number().int().positive().optional(), // who it was, where the customer was split meanwhile
  survey: z // asked at the end; no answers: would rather not
    .object({ surveyId: z.number().int(), answers: z.record(z.string(), z.string().max(2000)) })
    .optional(),
})
export const outcomeResult = z.object({ taskId: z.string(), state: taskState, eventId: z.string() })
