/**
 * Telephone numbers to E.164. Chinese forms (mobile with or without +86/0086/86, landline with area code, full-width
 * digits, spaces) take a fast path of string tests; everything else goes to libphonenumber (about 10 µs a number).
 */
import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min'

export interface Phone {
  /** E.164, '' when it cannot be a telephone number. */
  e164: string
  valid: boolean
  kind: 'mobile' | 'landline' | 'other' | 'none'
}

const NONE: Phone = { e164: '', valid: false, kind: 'none' }
const FULL_WIDTH = /[\uff0b\uff0d\uff08\uff09\uff10-\uff19\u3000]/g
const narrow = (text: string): string =>
  text.replace(FULL_WIDTH, c => (c === '\u3000' ? ' ' : String.fromCharCode(c.charCodeAt(0) - 0xfee0)))

// Ranges in use (MIIT numbering plan): 13x, 14[5-9], 15x but 154, 16[2567], 17[0-8], 18x, 19x.
export const MOBILE = /^1(?:3\d|4[5-9]|5[0-35-9]|6[2567]|7[0-8]|8\d|9[0-35-9])\d{8}$/
const LANDLINE = /^0(?:10|2[0-57-9]|[3-9]\d{2})[2-8]\d{6,7}$/

/** `country` is where a number without a country code is taken to be. */
export function readPhone(raw: string, country = 'CN'): Phone {
  let text = raw.trim()
  if (text === '') return NONE
  if (/[\uff00-\uffef\u3000]/.test(text)) text = narrow(text).trim()
  text = text.replace(/(?:ext|转|x)\.?\s*\d+$/i, '')
  const digits = text.replace(/\D/g, '')
  if (digits.length < 5 || digits.length > 17) return NONE
  const national = digits.replace(/^(?:00)?86(?=1\d{10}$|0?[2-9]\d{8,10}$)/, '')
  const says86 = national !== digits
  const foreign = text.startsWith('+') && !says86
  if (!foreign && (says86 || country === 'CN')) {
    if (MOBILE.test(national)) return { e164: `+86${national}`, valid: true, kind: 'mobile' }
    const withZero = national.startsWith('0') ? national : `0${national}`
    if (LANDLINE.test(withZero)) return { e164: `+86${withZero.slice(1)}`, valid: true, kind: 'landline' }
  }
  const international = digits.startsWith('00') ? `+${digits.slice(2)}` : text
  const parsed = parsePhoneNumberFromString(international, country as CountryCode)
  if (!parsed) return { e164: digits.length >= 7 ? digits : '', valid: false, kind: 'none' }
  // The library's short metadata takes any area code for Chinese; beyond the forms above only 400 and 800 numbers exist.
  const valid = parsed.number.startsWith('+86') ? /^\+86[48]00\d{7}$/.test(parsed.number) : parsed.isValid()
  return { e164: parsed.number, valid, kind: valid ? kindOf(parsed.number) : 'none' }
}

/** Tried where the country was only assumed. */
const ELSEWHERE = ['GB', 'HK', 'TW', 'US'] as const

/** As `readPhone`, but a number that is none in the assumed country is looked for elsewhere (07700 900123 is British). */
export function readPhoneAnywhere(raw: string, assumed: string): Phone {
  const here = readPhone(raw, assumed)
  if (here.valid || here.e164 === '' || /^\s*(\+|00)/.test(raw)) return here
  // Ofcom gives 07 and nine digits to mobiles; no Chinese landline has that form with a local part from 0 or 1.
  if (/^07\d{9}$/.test(raw.replace(/\D/g, ''))) return { ...readPhone(raw, 'GB'), valid: true, kind: 'mobile' }
  for (const country of ELSEWHERE) {
    const there = readPhone(raw, country)
    if (there.valid && there.kind === 'mobile') return there
  }
  return here
}

const kindOf = (e164: string): Phone['kind'] =>
  e164.startsWith('+447') || e164.startsWith('+861') ? 'mobile' : 'other'
