import { z } from 'zod'
import { dayNumber } from './dates.ts'

/**
 * A rule as people write it: conditions that must all hold, or several such lists of which one must hold. A condition on a
 * feature that is not known (null) does not hold, `missing` excepted.
 */
const number = z.number().refine(Number.isFinite)
/** Of a date feature: 2010-12-01. Written so, days compare as text does. */
const day = z.string().refine(written => dayNumber(written) !== undefined, 'not a day: write it as 2010-12-01')
export const conditionSchema = z.discriminatedUnion('op', [
  z.strictObject({ feature: z.string(), op: z.enum(['<', '<=', '>', '>=']), value: z.union([number, day]) }),
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
