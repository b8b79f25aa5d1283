/**
 * A cell's number as a person sees it in the sheet: dates as dates, leading zeros kept where the format shows them, never an
 * exponent, and no digits beyond the fifteenth of a fraction (Excel shows 15; 1.1 is stored as 1.1000000000000001).
 */
export interface Style {
  date: boolean
  /** Digits that the format fills up with zeros: 000000 → 6. */
  zeros: number
}

/** Built-in formats that are dates or times (ECMA-376 18.8.30, with those of East Asia). */
const isDateId = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)

export function styleOf(id: number, code: string | undefined): Style {
  if (code === undefined) return { date: isDateId(id), zeros: 0 }
  const first = code.replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, '').split(';')[0] ?? ''
  const date = !/general/i.test(first) && /[ymdhs年月日]/i.test(first)
  return { date, zeros: /^0+$/.test(code) ? code.length : 0 }
}

/** 1.38001380002E10 → 13800138000, digit by digit. */
function plain(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d{1,3}))?$/i.exec(text) ?? []
  const shift = Number(exponent)
  const digits = whole + fraction
  const point = whole.length + shift
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0')
  const at = Math.max(1, point)
  const left = padded.slice(0, at).replace(/^0+(?=\d)/, '')
  const right = padded.slice(at).replace(/0+$/, '')
  return (sign === '-' ? '-' : '') + left + (right === '' ? '' : `.${right}`)
}

const EXACT = 15

export function shownNumber(text: string, { zeros }: Style): string {
  let number = plain(text)
  const digits = number.replace(/[-.]/g, '').replace(/^0+/, '')
  if (number.includes('.') && digits.length > EXACT) number = plain(Number(number).toPrecision(EXACT))
  return zeros > 0 && /^\d+$/.test(number) ? number.padStart(zeros, '0') : number
}

const two = (value: number): string => String(value).padStart(2, '0')

/** A day number of Excel as text; day 60 of the 1900 system is 29 February 1900, which never was: it is told as it is shown. */
export function shownDate(text: string, from1904: boolean): string {
  const serial = Number(text)
  const milliseconds = Math.round(serial * 86_400_000)
  if (!Number.isFinite(serial) || serial < 0 || serial > 2_958_466) return plain(text)
  const day = Math.floor(milliseconds / 86_400_000)
  const rest = milliseconds % 86_400_000
  const seconds = Math.floor(rest / 1000)
  const fraction = rest % 1000 === 0 ? '' : `.${String(rest % 1000).padStart(3, '0')}`
  const time = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}${fraction}`
  if (day === 0 && !from1904) return time
  const since1970 = from1904 ? day - 24_107 : day > 60 ? day - 25_569 : day - 25_568
  const date = !from1904 && day === 60 ? '1900-02-29' : new Date(since1970 * 86_400_000).toISOString().slice(0, 10)
  return rest === 0 ? date : `${date} ${time}`
}
