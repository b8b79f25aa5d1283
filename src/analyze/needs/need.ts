import { z } from 'zod'
import { textSchema } from '../../platform/text.ts'
import { ruleSchema } from '../segments/rule.ts'

/** What serves a need: one product, or whatever sells best of a category and the customer has not. */
export const servingSchema = z
  .strictObject({
    product: z.string().min(1).max(80).optional(),
    category: z.string().min(1).max(80).optional(),
    /** How well it serves, 0 – 1: the order of proposals. */
    weight: z.number().gt(0).max(1),
    /** Why, as staff may say it. */
    reason: textSchema,
  })
  .refine(({ product, category }) => (product === undefined) !== (category === undefined), {
    message: 'either product or category',
  })

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)

/** A need: whoever the rule describes is likely to have it, whether or not anybody ever bought what serves it. */
export const needBodySchema = z.strictObject({
  name: textSchema.refine(({ en, zh }) => en.trim() !== '' && zh.trim() !== '', { message: 'both languages' }),
  /** What the need is and how it was found. */
  about: textSchema,
  rule: ruleSchema,
  products: z.array(servingSchema).min(1).max(50),
  /** Holds from this day on (null: always did) and before that one (null: for good). */
  validFrom: day.nullable(),
  validTo: day.nullable(),
})

export const needCode = z.string().regex(/^[A-Z0-9][A-Z0-9-]{0,39}$/)

export type Serving = z.infer<typeof servingSchema>
export type NeedBody = z.infer<typeof needBodySchema>

export interface Need extends NeedBody {
  code: string
  version: number
}

/** As next_products names the rule behind a proposal. */
export const ruleId = ({ code, version }: Pick<Need, 'code' | 'version'>): string => `${code}@${version}`

export function fromRuleId(id: string): { code: string; version: number } {
  const at = id.lastIndexOf('@')
  return { code: id.slice(0, at), version: Number(id.slice(at + 1)) }
}
