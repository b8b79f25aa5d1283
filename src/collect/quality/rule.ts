/** A quality rule is data: a field, a check from a closed list with its parameters, how bad a failure is, whose it is, what people read. */
import { z } from 'zod'
import { textSchema } from '../../platform/text.ts'
import { isField } from './fields.ts'

const field = z.string().refine(isField, 'no such field')
const day = z.iso.date()

/** The closed list of checks. An empty value fails `filled` alone: the others ask only of what is there. */
export const checkSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('filled'), anyOf: z.array(field).min(1).max(8).optional() }),
  z.object({ kind: z.literal('phone'), type: z.enum(['any', 'mobile', 'landline']).default('any') }),
  z.object({ kind: z.literal('email') }),
  z.object({ kind: z.literal('checksum'), scheme: z.enum(['resident-id', 'credit-code']) }),
  z.object({ kind: z.literal('agrees-with-id'), part: z.enum(['birth_date', 'gender']) }),
  z.object({ kind: z.literal('postcode'), division: z.boolean().default(false) }),
  z.object({ kind: z.literal('age'), min: z.number().min(0).max(150), max: z.number().min(0).max(200) }),
  z.object({ kind: z.literal('date-range'), from: day.optional(), to: day.optional() }),
  z.object({ kind: z.literal('not-before'), other: z.enum(['created_at', 'birth_date', 'updated_at']) }),
  z.object({ kind: z.literal('range'), min: z.number().optional(), max: z.number().optional() }),
  z.object({
    kind: z.literal('length'),
    min: z.number().int().min(0).max(1000).default(0),
    max: z.number().int().min(1).max(10_000),
  }),
  z.object({ kind: z.literal('one-of'), values: z.array(z.string().max(200)).min(1).max(500) }),
  z.object({
    kind: z.literal('pattern'),
    pattern: z.string().min(1).max(500),
    mode: z.enum(['must', 'must-not']).default('must'),
  }),
  z.object({ kind: z.literal('placeholder'), values: z.array(z.string().max(200)).max(200).default([]) }),
  z.object({ kind: z.literal('unique') }),
  z.object({ kind: z.literal('agrees-with-golden') }),
  z.object({ kind: z.literal('fresh'), months: z.number().int().min(1).max(600) }),
])
export type Check = z.infer<typeof checkSchema>
export type CheckKind = Check['kind']

export const DIMENSIONS = ['completeness', 'validity', 'uniqueness', 'consistency', 'freshness'] as const
export type Dimension = (typeof DIMENSIONS)[number]

export const dimensionOf = (kind: CheckKind): Dimension => {
  if (kind === 'filled') return 'completeness'
  if (kind === 'unique') return 'uniqueness'
  if (kind === 'fresh') return 'freshness'
  return kind === 'agrees-with-golden' || kind === 'agrees-with-id' || kind === 'not-before'
    ? 'consistency'
    : 'validity'
}

export const ruleSchema = z.object({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,60}$/, 'small letters, digits and hyphens'),
  field,
  severity: z.enum(['error', 'warning', 'info']),
  /** Who mends what fails: a team or a person's login, never a customer. */
  owner: z.string().trim().max(80).default(''),
  message: textSchema.refine(text => text.en.trim() !== '' && text.zh.trim() !== '', 'both languages are needed'),
  enabled: z.boolean().default(true),
  /** Where the rule applies; everywhere when absent. */
  when: z
    .object({
      kind: z.enum(['person', 'organisation']).optional(),
      filled: field.optional(),
      country: z.string().length(2).optional(),
      sources: z.array(z.string().max(60)).max(50).optional(),
    })
    .default({}),
  check: checkSchema,
})
export type QualityRule = z.infer<typeof ruleSchema>

export const ruleFileSchema = z.object({ rules: z.array(ruleSchema).max(500) })
