/**
 * What a customer tells us of themselves: checked and standardised where it comes in, kept as an event, believed before any
 * source when the next turn builds the golden records.
 */
import type { App } from '../../platform/app.ts'
import { collectErrors } from '../errors.ts'
import { readCountry } from '../standardise/country.ts'
import { isoOf, readDate } from '../standardise/date.ts'
import { readEmail } from '../standardise/email.ts'
import { readGender } from '../standardise/gender.ts'
import { readIdNumber } from '../standardise/id-number.ts'
import { readLanguage } from '../standardise/language.ts'
import { namePinyin, readFullName } from '../standardise/person-name.ts'
import { readPhoneAnywhere } from '../standardise/phone.ts'
import { hasHan } from '../standardise/text.ts'

type Reader = (value: string) => string

const refuse = (field: string, value: string, reason: string): never => {
  throw collectErrors['collect.answer-bad']({ field, value: value.slice(0, 60), reason })
}

const phone =
  (field: string): Reader =>
  value => {
    const read = readPhoneAnywhere(value, 'CN')
    return read.valid ? read.e164 : refuse(field, value, 'not a telephone number')
  }

const text: Reader = value => value.normalize('NFKC').replace(/\s+/g, ' ').trim().slice(0, 200)

/** Fields a customer can answer, each with its reader; an empty value takes nothing away. */
const READERS: Record<string, Reader> = {
  mobile: phone('mobile'),
  landline: phone('landline'),
  email: value => {
    const read = readEmail(value)
    return read.valid ? read.address : refuse('email', value, 'not an e-mail address')
  },
  birth_date: value => {
    const { ymd } = readDate(value)
    return ymd > 19000101 ? isoOf(ymd) : refuse('birth_date', value, 'not a date that exists')
  },
  id_number: value => {
    const read = readIdNumber(value)
    return read.kind === 'resident' && !read.verified
      ? refuse('id_number', value, 'the check digit is wrong')
      : read.number
  },
  gender: value => readGender(value) || refuse('gender', value, 'neither m nor f'),
  language: value => readLanguage(value) || refuse('language', value, 'none of zh-CN, zh-TW, en'),
  contact_person: text,
  name: text,
  street: text,
  district: text,
  city: text,
  province: text,
  postcode: value => text(value).toUpperCase(),
  country: value => readCountry(value),
}

export const ANSWERABLE = Object.keys(READERS)
const ADDRESS = ['street', 'district', 'city', 'province', 'country', 'postcode'] as const

/** Standardised fields, as the golden record takes them up. Throws for an unknown field or a value that cannot be. */
export async function readAnswer(
  app: App,
  customerId: number,
  given: Record<string, string>,
): Promise<Record<string, string>> {
  const fields: Record<string, string> = {}
  for (const [field, value] of Object.entries(given)) {
    const read = READERS[field]
    if (!read) throw collectErrors['collect.field-unknown']({ field })
    if (value.trim() !== '') fields[field] = read(value.trim())
  }
  if (fields['name'] !== undefined) Object.assign(fields, nameFields(fields['name']))
  delete fields['name']
  if (ADDRESS.some(part => fields[part] !== undefined)) return { ...(await knownAddress(app, customerId)), ...fields }
  return fields
}

function nameFields(name: string): Record<string, string> {
  const { surnameHan, givenHan } = hasHan(name) ? readFullName(name) : { surnameHan: '', givenHan: '' }
  const { pinyin, initials } = namePinyin(name, 'person')
  return {
    full_name: name,
    family_name: surnameHan,
    given_name: givenHan,
    name_pinyin: pinyin,
    name_initials: initials,
  }
}

/** An address survives as a whole, so the parts that were not answered are those we know. */
async function knownAddress(app: App, customerId: number): Promise<Record<string, string>> {
  const runId = await app.runs.latest('identity')
  if (runId === null) return {}
  const [row] = await app.facts.query<Record<string, string>>(
    `SELECT ${ADDRESS.join(', ')} FROM golden_records WHERE run_id = {run_id:UInt64} AND customer_id = {id:UInt64}`,
    { run_id: runId, id: customerId },
  )
  return row ?? {}
}
