/** HTTP shapes of consent, preferences and suppression. Used by routes and by the web app. */
import { z } from 'zod'
import { textSchema } from '../../platform/text.ts'

export const purposeList = z.object({
  rows: z.array(
    z.object({
      code: z.string(),
      name: textSchema,
      about: textSchema,
      byChannel: z.boolean(),
      basis: z.enum(['consent', 'legitimate-interest', 'contract']),
    }),
  ),
})
export const wordingRow = z.object({
  code: z.string(),
  version: z.number(),
  purpose: z.string(),
  text: textSchema,
  validFrom: z.string(),
  validTo: z.string().nullable(),
})
export const wordingList = z.object({ rows: z.array(wordingRow) })
export const newWording = z.object({
  code: z.string().regex(/^[a-z][a-z0-9-]{1,40}$/),
  purpose: z.string(),
  text: z.object({ en: z.string().min(1).max(5000), zh: z.string().min(1).max(5000) }),
  validFrom: z.iso.date(),
})

export const statementRow = z.object({
  kind: z.enum(['consent', 'preference']),
  purpose: z.string(),
  channel: z.string(),
  state: z.string(),
  at: z.string(),
  source: z.string(),
  wording: z.string(),
  wordingVersion: z.number(),
  text: textSchema.nullable(),
  evidenceHow: z.string(),
  evidenceRef: z.string(),
  actor: z.number(),
  recordedAt: z.string().nullable(),
  hash: z.string(),
})
// GET /customers/:id/consents
export const customerConsentView = z.object({
  standing: z.array(
    z.object({ purpose: z.string(), channel: z.string(), granted: z.boolean(), at: z.string(), source: z.string() }),
  ),
  preferences: z.record(z.string(), z.string()),
  lists: z.array(z.string()),
  history: z.array(statementRow),
})
// POST /customers/:id/consents
export const statementBody = z.object({
  id: z.uuid(), // chosen by the caller: sending it twice is one statement
  consents: z
    .array(z.object({ purpose: z.string(), channel: z.string(), state: z.enum(['granted', 'refused', 'withdrawn']) }))
    .max(40)
    .default([]),
  preferences: z.record(z.string(), z.string()).default({}),
  wording: z.string().default(''),
  wordingVersion: z.number().int().default(0),
  evidenceHow: z.string().min(1).max(40),
  evidenceRef: z.string().max(200).default(''),
})
export const recorded = z.object({ recorded: z.number() })

export const suppressionList = z.object({
  rows: z.array(
    z.object({
      code: z.string(),
      name: textSchema,
      about: z.string(),
      channels: z.array(z.string()),
      service: z.boolean(),
      active: z.boolean(),
      entries: z.number(),
    }),
  ),
  uploads: z.array(
    z.object({
      id: z.number(),
      list: z.string(),
      kind: z.string(),
      file: z.string(),
      why: z.string(),
      entries: z.number(),
      refused: z.number(),
      removes: z.boolean(),
      until: z.string().nullable(),
      byUser: z.number(),
      at: z.string(),
    }),
  ),
})
const channels = z.array(z.enum(['email', 'sms', 'call', 'letter'])).min(1)
export const newList = z.object({
  code: z.string().regex(/^[a-z][a-z0-9-]{1,40}$/),
  name: z.object({ en: z.string().min(1), zh: z.string().min(1) }),
  about: z.string().max(500).default(''),
  channels,
  service: z.boolean().default(false),
})
export const changedList = z.object({
  channels: channels.optional(),
  service: z.boolean().optional(),
  active: z.boolean().optional(),
  about: z.string().max(500).optional(),
})
/** The file's lines; a million numbers are 12 MB. */
export const entriesQuery = z.object({
  kind: z.string(),
  hashed: z.stringbool().default(false),
  removes: z.stringbool().default(false),
  until: z.iso.date().optional(),
  why: z.string().max(200).default(''),
  file: z.string().max(200).default(''),
})
export const uploaded = z.object({
  uploadId: z.number(),
  entries: z.number(),
  refused: z.number(),
  lines: z.array(z.number()),
})
export const lookedUp = z.object({ rows: z.array(z.object({ list: z.string(), kind: z.string() })) })
export const verified = z.object({
  statements: z.number(),
  customers: z.number(),
  imports: z.number(),
  root: z.string(),
  findings: z.array(
    z.object({
      where: z.enum(['chain', 'copy', 'import']),
      id: z.number(),
      seq: z.number(),
      what: z.enum(['changed', 'missing', 'cut-off', 'other-statements']),
    }),
  ),
})

export type CustomerConsentView = z.infer<typeof customerConsentView>
export type StatementRow = z.infer<typeof statementRow>
