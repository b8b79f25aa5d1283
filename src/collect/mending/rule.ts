/** How a value is mended, the same way in every row that is chosen. */
import { z } from 'zod'
import { collectErrors } from '../errors.ts'
import { readDate } from '../standardise/date.ts'

export const mendRuleSchema = z.discriminatedUnion('kind', [
  /** Nothing is changed: the source's mapping has been put right, and reads the rows anew. */
  z.object({ kind: z.literal('as-is') }),
  /** Full-width signs become plain ones, spaces are put in order. */
  z.object({ kind: z.literal('trim') }),
  z.object({ kind: z.literal('set'), value: z.string().max(2000) }),
  z.object({
    kind: z.literal('replace'),
    find: z.string().min(1).max(200),
    with: z.string().max(200),
    regex: z.boolean(),
  }),
  z.object({ kind: z.literal('map'), values: z.record(z.string(), z.string().max(2000)) }),
  /** The order in which the dates were written; ROC: 民國 years, 1912 = 1. */
  z.object({ kind: z.literal('date'), order: z.enum(['ymd', 'dmy', 'mdy', 'roc']) }),
])
export type MendRule = z.infer<typeof mendRuleSchema>

export type Mender = (value: string) => string

export function menderOf(rule: MendRule): Mender {
  switch (rule.kind) {
    case 'as-is':
      return value => value
    case 'trim':
      return value => value.normalize('NFKC').replace(/\s+/g, ' ').trim()
    case 'set':
      return () => rule.value
    case 'replace': {
      if (!rule.regex) return value => value.split(rule.find).join(rule.with)
      const pattern = patternOf(rule.find)
      return value => value.replace(pattern, rule.with)
    }
    case 'map': {
      const values = new Map(Object.entries(rule.values))
      return value => values.get(value) ?? values.get(value.trim()) ?? value
    }
    case 'date':
      return value => dateIn(value, rule.order)
  }
}

function patternOf(find: string): RegExp {
  // Repeated groups inside of repeated groups can take for ever on a long value.
  if (/\([^)]*[+*][^)]*\)[+*{]/.test(find))
    throw collectErrors['collect.mend-pattern']({ pattern: find, reason: 'nested repetition' })
  try {
    return new RegExp(find, 'gu')
  } catch (error) {
    throw collectErrors['collect.mend-pattern']({ pattern: find, reason: (error as Error).message }, error)
  }
}

const ROC_EPOCH = 1911

/** Digits in the order given, written as the calendar's date; a date that does not exist is left as it stands. */
function dateIn(value: string, order: 'ymd' | 'dmy' | 'mdy' | 'roc'): string {
  const numbers = value.normalize('NFKC').match(/\d+/g)
  const parts = numbers?.length === 1 ? splitDigits(numbers[0], order) : numbers?.slice(0, 3)
  if (parts?.length !== 3) return value
  const [a, b, c] = parts.map(Number) as [number, number, number]
  const [year, month, day] =
    order === 'dmy' ? [c, b, a] : order === 'mdy' ? [c, a, b] : order === 'roc' ? [a + ROC_EPOCH, b, c] : [a, b, c]
  if (year < 1000 || year > 9999) return value
  const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  return readDate(text).ymd > 0 ? text : value
}

/** 19850703, 03071985, 0740703: no signs between. */
function splitDigits(digits: string, order: string): string[] | undefined {
  if (order === 'roc' && /^\d{6,7}$/.test(digits)) return [digits.slice(0, -4), digits.slice(-4, -2), digits.slice(-2)]
  if (digits.length !== 8) return undefined
  return order === 'ymd'
    ? [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6)]
    : [digits.slice(0, 2), digits.slice(2, 4), digits.slice(4)]
}
