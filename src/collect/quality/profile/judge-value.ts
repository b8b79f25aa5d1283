/** Whether a value of a file can be what its column says it is, by the readers that import uses. */
import type { Role } from '../../match/roles.ts'
import { readDate } from '../../standardise/date.ts'
import { readEmail } from '../../standardise/email.ts'
import { readGender } from '../../standardise/gender.ts'
import { readIdNumber } from '../../standardise/id-number.ts'
import { readPhone, readPhoneAnywhere } from '../../standardise/phone.ts'
import { PLACEHOLDERS } from '../placeholders.ts'

export type Fault = 'placeholder' | 'form' | 'checksum' | 'range'

const MADE_UP = new Set(PLACEHOLDERS)
const REPEATED = /^\D*(?:86)?\D*(?:1?(\d)\1{5,}|1[3-9]\d0{8})$/

/** Values of several kinds that nobody means: n/a, test@test.com, 13800000000. */
export function isPlaceholder(value: string, role: Role): boolean {
  const text = value.normalize('NFKC').trim().toLowerCase()
  if (role === 'postcode' || role === 'account') return ['n/a', 'na', 'none', 'null', '-', '无'].includes(text)
  if (MADE_UP.has(text)) return true
  if (role !== 'phone') return false
  return REPEATED.test(text) || MADE_UP.has(readPhone(text).e164)
}

const CURRENT_YEAR = new Date().getUTCFullYear()

/** '' when the value is right, or when its role has no form that could be wrong. */
export function faultOf(value: string, role: Role, country: string): Fault | '' {
  if (isPlaceholder(value, role)) return 'placeholder'
  switch (role) {
    case 'email':
      return readEmail(value).valid ? '' : 'form'
    case 'phone':
      return readPhoneAnywhere(value, country).valid ? '' : 'form'
    case 'birth-date': {
      const { ymd } = readDate(value)
      if (ymd === 0) return 'form'
      const year = Math.floor(ymd / 10_000)
      return year < CURRENT_YEAR - 120 || year > CURRENT_YEAR ? 'range' : ''
    }
    case 'id-number': {
      const id = readIdNumber(value)
      return (id.kind === 'resident' || id.kind === 'credit-code') && !id.verified ? 'checksum' : ''
    }
    case 'tax-code': {
      const code = readIdNumber(value)
      return code.kind === 'credit-code' && code.verified ? '' : 'checksum'
    }
    case 'gender':
      return readGender(value) === '' ? 'form' : ''
    case 'postcode': {
      const text = value.normalize('NFKC').trim()
      const digits = /^\d{4,6}$|^\d{5}-\d{4}$/.test(text)
      return digits || /^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$/i.test(text) ? '' : 'form'
    }
    case 'full-name':
    case 'surname':
    case 'given-name':
      return /\p{L}/u.test(value) && !/\d|[@#$%^*_=<>{}|~]/.test(value) ? '' : 'form'
    default:
      return ''
  }
}

/** Roles whose values have a form that can be wrong; of the others only made-up values count. */
export const HAS_FORM: ReadonlySet<Role> = new Set<Role>([
  'email',
  'phone',
  'birth-date',
  'id-number',
  'tax-code',
  'gender',
  'postcode',
  'full-name',
  'surname',
  'given-name',
])
