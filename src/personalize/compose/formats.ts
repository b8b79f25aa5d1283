import { capitalMoney } from './capital-money.ts'
import { day, grouped, money, month, rocDay } from './format.ts'
import type { Language } from './languages.ts'

/** What formats need to know of the message. */
export interface Formats {
  lang: Language
  currency: string
}

type Format = (value: unknown, of: Formats) => string

const ofNumber =
  (write: (value: number, of: Formats) => string): Format =>
  (value, of) =>
    typeof value === 'number' ? write(value, of) : ''
const ofText =
  (write: (value: string, of: Formats) => string): Format =>
  (value, of) =>
    typeof value === 'string' ? write(value, of) : ''

/** How a value of the data is written; filters of Liquid, and formats of fields and columns. A value of another type writes nothing. */
export const formats = {
  money: ofNumber((value, { currency, lang }) => money(value, currency, lang)),
  capital: ofNumber((value, { currency, lang }) => capitalMoney(value, currency, lang)),
  number: ofNumber(value => grouped(value)),
  day: ofText((value, { lang }) => day(value, lang)),
  roc_day: ofText((value, { lang }) => rocDay(value, lang)),
  month: ofText((value, { lang }) => month(value, lang)),
} satisfies Record<string, Format>
export type FormatName = keyof typeof formats

export const formatNames = Object.keys(formats) as FormatName[]

/** A value as text by the name of a format; without one as it is. */
export function formatValue(
  format: string | undefined,
  value: unknown,
  of: { lang: Language; currency?: unknown },
): string {
  const write = format !== undefined && Object.hasOwn(formats, format) ? formats[format as FormatName] : undefined
  if (write) return write(value, { lang: of.lang, currency: currencyCode(of.currency) })
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}

/** ISO 4217; anything else prints no code: formats and charts write it unescaped. */
export const currencyCode = (value: unknown): string =>
  typeof value === 'string' && /^[A-Z]{3}$/.test(value) ? value : ''
