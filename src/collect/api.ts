import { z } from 'zod'
import { textSchema } from '../platform/text.ts'

/** HTTP shapes of collect (`/api/v1/customers…`, `/quality`, `/quarantine`, `/imports`). Used by routes and by the web app. */

// GET /customers?q=&segment=&sort=&offset=&limit=  (q: name, pinyin or initials, phone, e-mail, account or customer id)
export const customerRow = z.object({
  customerId: z.number(),
  kind: z.enum(['person', 'organisation']),
  name: z.string(),
  pinyin: z.string(),
  mobile: z.string(),
  email: z.string(),
  city: z.string(),
  country: z.string(),
  language: z.string(), // masked by role
  records: z.number(),
})
export const customerList = z.object({ total: z.number(), rows: z.array(customerRow) })

export const goldenField = z.object({
  field: z.string(),
  value: z.string(),
  masked: z.boolean(),
  source: z.string(),
  rowKey: z.string(),
  at: z.string().nullable(),
  beat: z.array(z.object({ value: z.string(), source: z.string(), rowKey: z.string(), why: z.string() })),
  // how likely the value still holds today; null for fields that do not decay
  holds: z.object({ probability: z.number(), low: z.number(), high: z.number() }).nullable(),
})
export const consentState = z.object({
  channel: z.enum(['email', 'sms', 'call', 'letter']),
  granted: z.boolean(),
  at: z.string(),
  source: z.string(),
})
export const customerEvent = z.object({
  eventId: z.string(),
  type: z.string(),
  channel: z.string(),
  at: z.string(),
  communicationId: z.string(),
  payload: z.record(z.string(), z.unknown()),
})
export const purchaseRow = z.object({
  soldAt: z.string(),
  invoice: z.string(),
  lines: z.number(),
  amountMinor: z.number(),
  isReturn: z.boolean(),
  items: z.array(z.object({ code: z.string(), name: textSchema, quantity: z.number(), amountMinor: z.number() })),
})
// GET /customers/:id
export const customerDetail = z.object({
  customerId: z.number(),
  kind: z.enum(['person', 'organisation']),
  name: z.string(),
  pinyin: z.string(),
  language: z.string(),
  accounts: z.array(z.string()),
  since: z.string().nullable(),
  fields: z.array(goldenField),
  consents: z.array(consentState),
  attributes: z.array(z.object({ name: z.string(), value: z.string(), source: z.string(), at: z.string() })),
  records: z.array(
    z.object({
      source: z.string(),
      rowKey: z.string(),
      probability: z.number(),
      raw: z.record(z.string(), z.unknown()), // masked by role
      file: z.string(),
      rowNo: z.number(),
    }),
  ),
  pending: z.array(z.object({ field: z.string(), value: z.string(), at: z.string() })), // answers the next turn will take up
})
// GET /customers/:id/purchases?offset=&limit=
export const purchaseList = z.object({
  total: z.number(),
  spentMinor: z.number(),
  currency: z.string(),
  rows: z.array(purchaseRow),
})
// GET /customers/:id/events
export const eventList = z.object({ rows: z.array(customerEvent) })
// POST /customers/:id/unmask { field } → { field, value }; logged in the audit trail
export const unmaskBody = z.object({ field: z.string(), reason: z.string().max(500).optional() })
export const unmasked = z.object({ field: z.string(), value: z.string() })
// POST /customers/:id/answers: what the customer told us; recorded as an event, taken up by the next turn
export const answerBody = z.object({
  id: z.uuid(), // chosen by the caller: sending it twice is one answer
  fields: z.record(z.string(), z.string()).default({}), // golden fields: mobile, email, street, …
  consents: z
    .array(z.object({ channel: z.enum(['email', 'sms', 'call', 'letter']), granted: z.boolean() }))
    .default([]),
  note: z.string().max(2000).default(''),
  communicationId: z.string().optional(),
  taskId: z.string().optional(),
})
export const answerResult = z.object({ eventId: z.string(), accepted: z.array(z.string()) })

// GET /imports
export const importList = z.object({
  rows: z.array(
    z.object({
      importId: z.number(),
      source: z.string(),
      file: z.string(),
      rowsIn: z.number(),
      stored: z.number(),
      duplicates: z.number(),
      quarantined: z.number(),
      mended: z.number(),
      committedAt: z.string(),
    }),
  ),
})
export type CustomerRow = z.infer<typeof customerRow>
export type CustomerDetail = z.infer<typeof customerDetail>
export type AnswerBody = z.infer<typeof answerBody>
