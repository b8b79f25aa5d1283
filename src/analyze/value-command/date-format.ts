import { commandErrors } from './errors.ts'

/** The order of a date's parts, and how many digits each has where nothing stands between them. */
export interface DateOrder {
  order: 'ymd' | 'dmy' | 'mdy'
  yearDigits: 2 | 4
}

/**
 * `YYYY-MM-DD`, `DD/MM/YYYY`, `YYYYMMDD`, `%d.%m.%y` …: only the order of year, month and day and the digits of the year are
 * taken from it; what separates them, and a time after them, may be anything.
 */
export function parseDateFormat(format: string): DateOrder {
  const plain = format.replaceAll('%Y', 'YYYY').replaceAll('%y', 'YY').replaceAll('%m', 'MM').replaceAll('%d', 'DD')
  const date = plain.replace(/(%H|HH?|hh?|T).*$/, '')
  const parts = [...date.matchAll(/y+|m+|d+/gi)].map(match => match[0].toUpperCase())
  const order = parts.map(part => part[0]!.toLowerCase()).join('')
  const year = parts.find(part => part.startsWith('Y'))?.length
  if ((order !== 'ymd' && order !== 'dmy' && order !== 'mdy') || (year !== 2 && year !== 4))
    throw commandErrors['value.bad-option']({
      option: 'date-format',
      value: format,
      expected: 'YYYY-MM-DD, YYYYMMDD, DD/MM/YYYY, MM/DD/YYYY, %d.%m.%y …',
    })
  return { order, yearDigits: year }
}

/** Day number since 1970-01-01 of a date of the calendar, or `NOT_A_DATE`. */
export function dayNumber(year: number, month: number, day: number): number {
  if (month < 1 || month > 12 || day < 1 || day > 31 || year < 1 || year > 9999) return NOT_A_DATE
  if (day > 28 && day > daysIn(year, month)) return NOT_A_DATE
  // Days before the month, counting years from March (Richards 2013, Julian day algorithm, shifted to 1970).
  const y = month > 2 ? year : year - 1
  const m = (month + 9) % 12
  return (
    365 * y +
    Math.floor(y / 4) -
    Math.floor(y / 100) +
    Math.floor(y / 400) +
    Math.floor((153 * m + 2) / 5) +
    day -
    719_469
  )
}

export const NOT_A_DATE = -2_147_483_648

const daysIn = (year: number, month: number): number =>
  month === 2
    ? year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
      ? 29
      : 28
    : month === 4 || month === 6 || month === 9 || month === 11
      ? 30
      : 31

/** `2011-02-28` of a day number. */
export const isoDate = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10)

/** A date given as an option, in ISO form. */
export function isoDay(option: string, value: string): number {
  const match = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(value)
  const day = match ? dayNumber(Number(match[1]), Number(match[2]), Number(match[3])) : NOT_A_DATE
  if (day === NOT_A_DATE) throw commandErrors['value.bad-option']({ option, value, expected: 'YYYY-MM-DD' })
  return day
}
