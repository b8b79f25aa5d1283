import type { Lang } from './lang.ts'

/** Numbers, money and times as the reader's language writes them. */
export interface Format {
  number(value: number, digits?: number): string
  /** 12 345 → 12.3K / 1.2万; for pictures, where there is little room. */
  compact(value: number): string
  percent(value: number, digits?: number): string
  /** How far a plan is from its bound; what is below a thousandth of a per cent says so. */
  gap(value: number): string
  /** Minor units. Pennies are left out from 1,000 pounds on, or when told. */
  money(minor: number, currency: string, options?: { pennies?: boolean; sign?: boolean; compact?: boolean }): string
  /** A day of business (as-of, invoice): the same in every zone, so read as UTC. */
  day(iso: string): string
  month(iso: string): string
  /** An instant, in the zone of the person who looks. */
  instant(iso: string): string
  /** An instant in a list, as short as tells: today the hour, this year the day, else the year too. */
  lately(iso: string, now?: Date): string
  seconds(value: number): string
  bytes(value: number): string
}

const locales: Record<Lang, string> = { en: 'en-GB', 'zh-CN': 'zh-CN' }

/** Intl objects cost some 50 µs each to make; a table asks for thousands. */
const memo = new Map<string, Intl.NumberFormat>()
function numbers(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = locale + JSON.stringify(options)
  let format = memo.get(key)
  if (!format) {
    format = new Intl.NumberFormat(locale, options)
    memo.set(key, format)
  }
  return format
}

export function formatIn(lang: Lang): Format {
  const locale = locales[lang]
  const [minute, second] = lang === 'zh-CN' ? ['分', '秒'] : ['min', 's']
  const days = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', year: 'numeric', month: 'short', day: 'numeric' })
  const months = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', year: 'numeric', month: 'short' })
  const instants = new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  const hours = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const dates = new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric' })
  const years = new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'short', day: 'numeric' })
  const number = (value: number, digits = 0): string =>
    numbers(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value)
  const percent = (value: number, digits = 1): string =>
    numbers(locale, { style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value)
  return {
    number,
    percent,
    gap: value => (value <= 1e-9 ? percent(0, 0) : value < 1e-5 ? `< ${percent(1e-5, 3)}` : percent(value, 3)),
    compact: value => numbers(locale, { notation: 'compact', maximumFractionDigits: 1 }).format(value),
    money(minor, currency, options = {}) {
      const pennies = options.pennies ?? Math.abs(minor) < 100_000
      const digits = options.compact ? 1 : pennies ? 2 : 0
      return numbers(locale, {
        style: 'currency',
        currency,
        currencyDisplay: 'narrowSymbol',
        minimumFractionDigits: options.compact ? 0 : digits,
        maximumFractionDigits: digits,
        ...(options.compact ? { notation: 'compact' as const } : {}),
        ...(options.sign ? { signDisplay: 'exceptZero' as const } : {}),
      }).format(minor / 100)
    },
    day: iso => whenValid(iso, date => days.format(date)),
    month: iso => whenValid(iso, date => months.format(date)),
    instant: iso => whenValid(iso, date => instants.format(date)),
    lately: (iso, now = new Date()) =>
      whenValid(iso, date =>
        (date.toDateString() === now.toDateString()
          ? hours
          : date.getFullYear() === now.getFullYear()
            ? dates
            : years
        ).format(date),
      ),
    seconds: value =>
      value < 60
        ? `${number(value, value < 10 ? 1 : 0)} ${second}`
        : `${Math.floor(Math.round(value) / 60)} ${minute} ${String(Math.round(value) % 60).padStart(2, '0')} ${second}`,
    bytes: value =>
      value < 1024
        ? `${value} B`
        : value < 1048576
          ? `${number(value / 1024, 1)} KB`
          : `${number(value / 1048576, 1)} MB`,
  }
}

function whenValid(iso: string, show: (date: Date) => string): string {
  // ClickHouse writes `2010-12-01 08:26:00`, always UTC.
  const text = /^\d{4}-\d\d-\d\d \d\d:\d\d/.test(iso)
    ? `${iso.replace(' ', 'T')}${/Z|[+-]\d\d:?\d\d$/.test(iso) ? '' : 'Z'}`
    : iso
  const date = new Date(text)
  return Number.isNaN(date.getTime()) ? iso : show(date)
}
