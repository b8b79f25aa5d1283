import { z } from 'zod'
import { textSchema } from '../../platform/text.ts'

/** HTTP shapes of notices to the company's own people. */

// GET /notices
export const noticeList = z.object({
  unseen: z.number(),
  rows: z.array(
    z.object({
      noticeId: z.number(),
      title: textSchema,
      says: textSchema,
      path: z.string(),
      at: z.string(),
      seen: z.boolean(),
    }),
  ),
})
// POST /notices/seen
export const seenBody = z.strictObject({ noticeId: z.number().int().positive().nullable() })
