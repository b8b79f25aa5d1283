import { z } from 'zod'
import { textSchema } from '../../platform/text.ts'
import { ruleSchema } from '../segments/rule.ts'
import { needBodySchema, needCode, servingSchema } from './need.ts'

/** What serves a need, with its name; null when the catalogue lost it. */
const namedServing = servingSchema.and(z.object({ name: textSchema }))

// GET /needs
export const needList = z.object({
  asOf: z.string().nullable(),
  rows: z.array(
    z.object({
      code: needCode,
      name: textSchema,
      about: textSchema,
      rule: textSchema,
      state: z.enum(['in-force', 'later', 'ended', 'withdrawn', 'draft']),
      version: z.number(),
      hasDraft: z.boolean(),
      validFrom: z.string().nullable(),
      validTo: z.string().nullable(),
      products: z.array(namedServing),
      /** In the newest turn: customers it proposed something to. */
      customers: z.number(),
    }),
  ),
})

export const needTrial = z.object({
  asOf: z.string(),
  customers: z.number(),
  reached: z.number(),
  gained: z.number(),
  lost: z.number(),
})
// GET /needs/:code
export const needView = z.object({
  code: needCode,
  versions: z.array(
    z.object({
      version: z.number(),
      state: z.enum(['draft', 'released', 'withdrawn']),
      body: needBodySchema,
      words: textSchema,
      trial: needTrial.nullable(),
      by: z.string().nullable(),
      at: z.string(),
    }),
  ),
  names: z.record(z.string(), textSchema),
})

// PUT /needs/:code/draft
export { needBodySchema as needBody }
export const saved = z.object({ code: z.string(), version: z.number() })

// POST /needs/reach
export const reachBody = z.strictObject({
  /** The need whose version in force it is set against. */
  code: needCode.optional(),
  rule: ruleSchema,
  products: z.array(servingSchema).max(50),
})
export const reachView = needTrial.extend({
  words: textSchema,
  bySegment: z.array(z.object({ segment: z.string(), name: textSchema, customers: z.number() })),
  lines: z.array(z.object({ proposed: z.number(), products: z.number() })),
  sample: z.array(
    z.object({
      customerId: z.number(),
      name: z.string(),
      segment: textSchema,
      product: z.object({ code: z.string(), name: textSchema }),
    }),
  ),
})

// GET /needs/features
export const needFeatureList = z.object({
  rows: z.array(
    z.object({
      id: z.string(),
      name: textSchema,
      unit: textSchema,
      kind: z.enum(['number', 'choice', 'list', 'date']),
      nullable: z.boolean(),
      /** Factor between what people write and what rules hold: 100 for money (major units) and for shares (per cent). */
      scale: z.number(),
      values: z.array(z.object({ value: z.string(), name: textSchema })),
    }),
  ),
})
