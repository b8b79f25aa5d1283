/** Values of suppression lists in the form in which two of them are the same, and their SHA-256. */

import { sha256Of } from '../../../platform/sha256.ts'
import { readEmail } from '../../standardise/email.ts'
import { readPhoneAnywhere } from '../../standardise/phone.ts'

/**
 * `phone` is hashed as E.164 with its plus sign; partners' lists of hashes also come of the digits alone, or as the number is
 * dialled at home (`phone-national`).
 */
export const KEY_KINDS = [
  'phone',
  'phone-digits',
  'phone-national',
  'email',
  'id',
  'account',
  'address',
  'customer',
] as const
export type KeyKind = (typeof KEY_KINDS)[number]

export const isKeyKind = (kind: string): kind is KeyKind => (KEY_KINDS as readonly string[]).includes(kind)

const CN_MOBILE = /^1[3-9]\d{9}$/
const E164 = /^\+[1-9]\d{6,14}$/

/** E.164. A list of a million numbers is mostly plain ones: those need no parser (1 µs instead of 10). */
const phone = (value: string): string => {
  if (CN_MOBILE.test(value)) return `+86${value}`
  if (E164.test(value)) return value
  const read = readPhoneAnywhere(value, 'CN')
  return read.valid ? read.e164 : ''
}

/** A postal address: street and postcode, letters and digits only. */
const bare = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s.,;:#'"()/|，。、（）·-]+/g, '')

const READERS: Record<KeyKind, (value: string) => string> = {
  phone,
  'phone-digits': value => phone(value).replace('+', ''),
  'phone-national': value => phone(value).replace(/^\+(86|44)/, ''),
  email: value => {
    const read = readEmail(value)
    return read.valid ? read.address : ''
  },
  id: value => value.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase(),
  account: value => value.normalize('NFKC').trim(),
  address: bare,
  customer: value => (/^[1-9]\d{0,15}$/.test(value) ? value : ''),
}

/** The key of a value, '' when it cannot be one. A hashed list gives the hash itself. */
export function keyOf(kind: KeyKind, raw: string, hashed: boolean): string {
  const value = raw.trim()
  if (hashed) return /^[0-9a-fA-F]{64}$/.test(value) ? value.toLowerCase() : ''
  const read = value === '' ? '' : READERS[kind](value)
  return read === '' ? '' : sha256Of(read)
}

const BARE = `replaceRegexpAll(lower(text), '[\\\\s.,;:#\\'"()/|，。、（）·-]+', '')`
const hex = (value: string): string => `lower(hex(SHA256(${value})))`

/** The same keys in SQL over a golden record: a list of (kind, key). */
export const KEYS_SQL = `
  arrayConcat(
    arrayFlatten(arrayMap(number -> [
      ('phone', ${hex('number')}), ('phone-digits', ${hex("replaceOne(number, '+', '')")}),
      ('phone-national', ${hex("replaceRegexpOne(number, '^\\\\+(86|44)', '')")})],
      arrayFilter(number -> number != '', [mobile, landline]))),
    if(email = '', [], [('email', ${hex('email')})]),
    if(id_number = '', [], [('id', ${hex('upper(id_number)')})]),
    arrayMap(account -> ('account', ${hex('account')}), accounts),
    if(street = '', [], arrayMap(text -> ('address', ${hex(BARE)}), [concat(street, postcode)])),
    [('customer', ${hex('toString(customer_id)')})])`
