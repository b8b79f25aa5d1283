/**
 * Rows about people and organisations: read from staging in column batches, every typed value parsed by a function that
 * refuses, the standardised values written beside. The raw row is joined back in the engine and never passes through here.
 */
import type { ColumnData } from '../../platform/stores/facts/index.ts'
import { CHANNELS, type Mapping } from '../mapping.ts'
import { ADDRESS_FIELDS, CONTACT_FIELDS, NAME_FIELDS, NUMBER_FIELDS } from '../person-fields.ts'
import { readCountry } from '../standardise/country.ts'
import { dayNumber, readDate } from '../standardise/date.ts'
import { readEmail } from '../standardise/email.ts'
import { readGender } from '../standardise/gender.ts'
import { readIdNumber } from '../standardise/id-number.ts'
import { readInstant } from '../standardise/instant.ts'
import { readLanguage } from '../standardise/language.ts'
import { looksLikeOrganisation } from '../standardise/organisation.ts'
import { namePinyin, readFullName, writtenParts } from '../standardise/person-name.ts'
import { readPhone, readPhoneAnywhere } from '../standardise/phone.ts'
import { foldText, hasHan } from '../standardise/text.ts'
import { readYesNo } from '../standardise/yes-no.ts'
import type { Rule } from './rules.ts'

const TEXT_FIELDS = [
  'row_key',
  'kind',
  ...NAME_FIELDS,
  'gender',
  ...NUMBER_FIELDS,
  ...CONTACT_FIELDS,
  ...ADDRESS_FIELDS,
  'account_no',
  'language',
  'name_pinyin',
  'name_initials',
] as const
type TextField = (typeof TEXT_FIELDS)[number]

/** Columns of the parsed rows and of the consent statements in them. */
const REPEATED: readonly string[] = ['kind', 'gender', 'country', 'province', 'city', 'district', 'language']
export const PARSED_PEOPLE = {
  row_no: 'UInt64',
  ...Object.fromEntries(
    TEXT_FIELDS.map(field => [field, REPEATED.includes(field) ? 'LowCardinality(String)' : 'String']),
  ),
  birth_date: 'Nullable(Date32)',
  updated_at: "Nullable(DateTime('UTC'))",
  created_at: "Nullable(DateTime('UTC'))",
  // Of rows that the engine parsed: yes (1), no (0) or nothing (-1) by channel, on their way to the consent statements.
  consents_said: 'Array(Int8)',
  consent_at: "DateTime('UTC')",
}
export const PARSED_CONSENTS = {
  row_no: 'UInt64',
  row_key: 'String',
  channel: 'LowCardinality(String)',
  granted: 'UInt8',
  at: "DateTime('UTC')",
  wording: 'String',
}

export const parsedPeople = (importId: number): string => `staging_${importId}_people`
export const parsedNames = (importId: number): string => `staging_${importId}_names`
export const parsedConsents = (importId: number): string => `staging_${importId}_consents`

const clean = (raw: string): string =>
  /[^\x20-\x7e]|^ | $| {2}/.test(raw) ? raw.normalize('NFKC').replace(/\s+/g, ' ').trim() : raw

/** One batch of consent statements as columns. */
interface ConsentColumns {
  row_no: number[]
  row_key: string[]
  channel: string[]
  granted: number[]
  at: number[]
  wording: string[]
}

export class PeopleBatch {
  readonly text = Object.fromEntries(TEXT_FIELDS.map(field => [field, [] as string[]])) as Record<TextField, string[]>
  readonly rowNo: number[] = []
  readonly birth: (number | null)[] = []
  readonly updated: (number | null)[] = []
  readonly created: (number | null)[] = []
  readonly consents: ConsentColumns = { row_no: [], row_key: [], channel: [], granted: [], at: [], wording: [] }

  columns(): Record<string, ColumnData> {
    const out: Record<string, ColumnData> = { row_no: { type: 'UInt64', values: this.rowNo } }
    for (const field of TEXT_FIELDS) out[field] = { type: 'String', values: this.text[field] }
    out['birth_date'] = { type: 'Nullable(Date32)', values: this.birth }
    out['updated_at'] = { type: "Nullable(DateTime('UTC'))", values: this.updated }
    out['created_at'] = { type: "Nullable(DateTime('UTC'))", values: this.created }
    return out
  }

  consentColumns(): Record<string, ColumnData> {
    return {
      row_no: { type: 'UInt64', values: this.consents.row_no },
      row_key: { type: 'String', values: this.consents.row_key },
      channel: { type: 'String', values: this.consents.channel },
      granted: { type: 'UInt8', values: this.consents.granted },
      at: { type: "DateTime('UTC')", values: this.consents.at },
      wording: { type: 'String', values: this.consents.wording },
    }
  }
}

/** A value that cannot be what its column says: the row goes to the quarantine. */
export class Refused extends Error {
  readonly field: string
  readonly rule: Rule
  readonly value: string

  constructor(field: string, rule: Rule, value: string) {
    super(rule)
    this.field = field
    this.rule = rule
    this.value = value
  }
}

export interface Names {
  kind: string
  full: string
  family: string
  given: string
  pinyin: string
  initials: string
}

/** Values that come back again and again (a city, yes or no) are read once: half of the time of a row went there. */
function remembered<T>(read: (raw: string) => T): (raw: string) => T {
  const known = new Map<string, T>()
  return raw => {
    let value = known.get(raw)
    if (value === undefined) {
      value = read(raw)
      if (known.size < 4096) known.set(raw, value)
    }
    return value
  }
}

const cleanPlace = remembered(clean)
export const countryOf = remembered((raw: string) => readCountry(clean(raw)))
export const genderOf = remembered(readGender)
export const languageOf = remembered(readLanguage)
export const yesNo = remembered(readYesNo)
const kindSaid = remembered(foldText)

/** Names remembered; beyond that they are taken apart anew. */
const MOST_KNOWN = 200_000

function takenApart(full: string, kind: 'person' | 'organisation'): Omit<Names, 'kind'> {
  if (kind === 'organisation') return { full, family: '', given: '', ...namePinyin(full, kind) }
  if (!hasHan(full)) return { full, ...writtenParts(full), ...namePinyin(full, kind) }
  const read = readFullName(full)
  const { surnameHan, givenHan } = read
  // 志强潘 becomes 潘志强; the raw row keeps the order in which it was written.
  const turned = givenHan + surnameHan === full
  const written = turned ? surnameHan + givenHan : full
  return { full: written, family: surnameHan, given: givenHan, ...namePinyin(full, kind, read) }
}

export class PeopleReader {
  private readonly mapping: Mapping
  /** Latest instant a fact may have: the clock, with a day for zones. */
  readonly now: number
  private readonly numbers: string[]
  private readonly known = new Map<string, Omit<Names, 'kind'>>()

  constructor(mapping: Mapping, now = Date.now() / 1000 + 86_400) {
    this.mapping = mapping
    this.now = now
    this.numbers = mapping.columns.map(column => column.field).filter(field => field.startsWith('number:'))
  }

  /** Parses one row; `get` gives the raw value of a field, '' when the file does not have it. */
  read(rowNo: number, get: (field: string) => string, out: PeopleBatch): void {
    const key = clean(get('row_key'))
    if (key === '') throw new Refused('row_key', 'missing', '')
    const name = this.names(get)
    const said = countryOf(get('country'))
    const country = said || this.mapping.country
    const phone = (field: string) => this.phone(get(field), country, said === '')
    const birth = this.date('birth_date', get)
    const updated = this.instant('updated_at', get)
    const created = this.instant('created_at', get)
    const mail = get('email')
    const email = mail.trim() === '' ? '' : readEmail(mail).address || foldText(mail)
    const idNumber = readIdNumber(get('id_number')).number
    const orgCode = readIdNumber(get('org_code')).number
    const inEmail =
      email !== '' && !email.includes('@') && get('mobile').trim() === '' ? readPhone(email, country) : null
    // A telephone number in the e-mail column is moved to where it belongs; the raw row keeps what was written.
    const misplaced = inEmail?.valid === true
    const { mobile, mobile2, landline } = placePhones(
      misplaced ? inEmail.e164 : phone('mobile'),
      phone('mobile2'),
      phone('landline'),
    )
    const account = clean(get('account_no')).replace(/\.0$/, '')
    if (![name.full, email, idNumber, orgCode, mobile, landline, account].some(Boolean))
      throw new Refused('full_name', 'nobody', '')
    for (const field of this.numbers) this.number(field, get)
    const consents = this.consents(get, updated ?? created)
    const { text } = out
    out.rowNo.push(rowNo)
    text.row_key.push(key)
    text.kind.push(name.kind)
    text.full_name.push(name.full)
    text.name_pinyin.push(name.pinyin)
    text.name_initials.push(name.initials)
    text.family_name.push(name.family)
    text.given_name.push(name.given)
    text.gender.push(genderOf(get('gender')))
    text.id_number.push(idNumber)
    text.org_code.push(orgCode)
    text.contact_person.push(clean(get('contact_person')))
    text.mobile.push(mobile)
    text.mobile2.push(mobile2)
    text.landline.push(landline)
    text.email.push(misplaced ? '' : email)
    text.country.push(country)
    text.province.push(cleanPlace(get('province')))
    text.city.push(cleanPlace(get('city')))
    text.district.push(cleanPlace(get('district')))
    text.street.push(clean(get('street') || get('address')))
    text.postcode.push(cleanPlace(get('postcode')).toUpperCase())
    text.address2.push(addressText(get('address2')))
    text.account_no.push(account)
    text.language.push(languageOf(get('language')))
    out.birth.push(birth === 0 ? null : dayNumber(birth))
    out.updated.push(updated)
    out.created.push(created)
    for (const { channel, granted, at, wording } of consents) {
      out.consents.row_no.push(rowNo)
      out.consents.row_key.push(key)
      out.consents.channel.push(channel)
      out.consents.granted.push(granted)
      out.consents.at.push(at)
      out.consents.wording.push(wording)
    }
  }

  names(get: (field: string) => string): Names {
    const organisation = clean(get('organisation'))
    const said = kindSaid(get('kind'))
    const family = clean(get('family_name'))
    const given = clean(get('given_name'))
    let full = clean(get('full_name'))
    if (full === '') full = hasHan(family + given) ? family + given : [given, family].filter(Boolean).join(' ')
    const isOrganisation =
      /^(企业|单位|公司|business|company|org)/.test(said) ||
      organisation !== '' ||
      (said === '' && looksLikeOrganisation(full))
    if (isOrganisation)
      return { kind: 'organisation', ...this.spoken(organisation || full, 'organisation'), family: '', given: '' }
    const split = this.spoken(full, 'person')
    return { kind: 'person', ...split, ...(family !== '' || given !== '' ? { full, family, given } : {}) }
  }

  /** Names come back again and again: each is taken apart once. */
  private spoken(full: string, kind: 'person' | 'organisation'): Omit<Names, 'kind'> {
    const key = `${kind} ${full}`
    let known = this.known.get(key)
    if (!known) {
      known = takenApart(full, kind)
      if (this.known.size < MOST_KNOWN) this.known.set(key, known)
    }
    return known
  }

  /** A number that is none is kept as given: the quality check names it, and nothing is lost. */
  private phone(raw: string, country: string, assumed: boolean): string {
    if (raw.trim() === '') return ''
    return (assumed ? readPhoneAnywhere(raw, country) : readPhone(raw, country)).e164 || raw.trim()
  }

  /** Kept in the raw row only, but a value that is no whole 32-bit number says that the row is broken. */
  private number(field: string, get: (field: string) => string): void {
    const raw = get(field).trim()
    if (raw === '') return
    if (!/^-?\d{1,10}(\.0+)?$/.test(raw) || Math.abs(Number(raw)) > 2_147_483_647)
      throw new Refused(field, 'number', raw)
  }

  private date(field: string, get: (field: string) => string): number {
    const raw = get(field).trim()
    if (raw === '') return 0
    const { ymd } = readDate(raw, this.mapping.dateOrder, true)
    if (ymd === 0) throw new Refused(field, 'date', raw)
    if (dayNumber(ymd) * 86_400 > this.now || ymd < 19000101)
      throw new Refused(field, ymd < 19000101 ? 'range' : 'future', raw)
    return ymd
  }

  private instant(field: string, get: (field: string) => string): number | null {
    const raw = get(field).trim()
    if (raw === '') return null
    const seconds = readInstant(raw, this.mapping.timeZone, this.mapping.dateOrder)
    if (seconds === null || seconds < 0) throw new Refused(field, 'time', raw)
    if (seconds > this.now) throw new Refused(field, 'future', raw)
    return seconds
  }

  private consents(get: (field: string) => string, known: number | null) {
    const out: { channel: string; granted: number; at: number; wording: string }[] = []
    const at = this.instant('consent.at', get) ?? known ?? 0
    for (const channel of CHANNELS) {
      const raw = get(`consent.${channel}`)
      if (raw.trim() === '') continue
      const granted = yesNo(raw)
      if (granted < 0) throw new Refused(`consent.${channel}`, 'yes-no', raw)
      out.push({ channel, granted, at, wording: '' })
    }
    const list = get('consents').trim()
    if (list !== '') out.push(...this.listed(list))
    return out
  }

  private listed(raw: string) {
    let items: unknown
    try {
      items = JSON.parse(raw)
    } catch {
      throw new Refused('consents', 'json', raw)
    }
    if (!Array.isArray(items)) throw new Refused('consents', 'json', raw)
    return items.map((item: Record<string, unknown>) => {
      const channel = String(item['channel'] ?? '')
      const granted = readYesNo(String(item['granted'] ?? ''))
      const at = readInstant(String(item['at'] ?? ''), this.mapping.timeZone, this.mapping.dateOrder)
      if (!(CHANNELS as readonly string[]).includes(channel) || granted < 0)
        throw new Refused('consents', 'yes-no', raw)
      if (at === null) throw new Refused('consents', 'time', String(item['at'] ?? ''))
      return { channel, granted, at, wording: String(item['wording'] ?? '') }
    })
  }
}

const isMobile = (number: string): boolean => /^\+(861\d|447)/.test(number)

/** A landline in a column for mobiles goes where it belongs, and the other way round; nothing is dropped. */
function placePhones(
  mobile: string,
  mobile2: string,
  landline: string,
): { mobile: string; mobile2: string; landline: string } {
  const numbers = [mobile, mobile2, landline].filter((number, at, all) => number !== '' && all.indexOf(number) === at)
  const landlines = numbers.filter(number => number.startsWith('+') && !isMobile(number))
  if (landlines.length > 1 || numbers.length - landlines.length > 2) return { mobile, mobile2, landline }
  const others = numbers.filter(number => !landlines.includes(number))
  return { mobile: others[0] ?? '', mobile2: others[1] ?? '', landline: landlines[0] ?? '' }
}

/** A nested address of a JSON line becomes one text; a whole address in a cell is taken as it is. */
function addressText(raw: string): string {
  const text = clean(raw)
  if (!text.startsWith('{')) return text
  try {
    const parts = JSON.parse(text) as Record<string, unknown>
    const order = ['province', 'city', 'district', 'line1', 'postcode']
    const values = order.map(name => String(parts[name] ?? '')).filter(Boolean)
    return hasHan(values.join('')) ? values.join('') : values.reverse().join(', ')
  } catch {
    return text
  }
}
