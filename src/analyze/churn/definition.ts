import { z } from 'zod'
import type { Text } from '../../platform/text.ts'

const days = z.number().int().min(14).max(730)
const eventTypes = z
  .array(z.string().regex(/^[a-z][a-z0-9-]{0,40}$/))
  .min(1)
  .max(20)

/** What leaving means. Both kinds speak of the `days` after the date. */
export const churnDefinitionSchema = z.discriminatedUnion('kind', [
  /** Where no contract ends: the customer has bought before and buys nothing. */
  z.strictObject({ kind: z.literal('silence'), days }),
  /** Where contracts end, the end is a fact: more of them began than ended before the date, and none is left at the end. */
  z.strictObject({ kind: z.literal('contract'), days, starts: eventTypes, ends: eventTypes }),
])
export type ChurnDefinition = z.infer<typeof churnDefinitionSchema>

/** Half a year: in the sample company four of five gaps between purchases are shorter. */
export const defaultDefinition: ChurnDefinition = { kind: 'silence', days: 180 }

/** Events that begin and end a contract where nobody named others. */
export const usualContractEvents = {
  starts: ['contract-started'],
  ends: ['contract-ended', 'contract-cancelled'],
}

export const sameDefinition = (a: ChurnDefinition, b: ChurnDefinition): boolean =>
  JSON.stringify(churnDefinitionSchema.parse(a)) === JSON.stringify(churnDefinitionSchema.parse(b))

export const inWords = (definition: ChurnDefinition): Text =>
  definition.kind === 'silence'
    ? {
        en: `bought before, and nothing in the ${definition.days} days after the date`,
        zh: `曾购买过，且在日期之后的 ${definition.days} 天内没有任何购买`,
      }
    : {
        en: `had a contract on the date, and none ${definition.days} days after it (${definition.ends.join(', ')})`,
        zh: `日期当天有有效合同，${definition.days} 天后已无合同（${definition.ends.join('、')}）`,
      }
