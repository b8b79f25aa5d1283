import { z } from 'zod'
import { textSchema } from '../../platform/text.ts'
import { messageLanguages } from '../compose/languages.ts'
import { messageChannels } from '../compose/template.ts'
import { describedField } from '../fields/describe-fields.ts'
import { contentIdSchema, templateDraftSource } from '../templates/source.ts'

/** HTTP shapes of what is looked at while it is written; nothing of it is stored. */

// POST /templates/preview
export const previewBody = z.strictObject({
  id: contentIdSchema,
  source: templateDraftSource,
  language: z.enum(messageLanguages),
  /** Whose data; left out: the example of this number. */
  customer: z.number().int().positive().optional(),
  /** What is put to the customer; left out: the first there is. */
  offer: z.string().max(100).optional(),
  example: z.number().int().min(0).default(0),
  /** What is being written, or the other channels of its kind: asked for apart, so that the first is there sooner. */
  of: z.enum(['own', 'family']).default('own'),
  /** Rules of segments are taken to hold, where the data are an example. */
  rulesHold: z.boolean().default(true),
})

export const problemView = z.object({
  block: z.string(),
  file: z.string().optional(),
  line: z.number().optional(),
  column: z.number().optional(),
  field: z.string().optional(),
  severity: z.enum(['error', 'warning']),
  message: textSchema,
})

const scriptView = z.object({
  title: z.string(),
  customer: z.string(),
  phone: z.string(),
  blocks: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      say: z.string(),
      fields: z.array(z.object({ label: z.string(), options: z.array(z.string()) })),
      next: z.array(z.object({ answer: z.string(), to: z.string() })),
    }),
  ),
  outcomes: z.array(z.object({ code: z.string(), label: z.string() })),
})

export const previewShown = z.object({
  channel: z.enum(messageChannels),
  template: z.string(),
  /** own: what is being written; live: its sibling as it is sent today; same: this design, as that channel would show it. */
  basis: z.enum(['own', 'live', 'same']),
  state: z.enum(['composed', 'held']),
  reason: textSchema.nullable(),
  detail: z.string(),
  subject: z.string(),
  pages: z.array(z.string()).optional(),
  pageCount: z.number().optional(),
  html: z.string().optional(),
  text: z.string().optional(),
  sms: z
    .object({
      encoding: z.string(),
      segments: z.number(),
      units: z.number(),
      left: z.number(),
      because: z.string().optional(),
    })
    .optional(),
  script: scriptView.optional(),
})
export const previewAnswer = z.object({
  problems: z.array(problemView),
  shown: z.array(previewShown),
  /** Whose data: `masked` where the reader may not see contact data. */
  masked: z.boolean(),
})

// POST /templates/fields {source} → the fields an author may use
export const fieldsBody = z.strictObject({
  source: templateDraftSource.pick({ manifest: true, schema: true, brand: true, examples: true }),
})
export const fieldList = z.object({
  rows: z.array(describedField),
  examples: z.array(z.object({ id: z.string(), language: z.string() })),
})
