/** Shapes of the ledger's answers: search, timeline, rules, holds. */
import type { z } from 'zod'
import type * as timeline from '../../src/interact/timeline/api.ts'
import type * as archive from '../../src/personalize/archive/api.ts'

export type LedgerPage = z.infer<typeof archive.ledgerPage>
export type LedgerValues = z.infer<typeof archive.ledgerValues>
export type ArchiveView = z.infer<typeof archive.archiveView>
export type ArchiveRule = ArchiveView['rules'][number]
export type ArchiveHold = z.infer<typeof archive.holdView>
export type Timeline = z.infer<typeof timeline.timelineView>
export type TimelineEntry = Timeline['rows'][number]
