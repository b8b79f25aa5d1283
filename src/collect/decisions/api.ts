import { z } from 'zod'
import { textSchema } from '../../platform/text.ts'

/** HTTP shapes of `/api/v1/identity…`. Values of records are masked by role. */

export const recordRef = z.object({ source: z.string().min(1).max(200), rowKey: z.string().min(1).max(2000) })

export const weightStep = z.object({
  kind: z.enum(['prior', 'aspect', 'together']),
  aspect: z.string(),
  aspectText: textSchema,
  level: z.string(),
  levelText: textSchema,
  bits: z.number(),
  rarityBits: z.number(),
})
const compared = z.object({
  source: z.string(),
  rowKey: z.string(),
  customerId: z.number(),
  customerRecords: z.number(),
  fields: z.record(z.string(), z.string()), // only what is known
})
export const pairView = z.object({
  left: compared,
  right: compared,
  /** Fields both sides know, and whether they say the same; told by the server, because values may be masked. */
  agree: z.record(z.string(), z.boolean()),
  probability: z.number(),
  bits: z.number(),
  linked: z.boolean(),
  steps: z.array(weightStep),
})
export const queuePair = pairView.extend({
  rank: z.number(),
  reason: z.enum(['uncertain', 'sample', 'bridge', 'cut', 'oversized']),
  groupSize: z.number(),
})
// GET /identity/queue?reason=&after=&limit=
export const reviewQueue = z.object({
  runId: z.number(),
  total: z.number(),
  answered: z.number(),
  today: z.number(),
  rows: z.array(queuePair),
})
// POST /identity/decisions
export const decisionBody = z.object({
  left: recordRef,
  right: recordRef,
  verdict: z.enum(['same', 'different', 'unsure']),
  note: z.string().max(2000).default(''),
})
export const decisionResult = z.object({
  actionId: z.number(),
  applied: z.enum(['merged', 'split', 'next-run', 'nothing']),
})
// GET /identity/actions?customer=&offset=&limit=
export const actionList = z.object({
  total: z.number(),
  rows: z.array(
    z.object({
      actionId: z.number(),
      kind: z.enum(['review', 'merge', 'split']),
      verdict: z.string(),
      customerId: z.number(),
      otherId: z.number(),
      records: z.number(),
      againOf: z.number().nullable(),
      by: z.string(),
      at: z.string(),
      note: z.string(),
      undone: z.boolean(),
    }),
  ),
})
export const mergeBody = z.object({
  keep: z.number().int().positive(),
  other: z.number().int().positive(),
  note: z.string().max(2000).default(''),
})
export const splitBody = z.object({
  customerId: z.number().int().positive(),
  records: z.array(recordRef).min(1).max(5000),
  note: z.string().max(2000).default(''),
})
export const actionResult = z.object({ actionId: z.number(), customerId: z.number() })
/** Golden fields of customers before and after; customer 0 is the one that will be new. */
export const changePreview = z.object({
  customers: z.array(z.object({ customerId: z.number(), name: z.string(), records: z.number() })),
  fields: z.array(z.object({ field: z.string(), before: z.array(z.string()), after: z.array(z.string()) })),
})
const curvePoint = z.object({
  threshold: z.number(),
  precision: z.number(),
  recall: z.number(),
  precisionError: z.number(),
  recallError: z.number(),
  pairs: z.number(),
  /** Against the present threshold. */
  customersMore: z.number(),
})
// GET /identity/threshold
export const thresholdView = z.object({
  runId: z.number(),
  used: z.number(),
  usedAutomatic: z.boolean(),
  chosen: z.number().nullable(),
  expectedF1: z.number(),
  customers: z.number(),
  labels: z.object({ same: z.number(), different: z.number(), left: z.number() }),
  bestF1: z.number(), // threshold with the best F1 by the answers
  curve: z.array(curvePoint),
})
export const thresholdBody = z.object({ probability: z.number().nullable() })
// GET /identity/runs
const driftSign = z.object({
  what: z.enum(['share', 'mean', 'largest', 'changed']),
  size: z.string(),
  before: z.number(),
  now: z.number(),
  errors: z.number(),
})
export const identityRuns = z.object({
  rows: z.array(
    z.object({
      runId: z.number(),
      at: z.string(),
      records: z.number(),
      customers: z.number(),
      sizes: z.record(z.string(), z.number()), // '1' … '4', '5+'
      largest: z.number(),
      merged: z.number(),
      split: z.number(),
      appeared: z.number(),
      threshold: z.number(),
      automatic: z.boolean(),
      drift: z.array(driftSign),
    }),
  ),
})
// GET /identity/clusters
export const flaggedClusters = z.object({
  rows: z.array(
    z.object({
      reason: z.enum(['bridge', 'cut', 'oversized']),
      records: z.number(),
      rank: z.number(),
      customers: z.array(z.object({ customerId: z.number(), name: z.string(), records: z.number() })),
      decided: z.boolean(),
    }),
  ),
})
