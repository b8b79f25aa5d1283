import { z } from 'zod'
import { textSchema } from '../../platform/text.ts'

/** HTTP shapes of dry checks. */

export const checkView = z.object({
  id: z.number(),
  wave: z.number(),
  state: z.enum(['running', 'done', 'failed']),
  error: z.string().nullable(),
  done: z.number(),
  total: z.number(),
  checked: z.number(),
  fine: z.number(),
  held: z.number(),
  composed: z.number(),
  reasons: z.array(
    z.object({
      kind: z.string(),
      channel: z.string(),
      template: z.string(),
      reason: z.string(),
      says: textSchema,
      field: z.string(),
      customers: z.number(),
    }),
  ),
  startedBy: z.string(),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
})
export const checkList = z.object({ rows: z.array(checkView) })

export const findingList = z.object({
  total: z.number(),
  rows: z.array(
    z.object({
      customerId: z.number(),
      kind: z.string(),
      channel: z.string(),
      template: z.string(),
      templateVersion: z.number(),
      reason: z.string(),
      says: textSchema,
      field: z.string(),
      /** Empty for those who may not see contact values: it may hold a part of one. */
      detail: z.string(),
    }),
  ),
})
