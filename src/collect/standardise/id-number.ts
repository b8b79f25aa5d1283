/**
 * Identity numbers. A Chinese resident id (GB 11643-1999) carries a date, a division and a check digit (ISO 7064 MOD
 * 11-2): only one that passes all is "verified" and may keep two people apart. Unified social credit codes (GB 32100)
 * are checked the same way for organisations. Other numbers are compared as they are, never verified.
 */
import { ymdOf } from './date.ts'

export interface IdNumber {
  /** Upper case, letters and digits only. */
  number: string
  kind: 'resident' | 'credit-code' | 'other' | 'none'
  verified: boolean
  /** yyyymmdd inside a resident id, else 0. */
  birth: number
  /** 'm' | 'f' inside a verified resident id, else ''. */
  sex: 'm' | 'f' | ''
}

const NONE: IdNumber = { number: '', kind: 'none', verified: false, birth: 0, sex: '' }
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECK = '10X98765432'
const CREDIT = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const CREDIT_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
const PROVINCES = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 91'.split(
    ' ',
  ),
)

export function residentCheckDigit(seventeen: string): string {
  let sum = 0
  for (let i = 0; i < 17; i++) sum += (seventeen.charCodeAt(i) - 48) * (WEIGHTS[i] ?? 0)
  return CHECK[sum % 11] ?? ''
}

export function creditCheckDigit(seventeen: string): string {
  let sum = 0
  for (let i = 0; i < 17; i++) {
    const value = CREDIT.indexOf(seventeen[i] ?? '')
    if (value < 0) return ''
    sum += value * (CREDIT_WEIGHTS[i] ?? 0)
  }
  return CREDIT[(31 - (sum % 31)) % 31] ?? ''
}

/** A resident number of the fifteen digits given out before 1999 as the eighteen it became; any other as it is. */
export function presentNumber(number: string): string {
  if (!/^\d{15}$/.test(number) || !PROVINCES.has(number.slice(0, 2))) return number
  const birth = ymdOf(1900 + Number(number.slice(6, 8)), Number(number.slice(8, 10)), Number(number.slice(10, 12)))
  if (birth === 0) return number
  const seventeen = `${number.slice(0, 6)}19${number.slice(6)}`
  return seventeen + residentCheckDigit(seventeen)
}

export function readIdNumber(raw: string): IdNumber {
  const number = raw
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z\p{Script=Han}]/gu, '')
  if (number === '') return NONE
  if (/^\d{17}[\dX]$/.test(number)) {
    const birth = ymdOf(Number(number.slice(6, 10)), Number(number.slice(10, 12)), Number(number.slice(12, 14)))
    const verified = birth >= 18800101 && PROVINCES.has(number.slice(0, 2)) && residentCheckDigit(number) === number[17]
    const sex = verified ? (Number(number[16]) % 2 === 1 ? 'm' : 'f') : ''
    if (verified || birth > 0 || creditCheckDigit(number) !== number[17])
      return { number, kind: 'resident', verified, birth, sex }
  }
  if (/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(number)) {
    return { number, kind: 'credit-code', verified: creditCheckDigit(number) === number[17], birth: 0, sex: '' }
  }
  return { number, kind: 'other', verified: false, birth: 0, sex: '' }
}
