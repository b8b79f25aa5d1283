import { type DateOrder, dayNumber, NOT_A_DATE } from './date-format.ts'

/**
 * Reads dates from bytes. Year first, or eight digits in a row, needs no format. Where the year stands last, day and month are
 * told apart by the whole column: until then such a date is kept as its three numbers (`packed`), and `resolve` turns it into a day.
 */
export class DateReader {
  /** Of the dates with the year last: how many cannot be month first, and how many cannot be day first. */
  private dayFirst = 0
  private monthFirst = 0
  private open = 0
  private readonly fixed: DateOrder | undefined
  private readonly groups = new Int32Array(3)
  private readonly widths = new Int32Array(3)

  constructor(fixed?: DateOrder) {
    this.fixed = fixed
  }

  /** A day number, or a packed date (see `isPacked`), or `NOT_A_DATE`. */
  read(bytes: Uint8Array, from: number, to: number): number {
    const { groups, widths } = this
    let count = 0
    let i = from
    while (i < to && count < 3) {
      const digit = bytes[i]! - 48
      if (digit < 0 || digit > 9) {
        // A sign between parts is fine; a letter before the date is complete can only be a month's name.
        if (bytes[i]! > 57 && bytes[i]! < 128 && count < 3) return this.fixed ? NOT_A_DATE : namedMonth(bytes, from, to)
        i++
        continue
      }
      let value = 0
      const start = i
      for (; i < to; i++) {
        const next = bytes[i]! - 48
        if (next < 0 || next > 9) break
        value = value * 10 + next
        if (i - start > 13) return NOT_A_DATE
      }
      groups[count] = value
      widths[count++] = i - start
      if (count === 1 && (i - start === 8 || i - start === 6)) return this.together(value, i - start)
      if (count === 1 && i - start >= 10) return this.fixed ? NOT_A_DATE : stamp(value, i - start)
    }
    if (count < 3) return NOT_A_DATE
    return this.apart()
  }

  private together(value: number, digits: number): number {
    const order = this.fixed?.order ?? 'ymd'
    const yearDigits = this.fixed?.yearDigits ?? 4
    if (digits !== yearDigits + 4) return NOT_A_DATE
    const century = yearDigits === 4 ? 10_000 : 100
    if (order === 'ymd') return this.day(Math.floor(value / 10_000), Math.floor(value / 100) % 100, value % 100)
    const year = value % century
    const first = Math.floor(value / century / 100)
    const second = Math.floor(value / century) % 100
    return order === 'dmy' ? this.day(year, second, first) : this.day(year, first, second)
  }

  private apart(): number {
    const [a, b, c] = [this.groups[0]!, this.groups[1]!, this.groups[2]!]
    if (this.fixed) {
      const { order, yearDigits } = this.fixed
      if (this.widths[order === 'ymd' ? 0 : 2] !== yearDigits) return NOT_A_DATE
      if (order === 'ymd') return this.day(a, b, c)
      return order === 'dmy' ? this.day(c, b, a) : this.day(c, a, b)
    }
    if (this.widths[0] === 4) return dayNumber(a, b, c)
    if (this.widths[2] !== 4 || a > 31 || b > 31 || c < 1 || (a > 12 && b > 12)) return NOT_A_DATE
    if (a > 12) this.dayFirst++
    else if (b > 12) this.monthFirst++
    else if (a !== b) this.open++
    return PACKED + (c * 32 + a) * 32 + b
  }

  private day(year: number, month: number, day: number): number {
    return dayNumber(this.fixed?.yearDigits === 2 ? (year < 69 ? 2000 : 1900) + year : year, month, day)
  }

  /** How the packed dates are to be read; undefined when they can be read either way, or some only one and some the other. */
  order(): 'dmy' | 'mdy' | undefined {
    if (this.dayFirst > 0) return this.monthFirst > 0 ? undefined : 'dmy'
    return this.monthFirst > 0 ? 'mdy' : this.open > 0 ? undefined : 'dmy'
  }
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const decoder = new TextDecoder()

/** `15 Jan 2020`, `15-Jan-2020`, `Jan 15, 2020`, `Wed, 15 January 2020 10:11`. */
function namedMonth(bytes: Uint8Array, from: number, to: number): number {
  const text = decoder.decode(bytes.subarray(from, to)).trim()
  const day = /^(?:[A-Za-z]{3,9},?\s+)?(\d{1,2})[\s./-]*([A-Za-z]{3,9})[\s.,/-]*(\d{4})(?!\d)/.exec(text)
  const month = /^(?:[A-Za-z]{3,9},?\s+)?([A-Za-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})(?!\d)/.exec(text)
  const [d, name, y] = day ? [day[1], day[2], day[3]] : month ? [month[2], month[1], month[3]] : []
  const place = MONTHS.indexOf((name ?? '').slice(0, 3).toLowerCase())
  return place < 0 ? NOT_A_DATE : dayNumber(Number(y), place + 1, Number(d))
}

/** Digits in a row: a date with its time (YYYYMMDDhhmm, …ss), or seconds or milliseconds since 1970. */
function stamp(value: number, digits: number): number {
  if (digits === 14 || digits === 12) {
    const date = Math.floor(value / 10 ** (digits - 8))
    return dayNumber(Math.floor(date / 10_000), Math.floor(date / 100) % 100, date % 100)
  }
  if (digits === 10) return Math.floor(value / 86_400)
  return digits === 13 ? Math.floor(value / 86_400_000) : NOT_A_DATE
}

/** Beyond any day of the calendar (year 9999 is day 2.9 M). */
const PACKED = 1 << 24

export const isPacked = (value: number): boolean => value >= PACKED

export function resolve(packed: number, order: 'dmy' | 'mdy'): number {
  const [year, a, b] = [(packed - PACKED) >> 10, ((packed - PACKED) >> 5) & 31, (packed - PACKED) & 31]
  return order === 'dmy' ? dayNumber(year, b, a) : dayNumber(year, a, b)
}

/** As the file wrote it, nearly. */
export const packedText = (packed: number): string =>
  `${((packed - PACKED) >> 5) & 31}/${(packed - PACKED) & 31}/${(packed - PACKED) >> 10}`
