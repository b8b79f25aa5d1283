import type { Text } from '../../platform/text.ts'
import { traits } from '../seven-p/traits.ts'

const names = new Map(traits.map(({ id, values }) => [id, values]))

/** How a rule says the code of an answer, as the profiles do; one that nobody named is said as it is. */
export const valueName = (feature: string, value: string): Text =>
  names.get(feature)?.[value] ?? { en: value, zh: value }
