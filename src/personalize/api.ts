import { z } from 'zod'
import { textSchema } from '../platform/text.ts'

/** HTTP shapes of personalize. */

export const communicationRow = z.object({
  communicationId: z.string(),
  customerId: z.number(),
  kind: z.string(),
  class: z.string(),
  channel: z.string(),
  offer: z.string(),
  subject: z.string(),
  language: z.string(),
  state: z.enum(['composed', 'held']),
  /** What it said is no longer there: erased for the customer, or past its retention. */
  gone: z.enum(['erased', 'expired']).nullable(),
  reason: textSchema.nullable(),
  composedAt: z.string(),
  sha256: z.string(),
  size: z.number(),
  pages: z.number(),
  segments: z.number(),
  template: z.string(),
  templateVersion: z.number(),
})
// GET /customers/:id/communications   GET /communications?state=&kind=&offset=&limit=
export const communicationList = z.object({ total: z.number(), rows: z.array(communicationRow) })
// GET /communications/:id → communicationRow
// GET /communications/:id/content → the exact bytes: application/pdf | message/rfc822 | text/plain | application/json (script)
// GET /communications/:id/preview → text/html of an e-mail, sandboxed by CSP; text of an SMS; the PDF for print
// GET /templates
export const templateList = z.object({
  rows: z.array(
    z.object({
      id: z.string(),
      name: textSchema,
      kind: z.string(),
      class: z.string(),
      channel: z.string(),
      version: z.number(),
      languages: z.array(z.string()),
      liveSince: z.string(),
    }),
  ),
})
// GET /templates/:id/preview?language=zh-CN → the example composed (PDF | HTML | text)
