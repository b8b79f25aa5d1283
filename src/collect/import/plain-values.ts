/**
 * SQL expressions that standardise values in their usual form to exactly what the readers in standardise/ make of them, and say of
 * every other form that they do not know it. A value costs 0.1 µs here and 1 µs there.
 */
import { FIXED } from '../standardise/instant.ts'
import { MOBILE } from '../standardise/phone.ts'

/** Said instead of a value whose form is not known here. */
export const UNKNOWN = '?'

const literal = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`
const matches = (sql: string, pattern: RegExp | string): string =>
  `match(${sql}, ${literal(typeof pattern === 'string' ? pattern : pattern.source)})`

/** Signs that Unicode's NFKC leaves alone and that join with no neighbour: ASCII, Latin-1 letters, unified Chinese characters. */
const SIGN = '[!-~À-ÖØ-öø-ÿ·—、。\\x{4E00}-\\x{9FFF}]'
const TEXTS = `^(?:${SIGN}+(?: ${SIGN}+)*|\\n)*$`

/** All the texts are clean already: no sign that has another form, no blanks but single ones between words. */
export const cleanTexts = (cells: readonly string[]): string =>
  cells.length === 0
    ? '1'
    : matches(cells.length === 1 ? cells[0]! : `concatWithSeparator('\\n', ${cells.join(', ')})`, TEXTS)

export const isAscii = (sql: string): string => `length(${sql}) = lengthUTF8(${sql})`
export const isCode = (sql: string): string => matches(sql, /^[0-9A-Za-z_-]*$/)
export const isLettersAndDigits = (sql: string): string => matches(sql, /^[0-9A-Za-z]*$/)
export const isKey = (sql: string): string => matches(sql, /^[!-~]+$/)
export const isWhole = (sql: string): string => matches(sql, /^(?:-?\d{1,9})?$/)
export const isEmail = (sql: string): string =>
  matches(sql, /^(?:[0-9A-Za-z][0-9A-Za-z._%+-]*@[0-9A-Za-z.-]*[0-9A-Za-z])?$/)

/** A Chinese mobile as E.164, '' for none. */
export const mobile = (sql: string, country: string): string => {
  const digits = `replaceAll(replaceAll(${sql}, ' ', ''), '-', '')`
  return `multiIf(${sql} = '', '',
    ${country} = 'CN' AND ${matches(sql, MOBILE)}, concat('+86', ${sql}),
    ${matches(sql, MOBILE.source.replace('^', '^\\+86'))}, ${sql},
    ${country} = 'CN' AND ${matches(sql, /^1\d\d[ -]?\d{4}[ -]?\d{4}$/)} AND ${matches(digits, MOBILE)}, concat('+86', ${digits}),
    '${UNKNOWN}')`
}

/** A Chinese landline as E.164; those of Peking (010) look like mobiles to the reader and are left to it. */
export const landline = (sql: string, country: string): string => {
  const digits = `replaceOne(${sql}, '-', '')`
  return `multiIf(${sql} = '', '',
    ${country} = 'CN' AND ${matches(sql, /^\d+-?\d+$/)} AND ${matches(digits, /^0(?:2[0-57-9]|[3-9]\d{2})[2-8]\d{6,7}$/)},
      concat('+86', substring(${digits}, 2)), '${UNKNOWN}')`
}

/** yyyy-mm-dd from 1900 up to now; a day that does not exist is written differently when it is written out again. */
export const date = (sql: string): string => `if(length(${sql}) = 10, toDate32OrNull(${sql}), NULL)`
export const isDate = (sql: string): string =>
  `(${sql} = '' OR (ifNull(toString(${date(sql)}), '') = ${sql} AND toInt64(assumeNotNull(${date(sql)})) * 86400 <= {now:Int64}))`

const whole = (sql: string): string => `if(length(${sql}) = 10, concat(${sql}, ' 00:00:00'), ${sql})`
const parsed = (sql: string): string => `if(length(${sql}) IN (10, 19), toDateTimeOrNull(${whole(sql)}, 'UTC'), NULL)`

/** yyyy-mm-dd, alone or with hh:mm:ss, in a zone whose offset does not change. */
export const instant = (sql: string, zone: string): string => `${parsed(sql)} - ${FIXED[zone] ?? 0}`
export const isInstant = (sql: string, zone: string): string =>
  FIXED[zone] === undefined
    ? `${sql} = ''`
    : `(${sql} = '' OR (ifNull(toString(${parsed(sql)}), '') = ${whole(sql)} AND toUInt32(assumeNotNull(${parsed(sql)})) >= 86400
        AND toInt64(toUInt32(assumeNotNull(${parsed(sql)}))) - ${FIXED[zone]} <= {now:Int64}))`
