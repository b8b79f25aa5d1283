import { z } from 'zod'

/**
 * A rule as people write it: conditions that must all hold, or several such lists of which one must hold. A condition on a
 * feature that is not known (null) does not hold, `missing` excepted.
 */
const number = z.number().refine(Number.isFinite)
export const conditionSchema = z.discriminatedUnion('op', [
  z.strictObject({ feature: z.string(), op: z.enum(['<', '<=', '>', '>=']), value: number }),
  z.strictObject({ feature: z.string(), op: z.enum(['=', '!=']), value: z.union([number, z.string()]) }),
  z.strictObject({ feature: z.string(), op: z.literal('in'), value: z.array(z.union([number, z.string()])).min(1) }),
  z.strictObject({ feature: z.string(), op: z.enum(['includes', 'excludes']), value: z.string() }),
  z.strictObject({ feature: z.string(), op: z.enum(['missing', 'known']) }),
])
const allSchema = z.strictObject({ all: z.array(conditionSchema) })
export const ruleSchema = z.union([allSchema, z.strictObject({ any: z.array(allSchema).min(1) })])

export type Condition = z.infer<typeof conditionSchema>
export type Rule = z.infer<typeof ruleSchema>

/** The lists of conditions of which one must hold. */
export const alternatives = (rule: Rule): readonly (readonly Condition[])[] =>
  'any' in rule ? rule.any.map(part => part.all) : [rule.all]
