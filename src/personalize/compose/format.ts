import type { Lang } from '../../platform/errors.ts'

/**
 * Money, numbers and dates as a letter writes them. Not `Intl`: its texts change with the ICU that Node brings, and what was
 * once sent must come out the same for years. `prelude.typ` holds the same rules for print; a test compares the two.
 */
const symbols: Record<string, string> = { GBP: '£', CNY: '¥', USD: '$', EUR: '€', HKD: 'HK$', JPY: 'JP¥' }
const digitsOf: Record<string, number> = { JPY: 0 }

export function grouped(whole: number | bigint): string {
  return String(whole).replace(/\B(?=(\d{3})+(?!\d))/g, ',')
}

/** Integer minor units: 123456 GBP is £1,234.56, below zero −£5.00 with a true minus sign. */
export function money(minor: number, currency: string): string {
  const digits = digitsOf[currency] ?? 2
  const text = String(Math.abs(Math.round(minor))).padStart(digits + 1, '0')
  const whole = grouped(BigInt(text.slice(0, text.length - digits)))
  const fraction = digits === 0 ? '' : `.${text.slice(-digits)}`
  return `${minor < 0 ? '−' : ''}${symbols[currency] ?? `${currency} `}${whole}${fraction}`
}

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** '2010-12-01' → 1 December 2010, 2010年12月1日. */
export function day(iso: string, lang: Lang): string {
  const [year = 0, month = 0, date = 0] = iso.split('-').map(Number)
  return lang === 'zh-CN' ? `${year}年${month}月${date}日` : `${date} ${months[month - 1] ?? ''} ${year}`
}

/** '2010-11' → November 2010, 2010年11月. */
export function month(iso: string, lang: Lang): string {
  const [year = 0, number = 0] = iso.split('-').map(Number)
  return lang === 'zh-CN' ? `${year}年${number}月` : `${months[number - 1] ?? ''} ${year}`
}

/** Of a chart's axis: Nov, 11月; January carries its year: 2010年, 2010. */
export function shortMonth(iso: string, lang: Lang): string {
  const [year = 0, number = 0] = iso.split('-').map(Number)
  if (number === 1) return lang === 'zh-CN' ? `${year}年` : `Jan ${String(year % 100).padStart(2, '0')}`
  return lang === 'zh-CN' ? `${number}月` : (months[number - 1] ?? '').slice(0, 3)
}

/** Axis labels: £1.2k, £300; whole pounds. */
export function shortMoney(minor: number, currency: string): string {
  const major = minor / 10 ** (digitsOf[currency] ?? 2)
  const size = Math.abs(major)
  const short = size >= 1e6 ? `${trim(size / 1e6)}M` : size >= 1000 ? `${trim(size / 1000)}k` : trim(size)
  return `${major < 0 ? '−' : ''}${symbols[currency] ?? `${currency} `}${short}`
}

const trim = (value: number): string => String(Math.round(value * 10) / 10)
