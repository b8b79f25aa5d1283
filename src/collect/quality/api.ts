import { z } from 'zod'
import { textSchema } from '../../platform/text.ts'
import { DIMENSIONS, ruleSchema } from './rule.ts'

/** HTTP shapes of the quality rooms (`/api/v1/quality…`). Used by routes and by the web app. */

const severity = z.enum(['error', 'warning', 'info'])
export const point = z.object({ at: z.string(), asOf: z.string(), score: z.number() })

// GET /quality
export const qualityReport = z.object({
  checkId: z.number(),
  at: z.string(),
  asOf: z.string(),
  /** True: the list of rules has changed since, so checking again would say something else. */
  rulesChanged: z.boolean(),
  rows: z.array(
    z.object({
      source: z.string(),
      field: z.string(),
      rule: z.string(),
      message: textSchema,
      owner: z.string(),
      dimension: z.enum(DIMENSIONS),
      severity,
      checked: z.number(),
      failed: z.number(),
      examples: z.array(z.string()),
      /** Ways to repair what fails here, most fitting first. */
      fixes: z.array(z.string()),
    }),
  ),
  sources: z.array(
    z.object({ source: z.string(), records: z.number(), score: z.number(), history: z.array(point) }), // 0..100
  ),
  fields: z.array(z.object({ source: z.string(), field: z.string(), score: z.number(), history: z.array(point) })),
})
// GET /quality/rows?source=&rule=&offset=&limit=  → failing rows, masked by role
export const failingRows = z.object({
  total: z.number(),
  rows: z.array(
    z.object({ source: z.string(), rowKey: z.string(), value: z.string(), customerId: z.number().nullable() }),
  ),
})

export const keptRule = ruleSchema.extend({
  version: z.number(),
  changedBy: z.string(),
  changedAt: z.string(),
  dimension: z.enum(DIMENSIONS),
})
// GET /quality/rules
export const ruleList = z.object({ rows: z.array(keptRule), fields: z.array(z.string()) })
// GET /quality/rules/:id/versions
export const ruleVersions = z.object({
  rows: z.array(
    z.object({
      version: z.number(),
      rule: ruleSchema,
      removed: z.boolean(),
      changedBy: z.string(),
      changedAt: z.string(),
    }),
  ),
})
// POST /quality/rules/trial
export const trialResult = z.object({
  checked: z.number(),
  failed: z.number(),
  sources: z.array(
    z.object({
      source: z.string(),
      checked: z.number(),
      failed: z.number(),
      examples: z.array(z.object({ rowKey: z.string(), value: z.string() })),
    }),
  ),
})
// PUT /quality/rules/:id, POST /quality/rules
export const saveBody = z.object({ rule: ruleSchema, version: z.number().int().min(0) })
export const saved = z.object({ version: z.number(), changed: z.boolean() })
// POST /quality/rules/file
export const fileResult = z.object({ added: z.number(), changed: z.number(), same: z.number() })
