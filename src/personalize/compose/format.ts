import { isChinese, type Language } from './languages.ts'

/**
 * Money, numbers and dates as a letter writes them. Not `Intl`: its texts change with the ICU that Node brings, and what was
 * once sent must come out the same for years. `prelude.typ` holds the same rules for print; a test compares the two.
 */
const symbols: Record<string, string> = {
  GBP: '£',
  CNY: '¥',
  USD: '$',
  EUR: '€',
  HKD: 'HK$',
  JPY: 'JP¥',
  TWD: 'NT$',
  SGD: 'S$',
}
/** In Taiwan ¥ and $ alone are not read as ours: 人民幣 and 美元 say whose they are. */
const symbolsInTaiwan: Record<string, string> = { CNY: 'CN¥', USD: 'US$' }
const digitsOf: Record<string, number> = { JPY: 0, KRW: 0 }

/** Minor units that make one of the currency: 100 pence, 1 yen. */
export const unitOf = (currency: string): number => 10 ** (digitsOf[currency] ?? 2)

const symbolOf = (currency: string, lang?: Language): string =>
  (lang === 'zh-TW' ? symbolsInTaiwan[currency] : undefined) ?? symbols[currency] ?? `${currency} `

export function grouped(whole: number | bigint): string {
  return String(whole).replace(/\B(?=(\d{3})+(?!\d))/g, ',')
}

/** Integer minor units: 123456 GBP is £1,234.56, below zero −£5.00 with a true minus sign. */
export function money(minor: number, currency: string, lang?: Language): string {
  const digits = digitsOf[currency] ?? 2
  const text = String(Math.abs(Math.round(minor))).padStart(digits + 1, '0')
  const whole = grouped(BigInt(text.slice(0, text.length - digits)))
  const fraction = digits === 0 ? '' : `.${text.slice(-digits)}`
  return `${minor < 0 ? '−' : ''}${symbolOf(currency, lang)}${whole}${fraction}`
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
export function day(iso: string, lang: Language): string {
  const [year = 0, month = 0, date = 0] = iso.split('-').map(Number)
  return isChinese(lang) ? `${year}年${month}月${date}日` : `${date} ${months[month - 1] ?? ''} ${year}`
}

/** In Taiwan's calendar, whose year 1 is 1912: 民國99年12月1日. Other languages have no such date and write their own. */
export function rocDay(iso: string, lang: Language): string {
  const [year = 0, month = 0, date = 0] = iso.split('-').map(Number)
  return lang === 'zh-TW' && year > 1911 ? `民國${year - 1911}年${month}月${date}日` : day(iso, lang)
}

/** '2010-11' → November 2010, 2010年11月. */
export function month(iso: string, lang: Language): string {
  const [year = 0, number = 0] = iso.split('-').map(Number)
  return isChinese(lang) ? `${year}年${number}月` : `${months[number - 1] ?? ''} ${year}`
}

/** Of a chart's axis: Nov, 11月; January carries its year: 2010年, 2010. */
export function shortMonth(iso: string, lang: Language): string {
  const [year = 0, number = 0] = iso.split('-').map(Number)
  if (number === 1) return isChinese(lang) ? `${year}年` : `Jan ${String(year % 100).padStart(2, '0')}`
  return isChinese(lang) ? `${number}月` : (months[number - 1] ?? '').slice(0, 3)
}

/** Axis labels: £1.2k, £300; whole pounds. */
export const shortMoney = (minor: number, currency: string, lang?: Language): string =>
  `${minor < 0 ? '−' : ''}${symbolOf(currency, lang)}${shortNumber(Math.abs(minor) / unitOf(currency))}`

/** Of a usage chart's axis: 1.2k, 300. */
export function shortNumber(value: number): string {
  const size = Math.abs(value)
  const short = size >= 1e6 ? `${trim(size / 1e6)}M` : size >= 1000 ? `${trim(size / 1000)}k` : trim(size)
  return `${value < 0 ? '−' : ''}${short}`
}

/** Of a usage chart's axis: 3 Nov, 11/3. */
export function shortDay(iso: string, lang: Language): string {
  const [, month = 0, date = 0] = iso.split('-').map(Number)
  return isChinese(lang) ? `${month}/${date}` : `${date} ${(months[month - 1] ?? '').slice(0, 3)}`
}

const trim = (value: number): string => String(Math.round(value * 10) / 10)
