import { z } from 'zod'
import { textSchema } from '../../platform/text.ts'
import { LETTER_STATES } from './tables.ts'

/** HTTP shapes of letters that agents write. */

const blockId = z.string().max(80)
export const enclosure = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  name: z.string().max(120),
  mediaType: z.enum(['application/pdf', 'image/png', 'image/jpeg']),
  pages: z.number().int().min(1).max(20),
})
export const letterContent = z.object({
  parts: z.record(blockId, z.boolean()),
  texts: z.record(blockId, z.string().max(10_000)),
  order: z.array(blockId).max(100),
  fields: z.record(z.string().max(60), z.string().max(500)),
  enclosures: z.array(enclosure).max(5),
})
export const letterChannel = z.enum(['print', 'email', 'sms', 'call', 'portal', 'kiosk'])

export const letterRow = z.object({
  id: z.number(),
  customerId: z.number(),
  customer: z.string(),
  template: z.string(),
  title: textSchema,
  channel: z.string(),
  language: z.string(),
  state: z.enum(LETTER_STATES),
  author: z.string(),
  mine: z.boolean(),
  updatedAt: z.string(),
  communicationId: z.string().nullable(),
})
export const letterList = z.object({ total: z.number(), rows: z.array(letterRow) })
export const letterQuery = z.object({
  state: z.enum(['', 'open', ...LETTER_STATES]).default('open'),
  mine: z.stringbool().default(false),
  customer: z.coerce.number().int().min(1).optional(),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export const letterTemplateList = z.object({
  rows: z.array(z.object({ id: z.string(), title: textSchema, kind: z.string(), languages: z.array(z.string()) })),
})
export const newLetter = z.object({
  customerId: z.number().int().min(1),
  template: z.string().max(60),
  language: z.string().max(10).optional(),
})

export const letterDetail = z.object({
  letter: letterRow.extend({
    revision: z.number(),
    content: letterContent,
    submittedAt: z.string().nullable(),
    decidedBy: z.string().nullable(),
    decidedAt: z.string().nullable(),
    sha256: z.string().nullable(),
    templateVersion: z.number(),
    /** A newer version of the template is live than the one it was begun with. */
    outdated: z.boolean(),
  }),
  form: z.object({
    parts: z.array(
      z.object({ id: z.string(), title: z.string(), on: z.boolean(), group: z.number(), text: z.string() }),
    ),
    regions: z.array(z.object({ id: z.string(), title: z.string(), open: z.boolean(), text: z.string() })),
    fields: z.array(z.object({ name: z.string(), title: z.string(), required: z.boolean() })),
  }),
  ways: z.array(z.object({ channel: z.string(), open: z.boolean(), verdict: textSchema })),
  changes: z.array(
    z.object({
      what: z.enum(['text', 'in', 'out', 'order', 'field', 'enclosure']),
      title: z.string(),
      before: z.string(),
      after: z.string(),
    }),
  ),
  steps: z.array(z.object({ at: z.string(), by: z.string(), what: z.string(), notes: z.string() })),
})
export const letterSave = z.object({ revision: z.number().int(), content: letterContent, channel: letterChannel })
export const letterRemark = z.object({ remark: z.string().trim().max(1000).default('') })
export const letterWithdraw = letterRemark.extend({ forGood: z.boolean().default(false) })
export const letterDecision = letterRemark.extend({ approve: z.boolean() })
