import { z } from 'zod'
import { textSchema } from '../../platform/text.ts'
import { entryFilter, STATES } from './entries.ts'
import { mendRuleSchema } from './rule.ts'

/** HTTP shapes of the quarantine. */
export const entryQuery = entryFilter.extend({
  importId: z.coerce.number().int().optional(),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(50),
})

export const entryRow = z.object({
  importId: z.number(),
  rowNo: z.number(),
  source: z.string(),
  file: z.string(),
  column: z.string(),
  value: z.string(), // masked by role
  rule: z.string(),
  message: textSchema,
  state: z.enum(STATES),
  reason: z.string(),
  mendId: z.number(),
  mendedAt: z.string().nullable(),
  mendedBy: z.string(),
})
export const entryList = z.object({ total: z.number(), rows: z.array(entryRow) })

export const groupList = z.object({
  rows: z.array(
    z.object({
      source: z.string(),
      rule: z.string(),
      column: z.string(),
      shape: z.string(),
      count: z.number(),
      files: z.number(),
      example: z.string(), // masked by role
      exampleRow: z.number(),
      message: textSchema,
    }),
  ),
})

const counted = z.array(z.object({ name: z.string(), count: z.number() }))
export const facetList = z.object({
  sources: counted,
  rules: counted,
  files: counted,
  columns: counted,
  states: counted,
})

/** One row with all its cells as given; opening it is logged. */
export const openedEntry = z.object({
  importId: z.number(),
  rowNo: z.number(),
  file: z.string(),
  column: z.string(),
  message: textSchema,
  raw: z.string(),
  cut: z.boolean(),
  cells: z.array(z.object({ header: z.string(), field: z.string(), value: z.string() })),
  state: z.enum(STATES),
})

export const ruleBody = z.object({ filter: entryFilter, column: z.string(), rule: mendRuleSchema })
export const rowBody = z.object({
  importId: z.number().int(),
  rowNo: z.number().int(),
  cells: z.record(z.string(), z.string().max(100_000)),
})
export const discardBody = z.object({
  filter: entryFilter.optional(),
  row: z.object({ importId: z.number().int(), rowNo: z.number().int() }).optional(),
  reason: z.string().trim().min(1).max(500),
})

export const mendPreview = z.object({
  rows: z.number(),
  passing: z.number(),
  examples: z.array(
    z.object({
      importId: z.number(),
      rowNo: z.number(),
      file: z.string(),
      before: z.string(),
      after: z.string(),
      problem: textSchema.nullable(),
    }),
  ),
})

export const mendResult = z.object({
  mendId: z.number(),
  rows: z.number(),
  stored: z.number(),
  duplicates: z.number(),
  refused: z.number(),
})

export const mendHistory = z.object({
  rows: z.array(
    z.object({
      mendId: z.number(),
      kind: z.enum(['mend', 'discard']),
      state: z.enum(['running', 'done', 'failed', 'undone']),
      words: z.record(z.string(), z.unknown()),
      sources: z.array(z.string()),
      rows: z.number(),
      stored: z.number(),
      duplicates: z.number(),
      refused: z.number(),
      madeBy: z.string(),
      madeAt: z.string(),
      undoneBy: z.string(),
      undoneAt: z.string().nullable(),
    }),
  ),
})
