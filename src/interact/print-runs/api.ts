import { z } from 'zod'
import { pieceStates } from './reports.ts'
import { printSettingsSchema } from './settings.ts'

export { printSettingsSchema }

export const printRunView = z.object({
  id: z.number(),
  kind: z.enum(['run', 'reprint']),
  ofRun: z.number().nullable(),
  state: z.enum(['printing', 'printed', 'failed']),
  asOf: z.string(),
  documents: z.number(),
  pieces: z.number(),
  sheets: z.number(),
  files: z.number(),
  filesDone: z.number(),
  problem: z.string().nullable(),
  createdAt: z.string(),
})
export type PrintRunView = z.infer<typeof printRunView>

export const printRunList = z.object({
  rows: z.array(printRunView),
  /** Delivered documents that stand in no run yet. */
  waiting: z.number(),
  settings: printSettingsSchema,
})
export type PrintRunList = z.infer<typeof printRunList>

export const printRunDetail = printRunView.extend({
  settings: printSettingsSchema,
  reports: z.record(z.string(), z.number()),
  made: z.array(
    z.object({
      file: z.number(),
      name: z.string(),
      envelope: z.string(),
      firstPiece: z.number(),
      lastPiece: z.number(),
      pieces: z.number(),
      documents: z.number(),
      sheets: z.number(),
      pages: z.number(),
      size: z.number(),
      sha256: z.string(),
    }),
  ),
})
export type PrintRunDetail = z.infer<typeof printRunDetail>

export const reportBody = z.object({
  rows: z
    .array(z.object({ piece: z.union([z.number(), z.string()]), state: z.string(), note: z.string().optional() }))
    .min(1)
    .max(100_000),
})
export const reprintBody = z.object({ pieces: z.array(z.number().int()).max(10_000).default([]) })
export const stateNames = pieceStates
