import { z } from 'zod'
import { textSchema } from '../../platform/text.ts'
import { readRow } from '../dry-run/preview.ts'
import { KINDS, mappingSchema } from '../mapping.ts'
import { timingSchema } from '../schedules/timing.ts'

/** HTTP shapes of sources, their mappings, schedules and loads. Addresses of tables come without their password. */
const counts = { rowsIn: z.number(), stored: z.number(), duplicates: z.number(), quarantined: z.number() }

export const loadView = z.object({
  id: z.number(),
  source: z.string(),
  trigger: z.enum(['hand', 'schedule']),
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  /** 0..1 */
  share: z.number(),
  note: z.string(),
  result: z.object({ files: z.number(), known: z.number(), ...counts, seconds: z.number() }).nullable(),
  error: textSchema.nullable(),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
})
export const loadList = z.object({ rows: z.array(loadView) })

export const scheduleView = z.object({
  timing: timingSchema,
  timeZone: z.string(),
  paused: z.boolean(),
  next: z.string().nullable(),
})
export const scheduleBody = z.object({ timing: timingSchema, timeZone: z.string().max(60), paused: z.boolean() })

export const sourceView = z.object({
  source: z.string(),
  file: z.string(),
  folder: z.string(),
  importer: z.string(),
  kind: z.string(),
  version: z.number(),
  trust: z.number(),
  inTurns: z.boolean(),
  columns: z.array(z.object({ header: z.string(), field: z.string() })),
  imports: z.number(),
  ...counts,
  lastImport: z.string().nullable(),
  schedule: scheduleView.nullable(),
  lastLoad: loadView.nullable(),
})
export const sourceViews = z.object({ rows: z.array(sourceView) })

export const mappingChange = z.object({
  what: z.enum(['setting', 'column']),
  name: z.string(),
  before: z.string(),
  after: z.string(),
})
export const sourceDetail = z.object({
  source: sourceView,
  mapping: mappingSchema,
  versions: z.array(
    z.object({
      version: z.number(),
      savedBy: z.string(),
      savedAt: z.string(),
      restoredFrom: z.number().nullable(),
      /** Against the version before it. */
      changes: z.array(mappingChange),
    }),
  ),
  loads: z.array(loadView),
})

export const inboxList = z.object({
  /** Largest upload, in bytes. */
  most: z.number(),
  rows: z.array(z.object({ name: z.string(), bytes: z.number(), at: z.string(), source: z.string().nullable() })),
})

/** A file of the inbox, the files of a source, or a table by its address. */
export const target = z.object({
  file: z.string().max(300).optional(),
  source: z.string().max(60).optional(),
  address: z.string().max(2000).optional(),
})
export const previewBody = target.extend({
  /** Absent: one is proposed. */
  mapping: mappingSchema.optional(),
  kind: z.enum(KINDS).optional(),
  encoding: z.string().max(40).optional(),
  delimiter: z.string().length(1).optional(),
  sheet: z.string().max(200).optional(),
})
export const preview = z.object({
  mapping: mappingSchema,
  /** Fields the mapping lacks; it cannot be saved before. */
  missing: z.array(z.string()),
  sheets: z.array(z.string()),
  rows: z.array(readRow),
  /** What keeps the rows from being shown: the file lacks columns, is cut off. */
  problem: textSchema.nullable(),
})

export const saveBody = target.extend({ mapping: mappingSchema, inTurns: z.boolean().default(true) })
export const dryRunBody = target.extend({ mapping: mappingSchema.optional() })

/** What the mapping editor offers. */
export const mappingOptions = z.object({
  fields: z.record(z.enum(KINDS), z.array(z.string())),
  encodings: z.array(z.string()),
  everyMinutes: z.array(z.number()),
})
