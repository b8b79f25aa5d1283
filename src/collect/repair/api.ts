import { z } from 'zod'
import { fixSchema, targetSchema } from './fix.ts'

/** HTTP shapes of repairs (`/api/v1/repairs…`). */
export const repairState = z.enum(['proposed', 'applied', 'rejected', 'undone'])

export const changeRow = z.object({
  source: z.string(),
  rowKey: z.string(),
  customerId: z.number().nullable(),
  /** Masked by role. */
  changes: z.array(z.object({ field: z.string(), before: z.string(), after: z.string() })),
})
export const previewBody = z.object({ fix: fixSchema, target: targetSchema })
// POST /repairs/preview
export const repairPreview = z.object({
  rows: z.number(),
  changed: z.number(),
  /** True: more rows than one person may change alone. */
  needsApproval: z.boolean(),
  threshold: z.number(),
  sample: z.array(changeRow),
})
// POST /repairs
export const proposeBody = previewBody.extend({ requestId: z.uuid(), note: z.string().max(500).default('') })
export const repairRow = z.object({
  repairId: z.number(),
  kind: z.string(),
  field: z.string(),
  rule: z.string(),
  source: z.string(),
  rows: z.number(),
  state: repairState,
  note: z.string(),
  proposedBy: z.string(),
  proposedAt: z.string(),
  decidedBy: z.string(),
  decidedAt: z.string().nullable(),
  undoneBy: z.string(),
  undoneAt: z.string().nullable(),
  /** Whether the reader may decide on it. */
  mayDecide: z.boolean(),
})
// GET /repairs?state=&offset=&limit=
export const repairList = z.object({ total: z.number(), rows: z.array(repairRow) })
// GET /repairs/:id?offset=&limit=
export const repairDetail = repairRow.extend({ changes: z.array(changeRow), total: z.number() })
/** How the golden records follow: at once, or with the next turn. */
export const repairDone = z.object({ repair: repairRow, customers: z.number(), followed: z.boolean() })
