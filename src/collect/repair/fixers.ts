/** What a fix makes of one record: the fields that change, or nothing where it cannot help. Values are those of the standardised record. */
import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { isoOf } from '../standardise/date.ts'
import { readEmail } from '../standardise/email.ts'
import { readIdNumber } from '../standardise/id-number.ts'
import { namePinyin } from '../standardise/person-name.ts'
import { readPhone, readPhoneAnywhere } from '../standardise/phone.ts'
import type { CorrectableField } from './corrected.ts'
import type { Fix } from './fix.ts'

export type RecordValues = Record<CorrectableField, string>
export type Changes = Partial<RecordValues>

export function applyFix(fix: Fix, record: RecordValues): Changes | null {
  const changes = change(fix, record)
  if (!changes) return null
  const real = Object.entries(changes).filter(([field, value]) => record[field as CorrectableField] !== value)
  return real.length === 0 ? null : (Object.fromEntries(real) as Changes)
}

function change(fix: Fix, record: RecordValues): Changes | null {
  const before = record[fix.field]
  switch (fix.kind) {
    case 'reformat-phone': {
      const phone = readPhoneAnywhere(before, record.country || 'CN')
      return phone.valid ? { [fix.field]: phone.e164 } : null
    }
    case 'move-phone': {
      const to = fix.field === 'mobile' ? 'landline' : 'mobile'
      const phone = readPhone(before, record.country || 'CN')
      const belongs = fix.field === 'mobile' ? phone.kind !== 'mobile' : phone.kind === 'mobile'
      const free = record[to] === '' || record[to] === before
      return phone.valid && belongs && free ? { [fix.field]: '', [to]: phone.e164 } : null
    }
    case 'country-from-phone': {
      const number = [record.mobile, record.landline, record.mobile2].find(phone => phone.startsWith('+'))
      const country = number ? parsePhoneNumberFromString(number)?.country : undefined
      return country ? { country } : null
    }
    case 'recase-name':
      return recased(fix.field, record)
    case 'tidy-email': {
      const email = tidyEmail(before)
      return email === '' ? null : { email }
    }
    case 'reformat-postcode': {
      const postcode = tidyPostcode(before, record.country)
      return postcode === '' ? null : { postcode }
    }
    case 'birth-date-from-id': {
      const id = readIdNumber(record.id_number)
      return id.verified && id.birth > 0 ? { birth_date: isoOf(id.birth) } : null
    }
    case 'gender-from-id': {
      const id = readIdNumber(record.id_number)
      return id.sex === '' ? null : { gender: id.sex }
    }
    case 'tidy-text': {
      const tidy = before.normalize('NFKC').replace(/\s+/g, ' ').trim()
      return withName(fix.field, tidy, record)
    }
    case 'map-values': {
      const found = fix.map.find(({ from }) => from === before)
      return found ? withName(fix.field, found.to, record) : null
    }
    case 'clear':
      return before === '' ? null : withName(fix.field, '', record)
    case 'set':
      return withName(fix.field, fix.value.trim(), record)
  }
}

/** A name is five columns; what changes it changes them all. */
function withName(field: CorrectableField, value: string, record: RecordValues): Changes {
  if (field !== 'full_name') return { [field]: value }
  if (value === '') return { full_name: '', family_name: '', given_name: '', name_pinyin: '', name_initials: '' }
  const { pinyin, initials } = namePinyin(value, 'person')
  const kept = value.toLowerCase() === record.full_name.toLowerCase()
  return {
    full_name: value,
    ...(kept ? {} : { family_name: '', given_name: '' }),
    name_pinyin: pinyin,
    name_initials: initials,
  }
}

/** Particles that stay small inside of a name. */
const SMALL = new Set([
  'de',
  'da',
  'do',
  'dos',
  'del',
  'della',
  'di',
  'van',
  'von',
  'der',
  'den',
  'la',
  'le',
  'y',
  'und',
  'of',
])

/** SMITH, john o'neil-mcdonald → Smith, John O'Neil-McDonald. Mixed case is somebody's own spelling and stays. */
export function recase(name: string): string {
  const latin = name.replace(/[^\p{Script=Latin}]/gu, '')
  const shouting = latin.length > 1 && latin === latin.toUpperCase()
  const whispering = latin.length > 1 && latin === latin.toLowerCase()
  if (!shouting && !whispering) return name
  return name
    .toLowerCase()
    .replace(/\p{Script=Latin}+/gu, (word, at: number) =>
      at > 0 && SMALL.has(word) ? word : word[0]!.toUpperCase() + word.slice(1),
    )
    .replace(/\bMc(\p{Script=Latin})/gu, (_, letter: string) => `Mc${letter.toUpperCase()}`)
    .replace(/(\p{Script=Latin})'S\b/gu, "$1's")
}

function recased(field: 'full_name' | 'contact_person', record: RecordValues): Changes {
  if (field === 'contact_person') return { contact_person: recase(record.contact_person) }
  return {
    full_name: recase(record.full_name),
    family_name: recase(record.family_name),
    given_name: recase(record.given_name),
  }
}

const DOMAINS: Record<string, string> = {
  'gmial.com': 'gmail.com',
  'gmai.com': 'gmail.com',
  'gmail.co': 'gmail.com',
  'gmail.con': 'gmail.com',
  'gamil.com': 'gmail.com',
  'hotmial.com': 'hotmail.com',
  'hotmail.con': 'hotmail.com',
  'yaho.com': 'yahoo.com',
  'yahoo.con': 'yahoo.com',
  'outlok.com': 'outlook.com',
  'qq.con': 'qq.com',
  'qq.cm': 'qq.com',
  '163.con': '163.com',
  '126.con': '126.com',
}

/** Slips of the hand: spaces, doubled signs, a comma for a dot, a known domain mistyped. '' when it is still no address. */
export function tidyEmail(given: string): string {
  const text = given
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+/g, '')
    .replace(/[,;。，]/g, '.')
    .replace(/@+/g, '@')
    .replace(/\.{2,}/g, '.')
    .replace(/\.?@\.?/g, '@')
    .replace(/^\.|[.>]$/g, '')
  const at = text.lastIndexOf('@')
  const domain = text.slice(at + 1)
  const read = readEmail(text.slice(0, at + 1) + (DOMAINS[domain] ?? domain.replace(/\.con$/, '.com')))
  return read.valid ? read.address : ''
}

/** BSI form of a British postcode (one space before the last three), six digits of a Chinese one. '' when it is none. */
export function tidyPostcode(given: string, country: string): string {
  const text = given
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s.-]+/g, '')
  if (country === 'CN') return /^\d{6}$/.test(text) ? text : ''
  if (country === 'GB') {
    // Letters read as digits where only digits stand: the first of the inward code.
    const inward = text.slice(-3).replace(/^O/, '0').replace(/^I/, '1')
    const whole = `${text.slice(0, -3)} ${inward}`
    return /^[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}$/.test(whole) ? whole : ''
  }
  return text === '' ? '' : given.normalize('NFKC').trim().toUpperCase()
}
