import { z } from 'zod'
import { textSchema } from '../../platform/text.ts'
import { messageChannels } from '../compose/template.ts'
import { classes, kindSchema, legalForms, pdfStandards } from './kind.ts'

/** HTTP shapes of kinds of communication, the ways they go, and rules of SMS providers. */

const wayRow = z.object({
  channel: z.enum(messageChannels),
  template: z.string(),
  /** Version that is live; null: the way is closed until there is one. */
  live: z.number().nullable(),
  languages: z.array(z.string()),
})
const kindRow = z.object({
  code: z.string(),
  name: textSchema,
  class: z.enum(classes),
  legalForm: z.enum(legalForms),
  ways: z.array(wayRow),
  duplicate: z.boolean(),
  document: z.enum(['attached', 'linked']),
  pdf: z.enum(pdfStandards),
})
// GET /kinds   PUT /kinds/:code   DELETE /kinds/:code → 204
export const kindList = z.object({
  rows: z.array(kindRow),
  /** Live templates, to choose ways from. */
  templates: z.array(z.object({ id: z.string(), kind: z.string(), channel: z.enum(messageChannels) })),
})
export const kindBody = kindSchema

const reasonRow = z.object({
  channel: z.enum(messageChannels),
  taken: z.boolean(),
  verdict: z.string(),
  text: textSchema,
})
// GET /kinds/:code/way?customer= → how a communication of the kind would go to the customer today
export const wayAnswer = z.object({
  agreed: z.array(z.string()),
  wish: z.string(),
  reached: z.array(z.string()),
  channels: z.array(z.enum(messageChannels)),
  reasons: z.array(reasonRow),
})
// GET /communications/:id/way → how it went, why, and what stood in its slots
export const wayTaken = z.object({
  copy: z.boolean(),
  /** GET /communications/:id/document gives it. */
  document: z.enum(['attached', 'linked']).nullable(),
  reasons: z.array(reasonRow),
  slots: z.array(
    z.object({
      slot: z.string(),
      content: z.string(),
      variant: z.string(),
      freeMm: z.number().nullable(),
      leftOut: z.record(z.string(), z.string()),
    }),
  ),
})

// GET /sms-policies
export const smsPolicyList = z.object({
  /** The provider the company's messages go by. */
  current: z.string(),
  rows: z.array(
    z.object({
      code: z.string(),
      name: textSchema,
      source: z.string(),
      characters: z.number(),
      segments: z.number(),
      signature: z.object({ min: z.number(), max: z.number() }).nullable(),
      optOut: z.array(z.string()).nullable(),
      variables: z.record(z.string(), z.number()),
      longest: z.number(),
      adjacent: z.boolean(),
      without: z.array(z.object({ code: z.string(), name: textSchema })),
      links: z.enum(['any', 'fixed']),
      /** What live templates of short messages say against it. */
      breaches: z.array(z.object({ template: z.string(), language: z.string(), rule: z.string(), said: textSchema })),
    }),
  ),
})

export type KindList = z.infer<typeof kindList>
export type KindRow = z.infer<typeof kindRow>
export type KindBody = z.input<typeof kindBody>
export type WayAnswer = z.infer<typeof wayAnswer>
export type WayTaken = z.infer<typeof wayTaken>
export type SmsPolicyList = z.infer<typeof smsPolicyList>
