/**
 * Calendar dates in the forms people write: 1985-07-03, 19850703, 1985/7/3, 03/07/1985, 3 July 1985, 1985年7月3日,
 * 民國七十四年 as 民國74年7月3日. A date that does not exist (2011-02-30) is refused, never rolled over.
 */
export interface ReadDate {
  /** yyyymmdd as a number, 0 when refused. */
  ymd: number
  /** Day and month could be exchanged (both ≤ 12 and the form does not say). */
  ambiguous: boolean
}

const NONE: ReadDate = { ymd: 0, ambiguous: false }
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

export const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

export function ymdOf(year: number, month: number, day: number): number {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1) return 0
  const last = month === 2 && isLeap(year) ? 29 : (DAYS[month - 1] ?? 0)
  return day > last ? 0 : year * 10000 + month * 100 + day
}

/** A date given in three cells; a year of two digits is of the last hundred years. 0 when it is none. */
export function ymdOfParts(year = '', month = '', day = ''): number {
  const [y, m, d] = [year, month, day].map(text => (/^\s*\d{1,4}\s*$/.test(text) ? Number(text) : 0)) as [
    number,
    number,
    number,
  ]
  const full = y >= 100 ? y : y > 0 ? (y > new Date().getUTCFullYear() % 100 ? 1900 : 2000) + y : 0
  return ymdOf(full, m, d)
}

/** Days since 1970-01-01 of a yyyymmdd number. */
export const dayNumber = (ymd: number): number =>
  Math.round(Date.UTC(Math.floor(ymd / 10000), (Math.floor(ymd / 100) % 100) - 1, ymd % 100) / 86_400_000)

export const isoOf = (ymd: number): string => {
  const text = String(ymd).padStart(8, '0')
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`
}

/**
 * `order` says what 03/07/1985 means where the form itself does not. A strict reader also refuses 07/13/1985 in a file whose
 * dates are day first, where a lenient one takes the only reading that exists.
 */
export function readDate(raw: string, order: 'dmy' | 'mdy' = 'dmy', strict = false): ReadDate {
  let text = raw.trim()
  if (text === '') return NONE
  if (/[^\x20-\x7e]/.test(text)) text = text.normalize('NFKC')
  const year4 =
    /^(\d{4})(?:[-/.年]\s*)(\d{1,2})(?:[-/.月]\s*)(\d{1,2})(?:日|号)?(?:[T\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:Z|[+-]\d{2}(?::?\d{2})?)?)?$/.exec(
      text,
    )
  if (year4) return { ymd: ymdOf(Number(year4[1]), Number(year4[2]), Number(year4[3])), ambiguous: false }
  if (/^\d{8}$/.test(text)) {
    const ymd = ymdOf(Number(text.slice(0, 4)), Number(text.slice(4, 6)), Number(text.slice(6)))
    return { ymd, ambiguous: false }
  }
  const minguo = /^(?:民國|民国)\s*(\d{1,3})[-/.年]\s*(\d{1,2})[-/.月]\s*(\d{1,2})日?$/.exec(text)
  if (minguo) return { ymd: ymdOf(Number(minguo[1]) + 1911, Number(minguo[2]), Number(minguo[3])), ambiguous: false }
  const end = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(text)
  if (end) {
    const a = Number(end[1])
    const b = Number(end[2])
    if (strict)
      return { ymd: order === 'dmy' ? ymdOf(Number(end[3]), b, a) : ymdOf(Number(end[3]), a, b), ambiguous: false }
    const day = a > 12 ? a : b > 12 ? b : order === 'dmy' ? a : b
    const month = a > 12 ? b : b > 12 ? a : order === 'dmy' ? b : a
    return { ymd: ymdOf(Number(end[3]), month, day), ambiguous: a <= 12 && b <= 12 && a !== b }
  }
  const words = /^(?:(\d{1,2})[\s-]+([a-z]{3,9})\.?|([a-z]{3,9})\.?\s+(\d{1,2})),?[\s-]+(\d{4})$/i.exec(text)
  if (words) {
    const month = MONTHS.indexOf((words[2] ?? words[3] ?? '').slice(0, 3).toLowerCase()) + 1
    return { ymd: ymdOf(Number(words[5]), month, Number(words[1] ?? words[4])), ambiguous: false }
  }
  return NONE
}
