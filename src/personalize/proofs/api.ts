import { z } from 'zod'
import { textSchema } from '../../platform/text.ts'

/** HTTP shapes of proofs. */

const box = z.object({ left: z.number(), top: z.number(), right: z.number(), bottom: z.number() })
const side = z.object({
  state: z.enum(['composed', 'held']),
  reason: z.string(),
  says: textSchema,
  detail: z.string(),
  pages: z.number(),
  segments: z.number(),
  sha256: z.string(),
})

export const proofResult = z.object({
  memberId: z.number(),
  before: side.nullable(),
  now: side,
  /** Pages that look different; boxes in thousandths of the page. */
  pages: z.array(z.object({ page: z.number(), share: z.number(), boxes: z.array(box) })),
  added: z.number(),
  removed: z.number(),
  changed: z.boolean(),
  verdict: z.object({ intended: z.boolean(), by: z.string(), at: z.string() }).nullable(),
})

const branch = z.object({
  id: z.string(),
  file: z.string(),
  line: z.number(),
  condition: z.string(),
  way: z.string(),
  unseen: z.literal(true).optional(),
})

export const proofRun = z.object({
  id: z.number(),
  version: z.number(),
  baseVersion: z.number().nullable(),
  state: z.enum(['running', 'done', 'failed']),
  error: z.string().nullable(),
  asOf: z.string(),
  members: z.number(),
  done: z.number(),
  coverage: z.object({ branches: z.array(branch), taken: z.array(z.string()) }),
  startedBy: z.string(),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  /** Results somebody still has to look at. */
  open: z.number(),
  results: z.array(proofResult),
})

export const proofsView = z.object({
  set: z.array(
    z.object({
      id: z.number(),
      kind: z.enum(['customer', 'example']),
      customerId: z.number(),
      offer: z.string(),
      product: z.string(),
      example: z.string().nullable(),
      why: z.array(z.string()),
      covers: z.array(z.string()),
      addedBy: z.string(),
    }),
  ),
  runs: z.array(
    z.object({
      id: z.number(),
      version: z.number(),
      baseVersion: z.number().nullable(),
      state: z.enum(['running', 'done', 'failed']),
      startedAt: z.string(),
    }),
  ),
  newest: proofRun.nullable(),
})

export const startBody = z.strictObject({ version: z.number().int().min(1), choose: z.boolean().default(false) })
export const memberBody = z.union([
  z.strictObject({
    customerId: z.number().int().min(1),
    offer: z.string().max(64).default(''),
    product: z.string().max(64).default(''),
  }),
  z.strictObject({ row: z.record(z.string(), z.unknown()) }),
])
export const verdictBody = z.strictObject({ members: z.array(z.number().int()).min(1).max(500), intended: z.boolean() })
export const wordRuns = z.object({
  runs: z.array(z.object({ kind: z.enum(['same', 'added', 'removed']), text: z.string() })),
})
