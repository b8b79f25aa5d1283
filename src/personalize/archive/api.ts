import { z } from 'zod'
import { communicationRow } from '../api.ts'

/** HTTP shapes of the ledger: search, rules, holds. */

export const ledgerQuery = z.object({
  /** A person: name, pinyin, initials, number, telephone, e-mail, account, identity number. */
  who: z.string().max(100).default(''),
  customer: z.coerce.number().int().min(0).optional(),
  /** Days of composing, UTC, both included. */
  from: z.iso.date().or(z.literal('')).default(''),
  to: z.iso.date().or(z.literal('')).default(''),
  kind: z.string().max(40).default(''),
  class: z.string().max(20).default(''),
  channel: z.string().max(20).default(''),
  template: z.string().max(60).default(''),
  offer: z.string().max(60).default(''),
  state: z.enum(['composed', 'held', 'expired', '']).default(''),
  /** Something that happened to it: sent, delivered, opened, clicked, bounce, replied, complaint, unsubscribed … */
  happened: z.string().max(40).default(''),
  words: z.string().max(200).default(''),
  /** `next` of the page before. */
  after: z.string().max(200).default(''),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export const ledgerPage = z.object({
  rows: z.array(communicationRow),
  /** Of the first page, counted up to 1,000: `more` says that there are more. */
  total: z.number().nullable(),
  more: z.boolean(),
  /** Older communications are being indexed and come later. */
  indexing: z.boolean(),
  next: z.string().nullable(),
})
export const ledgerValues = z.object({
  kinds: z.array(z.string()),
  classes: z.array(z.string()),
  channels: z.array(z.string()),
  templates: z.array(z.string()),
  offers: z.array(z.string()),
})

export const archiveRuleView = z.object({
  kind: z.string(),
  class: z.string(),
  keepBytes: z.boolean(),
  years: z.number().nullable(),
  /** False: as the house does where nobody said otherwise. */
  set: z.boolean(),
  communications: z.number(),
  kept: z.number(),
  keptBytes: z.number(),
})
export const archiveView = z.object({
  folder: z.string(),
  rules: z.array(archiveRuleView),
  runs: z.array(
    z.object({
      at: z.string(),
      kind: z.string(),
      before: z.string(),
      communications: z.number(),
      files: z.number(),
    }),
  ),
})
export const ruleBody = z.object({ keepBytes: z.boolean(), years: z.number().int().min(1).max(100).nullable() })

export const holdView = z.object({
  id: z.number(),
  caseName: z.string(),
  reason: z.string(),
  until: z.string().nullable(),
  customers: z.array(z.number()),
  communications: z.array(z.string()),
  placedBy: z.string(),
  placedAt: z.string(),
  releasedAt: z.string().nullable(),
})
export const holdBody = z.object({
  caseName: z.string().trim().max(100).default(''),
  reason: z.string().trim().min(3).max(300),
  until: z.iso.date().nullable().default(null),
  customers: z.array(z.number().int().positive()).max(500).default([]),
  communications: z
    .array(z.string().regex(/^[0-9a-f]{32}$/))
    .max(2000)
    .default([]),
})
