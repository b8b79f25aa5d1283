import type { Text } from '../../platform/text.ts'

/**
 * What leaving means where no contract ends: the customer has bought before, and buys nothing in the `days` after the date.
 * Where contracts end, the end is a fact and the label comes from it: another definition, the same trainer.
 */
export interface ChurnDefinition {
  days: number
}

/** Half a year: in the sample company four of five gaps between purchases are shorter. */
export const defaultDefinition: ChurnDefinition = { days: 180 }

export const inWords = ({ days }: ChurnDefinition): Text => ({
  en: `bought before, and nothing in the ${days} days after the date`,
  zh: `曾购买过，且在日期之后的 ${days} 天内没有任何购买`,
})
