/** Ways to repair, a closed list: each is data, so that it can be previewed, approved by somebody else, carried out and undone. */
import { z } from 'zod'
import { CORRECTABLE } from './corrected.ts'

const field = z.enum(CORRECTABLE)
const text = z.string().max(500)

export const fixSchema = z.discriminatedUnion('kind', [
  /** A number read again, in the country of its record and where else its form fits. */
  z.object({ kind: z.literal('reformat-phone'), field: z.enum(['mobile', 'mobile2', 'landline']) }),
  /** A landline among the mobiles, or the other way round, goes where it belongs if there is room. */
  z.object({ kind: z.literal('move-phone'), field: z.enum(['mobile', 'landline']) }),
  z.object({ kind: z.literal('country-from-phone'), field: z.literal('country') }),
  z.object({ kind: z.literal('recase-name'), field: z.enum(['full_name', 'contact_person']) }),
  z.object({ kind: z.literal('tidy-email'), field: z.literal('email') }),
  z.object({ kind: z.literal('reformat-postcode'), field: z.literal('postcode') }),
  z.object({ kind: z.literal('birth-date-from-id'), field: z.literal('birth_date') }),
  z.object({ kind: z.literal('gender-from-id'), field: z.literal('gender') }),
  z.object({ kind: z.literal('tidy-text'), field }),
  z.object({
    kind: z.literal('map-values'),
    field,
    map: z
      .array(z.object({ from: text, to: text }))
      .min(1)
      .max(500),
  }),
  z.object({ kind: z.literal('clear'), field }),
  /** Somebody knows better: stands beside the record's own value, as the steward's. */
  z.object({ kind: z.literal('set'), field, value: text.min(1) }),
])
export type Fix = z.infer<typeof fixSchema>
export type FixKind = Fix['kind']

/** What is repaired: the rows that fail a rule, in one source or all, or rows picked one by one. */
export const targetSchema = z.object({
  rule: z.string().max(80).optional(),
  source: z.string().max(60).optional(),
  rows: z
    .array(z.object({ source: z.string().max(60), rowKey: z.string().max(500) }))
    .min(1)
    .max(5000)
    .optional(),
})
export type Target = z.infer<typeof targetSchema>
