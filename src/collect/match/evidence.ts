/**
 * From a people table to what is compared: every column standardised, coded and given its comparison and block keys.
 * Values are standardised once per distinct value, not once per record.
 */
import { readStreet } from '../standardise/address.ts'
import { readDate } from '../standardise/date.ts'
import { readEmail } from '../standardise/email.ts'
import { readGender } from '../standardise/gender.ts'
import { readIdNumber } from '../standardise/id-number.ts'
import { readFullName, readNamePart } from '../standardise/person-name.ts'
import { readPhone } from '../standardise/phone.ts'
import { foldText, lettersAndDigits, simplify } from '../standardise/text.ts'
import type { BlockKey } from './block-keys.ts'
import { codeKey, combineKeys, skeletonOf } from './block-keys.ts'
import type { Comparison, ComparisonKind } from './comparison.ts'
import { readHome } from './home.ts'
import type { PeopleColumn, PeopleTable, Role } from './roles.ts'
import { type CodedColumn, ColumnCoder, sharedU32 } from './text-pool.ts'

export interface Evidence {
  records: number
  columns: CodedColumn[]
  comparisons: Comparison[]
  keys: BlockKey[]
  /** Code of a verified identity number, 0 = none: two different ones are never one entity. */
  verified: Uint32Array
}

const remember = <T>(read: (raw: string) => T): ((raw: string) => T) => {
  const seen = new Map<string, T>()
  return raw => {
    let value = seen.get(raw)
    if (value === undefined) {
      value = read(raw)
      seen.set(raw, value)
    }
    return value
  }
}

class EvidenceBuilder {
  readonly columns: CodedColumn[] = []
  readonly comparisons: Comparison[] = []
  readonly keys: BlockKey[] = []
  readonly records: number
  private readonly table: PeopleTable

  constructor(table: PeopleTable) {
    this.table = table
    this.records = table.records
  }

  having(...roles: Role[]): PeopleColumn[] {
    return this.table.columns.filter(column => roles.includes(column.role))
  }

  /** Codes one derived value per record; -1 when nothing is filled, unless the column is kept all the same. */
  code(read: (record: number) => string, keep = false): number {
    const coder = new ColumnCoder(this.records)
    for (let i = 0; i < this.records; i++) coder.set(i, read(i))
    const column = coder.finish()
    if (column.counts.length < 2 && !keep) return -1
    return this.columns.push(column) - 1
  }

  codeColumn(column: PeopleColumn, read: (raw: string) => string): number {
    const cached = remember(read)
    return this.code(i => {
      const raw = column.values.at(i)
      return raw ? cached(raw) : ''
    })
  }

  compare(id: string, kind: ComparisonKind, columns: number[], more: Partial<Comparison> = {}): void {
    this.comparisons.push({
      id,
      kind,
      columns,
      swap: [],
      group: id,
      shared: false,
      identifier: false,
      frequency: kind !== 'date',
      ...more,
    })
  }

  key(id: string, fields: string[], columns: Uint32Array[]): void {
    this.keys.push({ id, fields, columns })
  }

  codeKeys(id: string, columns: number[]): void {
    this.key(
      id,
      [id],
      columns.map(column => codeKey(this.columns[column]!.codes)),
    )
  }

  /** Keys of a home: number with unit, number with street, area. */
  keysOf(id: string, slot: number, [street, number, unit, city, , postcode]: number[]): void {
    if (slot > 0) return
    const key = (column: number | undefined) => codeKey(this.columns[column ?? 0]!.codes)
    this.key(`${id} room`, ['address'], [combineKeys([key(number), key(unit)])])
    this.key(`${id} house`, ['address'], [combineKeys([key(street), key(number)])])
    this.key(`${id} postcode`, ['address'], [key(postcode)])
    this.key(`${id} city`, ['address'], [key(city)])
  }

  /** A key from a derived value of a coded column (a skeleton, a prefix), computed once per distinct value. */
  derivedKey(id: string, fields: string[], column: number, derive: (value: string) => string): Uint32Array {
    const keys = this.derived(column, derive)
    this.key(id, fields, [keys])
    return keys
  }

  derived(column: number, derive: (value: string) => string): Uint32Array {
    const coded = this.columns[column]!
    const decoder = new TextDecoder('utf-16le')
    const codes = new Map<string, number>()
    const byCode = new Uint32Array(coded.counts.length)
    for (let code = 1; code < byCode.length; code++) {
      const value = derive(decoder.decode(coded.units.slice(coded.offsets[code], coded.offsets[code + 1])))
      if (value === '') continue
      let short = codes.get(value)
      if (short === undefined) {
        short = codes.size + 1
        codes.set(value, short)
      }
      byCode[code] = short
    }
    const keys = sharedU32(this.records)
    for (let i = 0; i < this.records; i++) keys[i] = byCode[coded.codes[i]!]!
    return codeKey(keys)
  }
}

/** Given name and surname of a record as they sound. */
type NameSounds = (record: number) => [string, string]

function addNames(build: EvidenceBuilder): NameSounds {
  const full = build.having('full-name')[0]
  const surname = build.having('surname')[0]
  const given = build.having('given-name')[0]
  if (!full && !surname && !given) return () => ['', '']
  const readFull = remember(readFullName)
  const readSurname = remember((raw: string) => readNamePart(raw, 'surname'))
  const readGiven = remember((raw: string) => readNamePart(raw, 'given'))
  const part = (i: number, which: 'surname' | 'given') => {
    const raw = (which === 'surname' ? surname : given)?.values.at(i) ?? ''
    if (raw !== '') return which === 'surname' ? readSurname(raw) : readGiven(raw)
    if (!full || (surname?.values.at(i) ?? '') !== '' || (given?.values.at(i) ?? '') !== '')
      return { han: '', sound: '' }
    const name = readFull(full.values.at(i) ?? '')
    return which === 'surname'
      ? { han: name.surnameHan, sound: name.surname }
      : { han: name.givenHan, sound: name.given }
  }
  const sounds: NameSounds = i => [part(i, 'given').sound, part(i, 'surname').sound]
  const surnameSound = build.code(i => part(i, 'surname').sound)
  const surnameHan = build.code(i => part(i, 'surname').han)
  const givenSound = build.code(i => part(i, 'given').sound)
  const givenHan = build.code(i => part(i, 'given').han)
  // All letters of the name in order of the alphabet: the same for every way to cut or turn it.
  const whole =
    givenSound < 0 || surnameSound < 0
      ? -1
      : build.code(i => [...(part(i, 'given').sound + part(i, 'surname').sound)].sort().join(''))
  const pair = (sound: number, han: number) => (han < 0 ? [sound] : [sound, han])
  if (givenSound >= 0) {
    const swap = surnameSound < 0 ? [] : [surnameSound, whole]
    build.compare('given name', 'name', pair(givenSound, givenHan), { swap, group: 'name' })
    build.derivedKey('given', ['given'], givenSound, skeletonOf)
  }
  if (surnameSound >= 0) {
    const swap = givenSound < 0 ? [] : [givenSound, whole]
    build.compare('surname', 'name', pair(surnameSound, surnameHan), { swap, group: 'name', shared: true })
    build.derivedKey('surname', ['surname'], surnameSound, skeletonOf)
  }
  if (givenSound >= 0 && surnameSound >= 0) {
    build.key('name', ['given', 'surname'], [codeKey(build.columns[whole]!.codes)])
  }
  return sounds
}

function addSlots(
  build: EvidenceBuilder,
  id: string,
  roles: Role[],
  read: (raw: string) => string,
  more: Partial<Comparison>,
): void {
  const columns = build
    .having(...roles)
    .map(column => build.codeColumn(column, read))
    .filter(column => column >= 0)
  if (columns.length === 0) return
  build.compare(id, 'code', columns, more)
  build.codeKeys(id, columns)
}

/** What of a mailbox's name its owner's name does not explain: taotang71 of Tang Tao is 71. */
export function unexplained(local: string, [given, surname]: [string, string]): string {
  let rest = local.replace(/[._+-]/g, '')
  for (const part of [given, surname]) if (part.length > 1) rest = rest.replace(part, '')
  return rest === local.replace(/[._+-]/g, '') ? rest : rest.replace(/^[a-z]{1,2}(?=\d*$)/, '')
}

function addEmails(build: EvidenceBuilder, sounds: NameSounds): void {
  const slots: number[] = []
  for (const column of build.having('email')) {
    const address = build.codeColumn(column, raw => readEmail(raw).address)
    if (address < 0) continue
    const read = remember(readEmail)
    slots.push(
      address,
      build.codeColumn(column, raw => readEmail(raw).local),
      build.codeColumn(column, raw => readEmail(raw).domain),
      build.code(i => unexplained(read(column.values.at(i) ?? '').local, sounds(i)), true),
    )
  }
  if (slots.length === 0) return
  // Couples share a mailbox, so agreement on it alone may mean a household.
  build.compare('email', 'email', slots, { shared: true })
  build.codeKeys(
    'email',
    slots.filter((_, at) => at % 4 === 0),
  )
  build.key('email name', ['email'], [codeKey(build.columns[slots[1]!]!.codes)])
}

function addBirthDate(build: EvidenceBuilder, order: 'dmy' | 'mdy'): void {
  const column = build.having('birth-date')[0]
  if (!column) return
  const read = remember((raw: string) => readDate(raw, order).ymd)
  const codes = sharedU32(build.records)
  for (let i = 0; i < build.records; i++) {
    const raw = column.values.at(i)
    if (raw) codes[i] = read(raw)
  }
  if (codes.every(code => code === 0)) return
  const none = sharedU32(1)
  const at = build.columns.push({ codes, units: new Uint16Array(0), offsets: none, counts: none }) - 1
  build.compare('birth date', 'date', [at])
  build.key('birth date', ['birth'], [codeKey(codes)])
  build.key('birth month', ['birth'], [codeKey(codes.map(code => Math.floor(code / 100)))])
  build.key('birthday', ['birth'], [codeKey(codes.map(code => (code === 0 ? 0 : (code % 10000) + 1)))])
}

const ADDRESS = { group: 'address', shared: true } as const

function addAddress(build: EvidenceBuilder): void {
  const lines = build.having('street', 'locality').map(column => ({ column, at: build.codeColumn(column, readStreet) }))
  for (const { column, at } of lines) {
    if (at < 0) continue
    const swap = lines.filter(other => other.at >= 0 && other.at !== at).map(other => other.at)
    build.compare(column.name, 'text', [at], { ...ADDRESS, swap })
    build.derivedKey(column.name, [column.name], at, value => value.slice(0, 8))
  }
  const codes: [Role, string, ComparisonKind][] = [
    ['street-number', 'street number', 'code'],
    ['city', 'city', 'text'],
    ['postcode', 'postcode', 'code'],
    ['province', 'province', 'category'],
  ]
  for (const [role, , kind] of codes) {
    for (const column of build.having(role)) {
      const at = build.codeColumn(
        column,
        kind === 'text' ? raw => simplify(foldText(raw)).replace(/[市区县]$/u, '') : lettersAndDigits,
      )
      if (at < 0) continue
      build.compare(column.name, kind, [at], ADDRESS)
      if (kind !== 'category') build.codeKeys(column.name, [at])
    }
  }
}

/** Whole addresses: each is parsed and compared as a home. */
function addHomes(build: EvidenceBuilder): void {
  const whole = build.having('address')
  if (whole.length === 0) return
  const postcodes = build.having('postcode')[0]
  const read = remember(readHome)
  const slots: number[] = []
  whole.forEach((column, slot) => {
    const parts = (i: number) => read(column.values.at(i) ?? '')
    const postcode = (i: number) =>
      parts(i).postcode || (slot === 0 ? lettersAndDigits(postcodes?.values.at(i) ?? '') : '')
    const codes = [
      build.code(i => parts(i).street, true),
      build.code(i => parts(i).number, true),
      build.code(i => parts(i).unit, true),
      build.code(i => parts(i).city, true),
      build.code(i => parts(i).district, true),
      build.code(postcode, true),
    ]
    slots.push(...codes)
    build.keysOf('home', slot, codes)
  })
  build.compare('address', 'home', slots, { shared: true, frequency: false })
}

/** Builds the evidence of a table. Comparisons that no value supports are left out. */
export function buildEvidence(table: PeopleTable): Evidence {
  const build = new EvidenceBuilder(table)
  const sounds = addNames(build)
  addBirthDate(build, table.dateOrder ?? 'dmy')
  addSlots(build, 'phone', ['phone'], raw => readPhone(raw, table.country).e164, { shared: true })
  addEmails(build, sounds)
  addSlots(build, 'id number', ['id-number'], raw => readIdNumber(raw).number, { identifier: true })
  addSlots(build, 'account', ['account'], lettersAndDigits, { identifier: true })
  addSlots(build, 'organisation', ['organisation'], lettersAndDigits, { shared: true })
  if (build.having('address').length > 0) addHomes(build)
  else addAddress(build)
  for (const column of build.having('gender')) {
    const at = build.codeColumn(column, readGender)
    if (at >= 0) build.compare(column.name, 'category', [at], { frequency: false })
  }
  for (const column of build.having('text')) {
    const at = build.codeColumn(column, raw => simplify(foldText(raw)))
    if (at < 0) continue
    build.compare(column.name, 'text', [at])
    build.codeKeys(column.name, [at])
  }
  return {
    records: table.records,
    columns: build.columns,
    comparisons: build.comparisons,
    keys: build.keys,
    verified: verifiedIds(build, table),
  }
}

function verifiedIds(build: EvidenceBuilder, table: PeopleTable): Uint32Array {
  const columns = table.columns.filter(column => column.role === 'id-number')
  const read = remember((raw: string) => {
    const id = readIdNumber(raw)
    return id.verified ? id.number : ''
  })
  const coder = new ColumnCoder(build.records)
  for (let i = 0; i < build.records; i++) {
    for (const column of columns) {
      const raw = column.values.at(i)
      const number = raw ? read(raw) : ''
      if (number !== '') {
        coder.set(i, number)
        break
      }
    }
  }
  return coder.finish().codes
}
