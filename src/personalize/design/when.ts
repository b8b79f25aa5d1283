import { z } from 'zod'
import { type Rule, ruleSchema } from '../../analyze/index.ts'

/** A dotted path of the message's data (`to.name`, `brand.phone`), inside a table of one of its rows. */
export const pathSchema = z.string().regex(/^[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z0-9_]+)*$/, 'not a path like to.name')

/** One comparison over the message's own data; text, number or day as the field has it. */
const value = z.union([z.string().max(200), z.number(), z.boolean()])
export const comparisonSchema = z.discriminatedUnion('op', [
  z.strictObject({ path: pathSchema, op: z.enum(['=', '!=', '<', '<=', '>', '>=']), value }),
  z.strictObject({ path: pathSchema, op: z.literal('in'), value: z.array(value).min(1).max(50) }),
  /** Missing: absent, null, '' or an empty list, as the template's rules for missing data see it. */
  z.strictObject({ path: pathSchema, op: z.enum(['missing', 'known']) }),
])
export type Comparison = z.infer<typeof comparisonSchema>

/**
 * When a block or a few words are shown: by a rule of the very language of segments, evaluated for every customer of a part in
 * one statement, or by comparisons over the data at hand.
 */
export const whenSchema = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('rule'), rule: ruleSchema }),
  z.strictObject({ by: z.literal('data'), all: z.array(comparisonSchema).min(1).max(10) }),
  z.strictObject({ by: z.literal('any'), any: z.array(comparisonSchema).min(1).max(10) }),
])
export type When = { by: 'rule'; rule: Rule } | { by: 'data'; all: Comparison[] } | { by: 'any'; any: Comparison[] }
