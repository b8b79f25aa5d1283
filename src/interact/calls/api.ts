import { z } from 'zod'

/** HTTP shapes of calls. */

// POST /calls
export const callReport = z.object({
  /** The telephone system's own name of the call. */
  callId: z.string().regex(/^[\w.:@+-]{1,60}$/, 'letters, digits and . _ : @ + - only, at most 60'),
  event: z.enum(['ring', 'answer', 'hangup', 'recording']),
  direction: z.enum(['in', 'out']).optional(),
  number: z.string().max(200).optional(),
  agent: z.string().max(64).optional(),
  customer: z.string().max(40).optional(),
  recording: z
    .url({ protocol: /^https?$/ })
    .max(1000)
    .optional(),
  at: z.iso.datetime({ offset: true }).optional(),
})

const asked = z.enum(['birthDate', 'account', 'idEnd', 'postcode', 'name'])
export const callView = z.object({
  callId: z.string(),
  direction: z.enum(['in', 'out', 'counter']),
  number: z.string(),
  numberState: z.enum(['ok', 'withheld', 'malformed']),
  state: z.enum(['ringing', 'answered', 'ended']),
  how: z.enum(['number', 'shared', 'unknown', 'id', 'confirmed']),
  customerId: z.number(), // 0: nobody known yet
  name: z.string(),
  taskId: z.string(),
  /** It rings at the reader's own line, or the reader answered it. */
  mine: z.boolean(),
  recording: z.string(),
  wrong: z.number(),
  rangAt: z.string(),
  answeredAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  /** The telephone system never told its end. */
  lost: z.boolean(),
  candidates: z.array(z.object({ customerId: z.number(), name: z.string(), kind: z.string(), ask: z.array(asked) })),
})
export const callList = z.object({ rows: z.array(callView) })
export const callAnswer = z.object({ callId: z.string(), state: z.string(), how: z.string(), numberState: z.string() })

// GET, PUT /desk/call-limits
export const callLimits = z.object({
  /** Nobody's telephone rings longer. */
  ringMinutes: z.number().int().min(1).max(60),
  talkMinutes: z.number().int().min(5).max(720),
})
export type CallLimits = z.output<typeof callLimits>

// POST /desk/calls/:call/who
export const whoBody = z.object({
  customerId: z.number().int().positive().optional(),
  said: z.object({
    name: z.string().trim().max(100).optional(),
    birthDate: z.iso.date().optional(),
    account: z.string().trim().max(40).optional(),
    idEnd: z.string().trim().length(4).optional(),
    postcode: z.string().trim().max(20).optional(),
    phone: z.string().trim().max(40).optional(),
    document: z.boolean().optional(),
  }),
})
