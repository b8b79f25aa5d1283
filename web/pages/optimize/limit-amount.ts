import type { Speech } from '../../i18n/use-text.ts'

/** An amount of a limit with its unit; money is kept in minor units. */
export const limitAmount = (
  { money, number, term }: Pick<Speech, 'money' | 'number' | 'term'>,
  unit: string,
  currency: string,
  value: number,
): string => (unit === 'money' ? money(value, currency) : `${number(value)} ${term('unit', unit)}`.trim())
