import { z } from 'zod'
import { textSchema } from '../../platform/text.ts'
import { carrierKinds, targetDefinition } from './target.ts'

/** HTTP shapes of giving back (`/api/v1/marts`, `/targets`, `/changes`, `/api-keys`). */
export const martList = z.object({
  rows: z.array(
    z.object({
      name: z.string(),
      view: z.string(),
      title: textSchema,
      row: textSchema,
      key: z.array(z.string()),
      columns: z.array(z.object({ name: z.string(), type: z.string(), text: textSchema, personal: z.boolean() })),
    }),
  ),
})
export const targetRow = z.object({
  targetId: z.number(),
  definition: targetDefinition,
  /** Whether there is one; it is never shown again. */
  hasSecret: z.boolean(),
  paused: z.boolean(),
  planned: z.number(),
  delivered: z.number(),
  deadLetters: z.number(),
  personal: z.array(z.string()),
  folder: z.string().nullable(),
  last: z.object({ state: z.string(), at: z.string(), error: z.string().nullable() }).nullable(),
})
export const targetList = z.object({ rows: z.array(targetRow), kinds: z.array(z.enum(carrierKinds)) })
export const targetBody = targetDefinition.extend({ secret: z.string().max(500).optional() })
export const targetMade = z.object({ targetId: z.number(), secret: z.string().nullable() })
export const deliveryList = z.object({
  total: z.number(),
  rows: z.array(
    z.object({
      deliveryId: z.number(),
      startedBy: z.string(),
      state: z.enum(['running', 'waiting', 'done', 'failed']),
      fromSeq: z.number(),
      toSeq: z.number(),
      upserts: z.number(),
      deletes: z.number(),
      batches: z.number(),
      tries: z.number(),
      error: z.string().nullable(),
      file: z.string().nullable(),
      startedAt: z.string(),
      finishedAt: z.string().nullable(),
    }),
  ),
})
export const deadLetterList = z.object({
  total: z.number(),
  rows: z.array(z.object({ seq: z.number(), key: z.string(), op: z.string(), reason: z.string(), at: z.string() })),
})
export const martSample = z.object({
  total: z.number(),
  columns: z.array(z.string()),
  rows: z.array(z.array(z.string())),
})
export const changeFeed = z.object({
  feed: z.string(),
  mart: z.string(),
  /** Ask with `after=` this number for what comes next. */
  next: z.number(),
  more: z.boolean(),
  changes: z.array(
    z.object({
      seq: z.number(),
      op: z.enum(['upsert', 'delete']),
      key: z.array(z.string()),
      row: z.record(z.string(), z.unknown()).nullable(),
      mergedInto: z.number().nullable(),
      at: z.string(),
    }),
  ),
})
export const apiKeyList = z.object({
  rows: z.array(
    z.object({
      keyId: z.number(),
      name: z.string(),
      start: z.string(),
      scopes: z.array(z.string()),
      createdAt: z.string(),
      lastUsedAt: z.string().nullable(),
      revokedAt: z.string().nullable(),
    }),
  ),
})
