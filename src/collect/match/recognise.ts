/**
 * Which column is which: by its header, and where the header says nothing by its values. A column of labels (cluster, entity,
 * truth), of row numbers or of what is the same for all is no evidence of who somebody is and is ignored; any other column
 * says something of a person and is compared as what it is made of: a name, text, a sentence, a number.
 */
import { readDate } from '../standardise/date.ts'
import { readEmail } from '../standardise/email.ts'
import { readGender } from '../standardise/gender.ts'
import { readIdNumber } from '../standardise/id-number.ts'
import { looksLikeOrganisation } from '../standardise/organisation.ts'
import { readPhone } from '../standardise/phone.ts'
import { COMPOUND_SURNAMES, isSurname } from '../standardise/surnames.ts'
import { foldText, hasHan, simplify } from '../standardise/text.ts'
import { looksLikeKey, roleOfHeader } from './headers.ts'
import { readKind } from './organisations.ts'
import type { Role } from './roles.ts'

/** At least this share of the filled values must read as the kind for the values alone to decide. */
const SHARE = 0.8

export interface ColumnStats {
  records: number
  /** Distinct values, '' aside. */
  distinct: number
}

const shareOf = (values: string[], test: (value: string) => boolean): number =>
  values.length === 0 ? 0 : values.filter(test).length / values.length

const isNumber = (value: string): boolean => /^[\d.,\s+-]*$/.test(value)
const isHanName = (value: string): boolean => {
  const name = simplify(value.trim())
  return /^\p{Script=Han}{2,4}$/u.test(name) && (isSurname(name[0]!) || COMPOUND_SURNAMES.has(name.slice(0, 2)))
}
const isBirth = (value: string): boolean => {
  const year = Math.floor(Math.max(readDate(value).ymd, readDate(value, 'mdy').ymd) / 10000)
  return year >= (/^\d{8}$/.test(value) ? 1850 : 1500) && year <= 2100
}

/** Rows in the order of the column: a running number, a sorted key. */
const isSorted = (values: string[]): boolean => {
  const numbers = values.map(Number)
  return values.length > 20 && numbers.every((value, i) => i === 0 || value >= numbers[i - 1]!)
}

/** The first column of many files numbers the rows, under whatever name. */
const isNumbering = (values: string[], { records, distinct }: ColumnStats): boolean =>
  distinct === records && shareOf(values, value => /^[\p{L}_-]{0,6}\d{1,9}$/u.test(value)) === 1

function byValues(values: string[], { records, distinct }: ColumnStats): Role {
  if (values.length === 0 || distinct < 2) return 'ignore'
  const share = (test: (value: string) => boolean): number => shareOf(values, test)
  if (share(value => readEmail(value).valid) >= SHARE) return 'email'
  if (share(value => readIdNumber(value).kind === 'resident') >= SHARE) return 'id-number'
  if (share(isBirth) >= SHARE) return 'birth-date'
  // Half of the phones at least must be said in a way that only phones are.
  if (share(value => readPhone(value).valid) >= SHARE) return 'phone'
  if (share(value => readGender(value) !== '') >= SHARE && distinct <= 6) return 'gender'
  if (share(isHanName) >= SHARE) return 'full-name'
  // Agreed or not, active or not: says what was done with a customer, not who it is.
  if (
    distinct <= 4 &&
    share(value => /^(yes|no|y|n|true|false|0|1|是|否|同意|拒绝|有|无)$/i.test(value.trim())) >= SHARE
  )
    return 'ignore'
  const filled = Math.max(values.length, Math.round((values.length / Math.max(1, values.length)) * records))
  const likeKey = records > 20 && distinct >= 0.98 * filled
  if (share(isNumber) >= SHARE)
    return likeKey || isSorted(values) || share(value => /[.,]/.test(value)) > 0.5 ? 'ignore' : 'number'
  const long = share(value => (hasHan(value) ? value.length > 12 : value.trim().split(/\s+/).length >= 4)) > 0.5
  if (long) return 'words'
  return likeKey && share(value => /\d/.test(value) && !/\s/.test(value)) >= SHARE ? 'ignore' : 'text'
}

/** Signs by which titles, shops and restaurants are told from people. */
const NO_PERSON = /\d|[&/:!?+]|'s\b|\b(the|of|and|on|at|by|for|in|restaurant|cafe|bar|hotel|inn|club|shop|store)\b/

/** A column of "names" may hold people, organisations, or titles of anything. */
function kindOfNames(values: string[]): Role {
  const organisations = shareOf(values, looksLikeOrganisation)
  if (organisations > 0.5) return 'organisation'
  return shareOf(values, value => NO_PERSON.test(foldText(value))) > 0.15 && organisations < 0.1 ? 'words' : 'full-name'
}

const NAMES: ReadonlySet<Role> = new Set(['full-name', 'given-name', 'surname'])

/** The role of each header; `sample` gives some values of the column, spread over the file. */
export function recogniseColumns(
  headers: string[],
  sample: (column: number) => string[],
  stats?: (column: number) => ColumnStats,
): Role[] {
  const roles = headers.map((header, column): Role => {
    const all = sample(column)
    const values = all.filter(value => value.trim() !== '')
    const known = stats?.(column) ?? { records: all.length, distinct: new Set(values).size }
    const role = roleOfHeader(header)
    if (role === 'full-name') return kindOfNames(values)
    if (role !== undefined) return confirmed(role, values)
    if (looksLikeKey(header) || (column === 0 && isNumbering(values, known))) return 'ignore'
    return byValues(values, known)
  })
  // Values that look like names are taken for them only where no header names a name.
  const named = headers.some((header, c) => NAMES.has(roles[c]!) && roleOfHeader(header) !== undefined)
  const birth = headers.some((header, c) => roles[c] === 'birth-date' && roleOfHeader(header) !== undefined)
  return roles.map((role, c) => {
    if (roleOfHeader(headers[c]!) !== undefined) return role
    if (role === 'full-name' && named) return 'text'
    return role === 'birth-date' && birth ? 'number' : role
  })
}

/** A header may promise what the values do not hold. */
function confirmed(role: Role, values: string[]): Role {
  if (values.length < 5) return role
  if (role === 'phone' && shareOf(values, value => value.replace(/\D/g, '').length >= 5) < 0.3) return 'text'
  if (role === 'email' && shareOf(values, value => value.includes('@')) < 0.3) return 'text'
  if (
    role === 'birth-date' &&
    shareOf(values, value => readDate(value).ymd > 0 || readDate(value, 'mdy').ymd > 0) < 0.3
  ) {
    return shareOf(values, value => /^\d{4}$/.test(value)) > 0.5 ? 'birth-year' : 'number'
  }
  if (role === 'kind' && shareOf(values, value => readKind(value) > 0) < 0.5) return 'text'
  if (role === 'gender' && shareOf(values, value => readGender(value) !== '') < 0.5) return 'text'
  return role
}
