import { z } from 'zod'
import { textSchema } from '../../platform/text.ts'
import { catalogueBodySchema, catalogueCode, distributionSettingsSchema } from './catalogue.ts'

const product = z.object({ code: z.string(), name: textSchema })

// GET /catalogues
export const catalogueList = z.object({
  rows: z.array(
    z.object({
      code: catalogueCode,
      name: textSchema,
      about: textSchema,
      source: z.enum(['hand', 'suggested']),
      products: z.number(),
      /** The first few. */
      some: z.array(product),
    }),
  ),
  retired: z.array(z.object({ code: catalogueCode, name: textSchema })),
})
// GET, PUT /catalogues/:code
export const catalogueView = catalogueBodySchema.extend({
  code: catalogueCode,
  source: z.enum(['hand', 'suggested']),
  names: z.record(z.string(), textSchema),
})
export const catalogueSave = catalogueBodySchema.extend({ source: z.enum(['hand', 'suggested']).default('hand') })

// GET /catalogues/suggestions
export const suggestionList = z.object({
  rows: z.array(
    z.object({
      name: textSchema,
      about: textSchema,
      cohesion: z.number(),
      products: z.array(product.extend({ category: z.string() })),
    }),
  ),
})

// POST /catalogues/distributions, GET /catalogues/distributions/newest
export { distributionSettingsSchema as distributionBody }
export const distributionView = z.object({
  id: z.number().nullable(),
  asOf: z.string().nullable(),
  state: z.enum(['none', 'running', 'done', 'failed']),
  settings: distributionSettingsSchema.nullable(),
  result: z
    .object({
      customers: z.number(),
      reached: z.number(),
      value: z.number(),
      bound: z.number(),
      rows: z.array(
        z.object({
          code: z.string(),
          copies: z.number().nullable(),
          wanted: z.number(),
          given: z.number(),
          taste: z.number(),
          price: z.number(),
        }),
      ),
    })
    .nullable(),
})

// GET /catalogues/:code/recipients
export const recipientList = z.object({
  distribution: z.number(),
  total: z.number(),
  rows: z.array(z.object({ customerId: z.number(), name: z.string(), taste: z.number(), because: z.array(product) })),
})
