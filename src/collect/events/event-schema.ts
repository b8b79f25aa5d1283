/** The documented shape of an event as other systems send it. `read-event.ts` checks the same, faster; a test holds the two together. */
import { z } from 'zod'
import { isInstant } from './read-instant.ts'
import { payloadFault } from './said-events.ts'

export const MAX_PAYLOAD = 64 * 1024
export const ID_PATTERN = /^[\x21-\x7e]{1,100}$/
export const TYPE_PATTERN = /^[a-z][a-z0-9-]{0,40}$/
/** What customers tell us goes through `POST /customers/{id}/answers`, where each field is checked. */
export const RESERVED_TYPES: readonly string[] = ['answer']

const name = (length: number) => z.string().min(1).max(length)

export const incomingEvent = z
  .strictObject({
    eventId: z.string().regex(ID_PATTERN).describe('Chosen by the sender: the same event sent twice is one'),
    type: z
      .string()
      .regex(TYPE_PATTERN)
      .refine(type => !RESERVED_TYPES.includes(type))
      .describe('bought, called, opened, visited …; lower case, digits, hyphens'),
    at: z.string().refine(isInstant).describe('When it happened: ISO 8601 with a zone, 2026-11-22T09:30:00Z'),
    customerId: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
    accountNo: name(100).optional(),
    email: name(320).optional(),
    phone: name(40).optional(),
    source: name(100).optional().describe('With rowKey: a row of a source'),
    rowKey: name(400).optional(),
    channel: z.string().max(20).optional(),
    communicationId: z.string().max(64).optional(),
    taskId: z.string().max(64).optional(),
    payload: z.record(z.string(), z.unknown()).optional(),
  })
  .refine(({ type, payload }) => payloadFault(type, payload) === undefined, { path: ['payload'] })
  .describe('Exactly one of customerId, accountNo, email, phone, source with rowKey says whose event it is')

export const incomingEvents = z.union([z.array(incomingEvent), z.strictObject({ events: z.array(incomingEvent) })])

export const intakeAnswer = z.object({
  accepted: z.number(),
  /** Of the accepted: whose customer is not known yet; they are kept and joined by a later identity run. */
  waiting: z.number(),
  duplicates: z.number(),
  refused: z.number(),
  /** The first 1000 refused. */
  problems: z.array(
    z.object({
      index: z.number(),
      eventId: z.string().optional(),
      field: z.string(),
      code: z.string(),
      message: z.string(),
    }),
  ),
})
export type IntakeAnswer = z.infer<typeof intakeAnswer>
