import { z } from 'zod'
import { textSchema } from '../platform/text.ts'
import { ruleSchema } from './segments/rule.ts'

/** HTTP shapes of analyze. */

// GET /customers/:id/insight
export const customerInsight = z.object({
  asOf: z.string(),
  segment: z.object({ id: z.string(), name: textSchema, strategy: textSchema }).nullable(),
  rfm: z.object({ r: z.number(), f: z.number(), m: z.number() }).nullable(),
  pAlive: z.number().nullable(),
  expectedPurchases: z.number().nullable(),
  value: z.object({ minor: z.number(), lowMinor: z.number(), highMinor: z.number(), currency: z.string() }).nullable(),
  churn: z
    .object({
      probability: z.number(),
      reasons: z.array(
        z.object({ feature: z.string(), name: textSchema, value: z.string(), direction: z.enum(['raises', 'lowers']) }),
      ),
    })
    .nullable(),
  nextProducts: z.array(
    z.object({
      code: z.string(),
      name: textSchema,
      kind: z.enum(['repeat', 'explore', 'need']),
      score: z.number(),
      because: textSchema.nullable(),
    }),
  ),
  features: z.array(
    z.object({ id: z.string(), name: textSchema, unit: textSchema, meaning: textSchema, value: z.string() }),
  ),
})

// GET /segments
export const segmentList = z.object({
  runId: z.number(),
  asOf: z.string(),
  customers: z.number(),
  proof: z.object({
    exclusive: z.boolean(),
    complete: z.boolean(),
    method: textSchema,
    /** A customer who shows where the rules fail, feature by feature. */
    witness: z.array(z.object({ feature: z.string(), name: textSchema, value: textSchema })).nullable(),
  }),
  rows: z.array(
    z.object({
      id: z.string(),
      name: textSchema,
      strategy: textSchema,
      rule: textSchema, // the rule in words
      customers: z.number(),
      share: z.number(),
      valueMinor: z.number(),
      revenueMinor: z.number(),
      churn: z.number(), // means but customers
      previous: z.number().nullable(), // customers at the turn before
      flags: z.array(textSchema), // its rule rests on a model that failed, or on what few have told
    }),
  ),
})
// GET /segments/:id/members?offset=&limit=
export const segmentMemberList = z.object({
  total: z.number(),
  rows: z.array(
    z.object({
      customerId: z.number(),
      name: z.string(),
      valueMinor: z.number(),
      churn: z.number(),
      lastPurchase: z.string().nullable(),
    }),
  ),
})
// GET /board
export const board = z.object({
  asOf: z.string(),
  currency: z.string(),
  pages: z.array(
    z.object({
      p: z.enum(['profiling', 'persistency', 'profitability', 'performance', 'prospecting', 'product', 'promotion']),
      title: textSchema,
      figures: z.array(
        z.object({
          id: z.string(),
          name: textSchema,
          formula: textSchema,
          unit: z.string(),
          value: z.number(),
          bySegment: z.array(z.object({ segment: z.string(), value: z.number(), customers: z.number() })),
        }),
      ),
    }),
  ),
})
// GET /models
export const modelList = z.object({
  rows: z.array(
    z.object({
      id: z.string(),
      title: textSchema,
      kind: z.string(),
      asOf: z.string(),
      trainedOn: z.number(),
      parameters: z.record(z.string(), z.number()),
      verdict: z.enum(['good', 'recalibrate', 'retrain', 'stop', 'unjudged']),
      evidence: textSchema,
      metrics: z.record(z.string(), z.number()),
      deciles: z.array(
        z.object({
          decile: z.number(),
          customers: z.number(),
          expected: z.number(),
          actual: z.number(),
          baseline: z.number(),
        }),
      ),
    }),
  ),
})

// POST /segments/check, GET and PUT /segments/definitions
export const segmentsBody = z.object({
  segments: z
    .array(
      z.object({
        code: z.string().regex(/^[A-Z0-9][A-Z0-9-]{0,39}$/),
        name: textSchema,
        strategy: textSchema,
        rule: ruleSchema,
      }),
    )
    .min(1)
    .max(1000),
})
const witness = z.record(z.string(), z.union([z.number(), z.string(), z.array(z.string()).readonly(), z.null()]))
const proven = z.enum(['proven', 'refuted', 'not-proven'])
export const segmentProof = z.object({
  exclusive: proven,
  complete: proven,
  by: z.enum(['order', 'boxes']),
  overlaps: z.array(z.object({ a: z.string(), b: z.string(), witness })),
  gap: witness.nullable(),
  empty: z.array(z.string()),
})
