import type { Speech } from '../../../i18n/use-text.ts'
import type { Unit } from './types.ts'

/** A figure as people read it; what cannot be said is a dash. */
export function inUnit(
  value: number | null | undefined,
  unit: Unit,
  currency: string,
  { number, percent, money, t }: Pick<Speech, 'number' | 'percent' | 'money' | 't'>,
): string {
  if (value === null || value === undefined) return '–'
  switch (unit) {
    case 'money':
      return money(value, currency)
    case 'share':
      return percent(value)
    case 'count':
    case 'index':
      return number(Math.round(value))
    case 'times':
    case 'number':
      return number(value, 2)
    case 'months':
      return t('seven.unit-months', { value: number(value, 1) })
    case 'days':
      return t('seven.unit-days', { value: number(value) })
    case 'years':
      return t('seven.unit-years', { value: number(value, 1) })
  }
}

/** The same where there is little room. */
export function inShort(value: number, unit: Unit, currency: string, speech: Speech): string {
  if (unit === 'money') return speech.money(value, currency, { compact: true })
  if (unit === 'count') return speech.compact(value)
  if (unit === 'share') return speech.percent(value, 0)
  return inUnit(value, unit, currency, speech)
}
