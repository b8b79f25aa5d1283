import type { Lang } from '../errors.ts'
import type { ReportUnit } from './report.ts'

const locales: Record<Lang, string> = { en: 'en-GB', 'zh-CN': 'zh-CN' }
const units: Record<Lang, Partial<Record<ReportUnit, string>>> = {
  en: { days: ' days', months: ' months', years: ' years', times: '×' },
  'zh-CN': { days: ' 天', months: ' 个月', years: ' 岁', times: ' 倍' },
}
const digits: Record<ReportUnit, number> = {
  text: 0,
  month: 0,
  count: 0,
  number: 2,
  money: 2,
  share: 1,
  days: 0,
  months: 1,
  years: 1,
  index: 0,
  times: 2,
}

/** Intl objects cost some 50 µs each to make; a report asks for thousands of cells. */
const memo = new Map<string, Intl.NumberFormat>()
function formatter(lang: Lang, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = lang + JSON.stringify(options)
  const format = memo.get(key) ?? new Intl.NumberFormat(locales[lang], options)
  memo.set(key, format)
  return format
}

/** A cell as people read it; what cannot be said is a dash. */
export function writeCell(
  value: string | number | null,
  unit: ReportUnit,
  { lang, currency }: { lang: Lang; currency: string },
): string {
  if (value === null) return '–'
  if (typeof value === 'string') return value
  const places = { minimumFractionDigits: digits[unit], maximumFractionDigits: digits[unit] }
  if (unit === 'money')
    return formatter(lang, { style: 'currency', currency, currencyDisplay: 'narrowSymbol', ...places }).format(
      value / 100,
    )
  if (unit === 'share') return formatter(lang, { style: 'percent', ...places }).format(value)
  return formatter(lang, places).format(value) + (units[lang][unit] ?? '')
}

/** The same as a plain number for machines: money in major units, shares of 1. */
export const plainNumber = (value: number, unit: ReportUnit): number => (unit === 'money' ? value / 100 : value)
