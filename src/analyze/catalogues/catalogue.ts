import { z } from 'zod'
import { textSchema } from '../../platform/text.ts'

export const catalogueCode = z.string().regex(/^[A-Z0-9][A-Z0-9-]{0,39}$/)

/** A collection of products around a theme. */
export const catalogueBodySchema = z.strictObject({
  name: textSchema.refine(({ en, zh }) => en.trim() !== '' && zh.trim() !== '', { message: 'both languages' }),
  about: textSchema,
  products: z.array(z.string().min(1).max(80)).min(1).max(500),
})
export type CatalogueBody = z.infer<typeof catalogueBodySchema>

export interface Catalogue extends CatalogueBody {
  code: string
}

export const distributionSettingsSchema = z.strictObject({
  /** How many copies there are of each; null: as many as are wanted. */
  catalogues: z
    .array(z.strictObject({ code: catalogueCode, copies: z.number().int().min(1).max(1e9).nullable() }))
    .min(1)
    .max(60),
  /** Catalogues a customer gets at most. */
  perCustomer: z.number().int().min(1).max(10),
  /** Least taste: 1 is everybody's. */
  leastTaste: z.number().min(1).max(20),
})
export type DistributionSettings = z.infer<typeof distributionSettingsSchema>

export interface DistributionResult {
  customers: number
  /** Customers who get at least one. */
  reached: number
  rows: { code: string; copies: number | null; wanted: number; given: number; taste: number; price: number }[]
  /** Sum of taste above everybody's, the bound no distribution can exceed, and what is between them. */
  value: number
  bound: number
}
