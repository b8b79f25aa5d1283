/**
 * From a people table to what is compared: every column standardised, coded and given its comparison and block keys. The work falls into
 * parts that do not need each other, so that threads can share it (see `EVIDENCE_PARTS`).
 */
import { readStreet } from '../standardise/address.ts'
import { readEmail } from '../standardise/email.ts'
import { readGender } from '../standardise/gender.ts'
import { presentNumber, readIdNumber } from '../standardise/id-number.ts'
import { type PersonName, readFullName, readNamePart } from '../standardise/person-name.ts'
import { readPhone } from '../standardise/phone.ts'
import { foldText, lettersAndDigits, simplify } from '../standardise/text.ts'
import type { BlockKey } from './block-keys.ts'
import type { Comparison, ComparisonKind } from './comparison.ts'
import { addBirthDate } from './evidence-birth.ts'
import { EvidenceBuilder } from './evidence-builder.ts'
import { addMiddleNames, soundKey, voicesOf } from './evidence-names.ts'
import { addOrganisations, addTexts } from './evidence-texts.ts'
import { readHome } from './home.ts'
import type { CodedText, PeopleTable, Role } from './roles.ts'
import { type CodedColumn, ColumnCoder, sharedU32, textAt } from './text-pool.ts'

export interface Evidence {
  records: number
  columns: CodedColumn[]
  comparisons: Comparison[]
  keys: BlockKey[]
  /** Code of a verified identity number, 0 = none: two different ones are never one entity. */
  verified: Uint32Array
  /** Everything again for one record whose values in the table have changed; only of evidence built with spare records. */
  recode?(record: number): void
}

/** Given name and surname of a record as they sound: codes, and what they mean. */
interface NameSounds {
  codes: Uint32Array
  text(code: number): [given: string, surname: string]
}

const NAME_PARTS = ['surname', 'given'] as const

/** Surname and given name of every record, each in sound and in characters: columns [surname, surname han, given, given han]. */
function nameParts(build: EvidenceBuilder): number[] {
  const text = (role: Role): CodedText | null => {
    const column = build.having(role)[0]
    return column ? build.text(column) : null
  }
  const full = text('full-name')
  const halves = { surname: text('surname'), given: text('given-name') }
  const coders = Array.from({ length: 4 }, () => new ColumnCoder())
  const ofFull = full
    ? build.deriveText(full, coders, raw => {
        const name: PersonName = readFullName(raw)
        return [name.surname, name.surnameHan, name.given, name.givenHan]
      })
    : null
  const ofHalf = NAME_PARTS.map((part, p) => {
    const half = halves[part]
    return half
      ? build.deriveText(half, coders.slice(2 * p, 2 * p + 2), raw => {
          const { sound, han } = readNamePart(raw, part)
          return [sound, han]
        })
      : null
  })
  return coders.map((coder, c) => {
    const own = halves[NAME_PARTS[c >> 1]!]
    const other = halves[NAME_PARTS[1 - (c >> 1)]!]
    const read = ofHalf[c >> 1]
    return build.column(coder, i => {
      if (own && own.codes[i]! > 0) return read!(i, c & 1)
      return ofFull && !(other && other.codes[i]! > 0) ? ofFull(i, c) : 0
    })
  })
}

function addNames(build: EvidenceBuilder): NameSounds {
  if (build.having('full-name', 'surname', 'given-name').length === 0) {
    return { codes: sharedU32(build.records), text: () => ['', ''] }
  }
  const [surnameSound, surnameHan, givenSound, givenHan] = nameParts(build) as [number, number, number, number]
  const none = sharedU32(build.records)
  const codesOf = (column: number) => (column < 0 ? none : build.columns[column]!.codes)
  const textIn = (column: number, code: number) => (column < 0 ? '' : textAt(build.columns[column]!, code))
  const { codes, pairs } = build.pair(codesOf(givenSound), codesOf(surnameSound))
  const sounds: NameSounds = {
    codes,
    text: code => [textIn(givenSound, pairs.left[code]!), textIn(surnameSound, pairs.right[code]!)],
  }
  // All letters of the name in order of the alphabet: the same for every way to cut or turn it.
  let whole = -1
  if (givenSound >= 0 && surnameSound >= 0) {
    const coder = new ColumnCoder()
    const of = build.derive(codes, [coder], code => [[...sounds.text(code).join('')].sort().join('')])
    whole = build.column(coder, i => of(i, 0))
  }
  const pair = (sound: number, han: number) => (han < 0 ? [sound] : [sound, han])
  if (givenSound >= 0) {
    const swap = surnameSound < 0 ? [] : [surnameSound, whole]
    const more = voicesOf(build, givenSound, givenHan)
    build.compare('given name', 'name', pair(givenSound, givenHan), { swap, group: 'name', ...more })
    build.derivedKey('given', ['given'], givenSound, soundKey)
  }
  if (surnameSound >= 0) {
    const swap = givenSound < 0 ? [] : [givenSound, whole]
    const more = voicesOf(build, surnameSound, surnameHan)
    build.compare('surname', 'name', pair(surnameSound, surnameHan), { swap, group: 'name', shared: true, ...more })
    build.derivedKey('surname', ['surname'], surnameSound, soundKey)
  }
  if (whole >= 0) build.key('name', ['given', 'surname'], [build.keyOf(build.columns[whole]!.codes)])
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
    .map(column => build.codeColumn(column, column.standard && id === 'phone' ? asItIs : read))
    .filter(column => column >= 0)
  if (columns.length === 0) return
  build.compare(id, 'code', columns, more)
  build.codeKeys(id, columns)
}

const asItIs = (raw: string): string => raw

/** What of a mailbox's name its owner's name does not explain: taotang71 of Tang Tao is 71. */
export function unexplained(local: string, [given, surname]: [string, string]): string {
  const name = local.replace(/[._+-]/g, '')
  let rest = name
  for (const part of [given, surname]) if (part.length > 1) rest = rest.replace(part, '')
  return rest === name ? rest : rest.replace(/^[a-z]{1,2}(?=\d*$)/, '')
}

function addEmails(build: EvidenceBuilder, sounds: NameSounds): void {
  const slots: number[] = []
  for (const column of build.having('email')) {
    const raw = build.text(column)
    const coders = [new ColumnCoder(), new ColumnCoder(), new ColumnCoder()] as const
    const of = build.deriveText(raw, coders, value => {
      const { address, local, domain } = readEmail(value)
      return [address, local, domain]
    })
    const address = build.column(coders[0], i => of(i, 0))
    if (address < 0) continue
    const local = build.column(coders[1], i => of(i, 1), true)
    const domain = build.column(coders[2], i => of(i, 2), true)
    const owned = build.pair(build.columns[local]!.codes, sounds.codes)
    const coder = new ColumnCoder()
    const left = build.derive(owned.codes, [coder], code => [
      unexplained(textAt(build.columns[local]!, owned.pairs.left[code]!), sounds.text(owned.pairs.right[code]!)),
    ])
    const own = build.column(coder, i => left(i, 0), true)
    slots.push(address, local, domain, own)
  }
  if (slots.length === 0) return
  // Couples share a mailbox, so agreement on it alone may mean a household.
  build.compare('email', 'email', slots, { shared: true })
  build.codeKeys(
    'email',
    slots.filter((_, at) => at % 4 === 0),
  )
  build.key('email name', ['email'], [build.keyOf(build.columns[slots[1]!]!.codes)])
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
    ['district', 'district', 'text'],
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
  const slots: number[] = []
  build.having('address').forEach((column, slot) => {
    const coders = Array.from({ length: 6 }, () => new ColumnCoder())
    const of = build.deriveText(build.text(column), coders, raw => {
      const { street, number, unit, city, district, postcode } = readHome(raw)
      return [street, number, unit, city, district, postcode]
    })
    const given = slot === 0 ? build.having('postcode')[0] : undefined
    const ofGiven = given ? build.deriveText(build.text(given), [coders[5]!], raw => [lettersAndDigits(raw)]) : null
    const columns = coders.map((coder, part) =>
      build.column(coder, i => of(i, part) || (part === 5 && ofGiven ? ofGiven(i, 0) : 0), true),
    )
    slots.push(...columns)
    if (slot > 0) return
    // Keys of a home: number with unit, number with street, area.
    const [street, number, unit, city, , postcode] = columns.map(at => build.keyOf(build.columns[at]!.codes))
    build.key('home room', ['address'], [build.keyTogether([number!, unit!])])
    build.key('home house', ['address'], [build.keyTogether([street!, number!])])
    build.key('home postcode', ['address'], [postcode!])
    build.key('home city', ['address'], [city!])
  })
  build.compare('address', 'home', slots, { shared: true, frequency: false })
}

function addCategories(build: EvidenceBuilder): void {
  for (const column of build.having('gender')) {
    const at = build.codeColumn(column, readGender)
    if (at >= 0) build.compare(column.name, 'category', [at], { frequency: false })
  }
}

function verifiedIds(build: EvidenceBuilder): Uint32Array {
  const coder = new ColumnCoder()
  const slots = build.having('id-number', 'tax-code').map(column =>
    build.deriveText(build.text(column), [coder], raw => {
      const id = readIdNumber(raw)
      return [id.verified ? id.number : '']
    }),
  )
  return build.numbers(i => {
    for (const slot of slots) {
      const code = slot(i, 0)
      if (code > 0) return code
    }
    return 0
  })
}

/** What does not need each other; a mailbox is judged by its owner's name. */
export const EVIDENCE_PARTS = ['names', 'homes', 'codes', 'phones'] as const
export type EvidencePart = (typeof EVIDENCE_PARTS)[number]

const codes =
  (id: string, roles: Role[], read: (raw: string) => string, more: Partial<Comparison>) =>
  (build: EvidenceBuilder): void =>
    addSlots(build, id, roles, read, more)

/** Builds some parts of the evidence. Comparisons that no value supports are left out. */
export function buildParts(table: PeopleTable, parts: readonly EvidencePart[], spare = 0) {
  const build = new EvidenceBuilder(table, spare)
  let sounds: NameSounds | undefined
  const sections: [EvidencePart, (build: EvidenceBuilder) => void][] = [
    ['names', () => (sounds = addNames(build))],
    ['codes', () => addBirthDate(build, table.dateOrder ?? 'dmy')],
    ['phones', codes('phone', ['phone'], raw => readPhone(raw, table.country).e164, { shared: true })],
    ['names', () => addEmails(build, sounds!)],
    ['names', addMiddleNames],
    [
      'codes',
      codes('id number', ['id-number', 'tax-code'], raw => presentNumber(readIdNumber(raw).number), {
        identifier: true,
      }),
    ],
    ['codes', codes('account', ['account'], lettersAndDigits, { identifier: true })],
    ['codes', addOrganisations],
    ['homes', () => (build.having('address').length > 0 ? addHomes(build) : addAddress(build))],
    ['codes', addCategories],
    ['codes', addTexts],
  ]
  sections.forEach(([part, add], section) => {
    build.section = section
    if (parts.includes(part)) add(build)
  })
  return {
    columns: build.columns,
    comparisons: build.comparisons,
    keys: build.keys,
    verified: parts.includes('codes') ? verifiedIds(build) : null,
    recode: (record: number) => build.recode(record),
  }
}

export type BuiltParts = Omit<ReturnType<typeof buildParts>, 'recode'>

/** Parts made apart become one; the order of comparisons and keys is the same however they were shared out. */
export function joinParts(records: number, parts: readonly BuiltParts[]): Evidence {
  const columns: CodedColumn[] = []
  const comparisons: BuiltParts['comparisons'] = []
  const keys: BuiltParts['keys'] = []
  let verified: Uint32Array | null = null
  for (const part of parts) {
    const first = columns.length
    const moved = (at: number | undefined) => (at === undefined ? undefined : at + first)
    for (const { section, value } of part.comparisons) {
      const { tone, variant, shown } = value
      comparisons.push({
        section,
        value: {
          ...value,
          columns: value.columns.map(at => at + first),
          swap: value.swap.map(at => at + first),
          tone: moved(tone),
          variant: moved(variant),
          shown: moved(shown),
        },
      })
    }
    keys.push(...part.keys)
    columns.push(...part.columns)
    verified ??= part.verified
  }
  const inOrder = <T>(placed: { section: number; value: T }[]): T[] =>
    [...placed].sort((a, b) => a.section - b.section).map(({ value }) => value)
  return {
    records,
    columns,
    comparisons: inOrder(comparisons),
    keys: inOrder(keys),
    verified: verified ?? sharedU32(records),
  }
}

/** All of it in this thread. With `spare`, room for so many records more, which `recode` fills. */
export function buildEvidence(table: PeopleTable, { spare = 0 } = {}): Evidence {
  const { recode, ...built } = buildParts(table, EVIDENCE_PARTS, spare)
  const evidence = joinParts(table.records + spare, [built])
  return spare > 0 ? { ...evidence, recode } : evidence
}
