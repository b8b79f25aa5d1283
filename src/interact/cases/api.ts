import { z } from 'zod'
import { textSchema } from '../../platform/text.ts'
import { caseSettingsSchema } from './settings.ts'

/** HTTP shapes of cases. */

export const caseKind = z.enum(['complaint', 'request', 'dispute'])
export const caseState = z.enum(['open', 'waiting', 'resolved'])
export const caseOutcome = z.enum(['put-right', 'explained', 'refused', 'withdrawn'])
/** `mistaken`: it should never have been; said here, or by the inbox when a message turns out to mean something else. */
export const caseEnd = z.enum([...caseOutcome.options, 'mistaken'])

export const caseRow = z.object({
  caseId: z.number(),
  customerId: z.number(), // 0: erased
  customerName: z.string(),
  kind: caseKind,
  category: z.string(),
  categoryName: textSchema,
  title: z.string(),
  source: z.string(),
  state: caseState,
  owner: z.number().nullable(),
  ownerName: z.string(),
  level: z.number(), // times escalated
  openedAt: z.string(),
  dueAt: z.string(),
  leftMinutes: z.number(), // of working time; negative: late
  told: z.boolean(),
  reopened: z.number(), // times it was opened again after it was resolved
})
// GET /cases?state=&kind=&category=&owner=me|none|<id>&late=&q=&customer=&after=&limit=
export const caseQuery = z.object({
  state: z.enum(['unresolved', 'open', 'waiting', 'resolved', 'all']).default('unresolved'),
  kind: caseKind.optional(),
  category: z.string().max(40).optional(),
  owner: z.string().max(20).optional(),
  late: z.stringbool().optional(),
  q: z.string().trim().max(100).optional(),
  customer: z.coerce.number().int().positive().optional(),
  offset: z.coerce.number().int().min(0).max(100_000).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export const caseList = z.object({
  total: z.number(),
  rows: z.array(caseRow),
  counts: z.object({ open: z.number(), waiting: z.number(), late: z.number(), mine: z.number(), nobody: z.number() }),
})

// GET /cases/:id
export const caseDetail = caseRow.extend({
  words: z.string(),
  language: z.string(),
  communicationId: z.string(),
  line: z.string(),
  productCode: z.string(),
  resolution: z.string(),
  outcome: caseEnd.nullable(),
  resolvedAt: z.string().nullable(),
  toldAt: z.string().nullable(),
  toldHow: z.string(),
  notes: z.array(
    z.object({ noteId: z.number(), at: z.string(), userName: z.string(), what: z.string(), text: z.string() }),
  ),
  categories: z.array(z.object({ code: z.string(), name: textSchema })),
})

// POST /cases → { caseId }
export const openBody = z.object({
  customerId: z.number().int().positive(),
  kind: caseKind,
  category: z.string().max(40).optional(),
  title: z.string().trim().max(120).optional(),
  words: z.string().trim().min(1).max(20_000),
  communicationId: z.string().max(64).optional(),
  line: z.string().max(500).optional(),
  /** Sent twice after a break, it is one case. */
  key: z.string().max(80).optional(),
})
export const opened = z.object({ caseId: z.number() })

// POST /cases/:id/{note,owner,wait,go-on,category,resolve,told} → caseDetail
export const noteBody = z.object({ text: z.string().trim().max(20_000) })
export const ownerBody = z.object({ owner: z.union([z.literal('me'), z.number().int().positive(), z.null()]) })
export const categoryBody = z.object({ category: z.string().max(40) })
export const resolveBody = z.discriminatedUnion('outcome', [
  z.object({ outcome: caseOutcome, resolution: z.string().trim().min(1).max(20_000) }),
  z.object({
    outcome: z.literal('mistaken'),
    resolution: z.string().trim().max(20_000).default(''),
    tell: z.boolean().default(true), // a customer who had the receipt
  }),
])

// GET, PUT /cases/settings
export const caseSettingsView = caseSettingsSchema
// GET /cases/owners?category=
export const ownersQuery = z.object({ category: z.string().max(40).default('') })
export const owners = z.object({ rows: z.array(z.object({ userId: z.number(), name: z.string() })) })
