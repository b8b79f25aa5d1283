import { z } from 'zod'
import { textSchema } from '../../platform/text.ts'

/** HTTP shape of what happened with one communication. */
export const timelineEntry = z.object({
  at: z.string(),
  /** composed, held, kept, claimed, settled, refused, failed, uncertain, deferred; an event's type; printed, reprinted, inserted,
   *  damaged, missing; portal, read; instead; shown; hold, hold-released; erased, expired. */
  what: z.string(),
  channel: z.string(),
  /** Why, in words of ours. */
  reason: textSchema.nullable(),
  /** What another side said: a receipt, a status, a file, the number of a print run. */
  detail: z.string(),
  /** Of our people. */
  by: z.string(),
  /** Another communication it leads to. */
  communicationId: z.string().nullable(),
})
export const timelineView = z.object({ rows: z.array(timelineEntry) })
export type TimelineEntry = z.infer<typeof timelineEntry>
