/** Source records as the matcher's people table: which field is what evidence. */
import type { CodedText, PeopleColumn, PeopleTable, Role } from '../match/index.ts'
import { PairCodes, sharedU32 } from '../match/text-pool.ts'
import { hasHan } from '../standardise/text.ts'

export type Values = PeopleColumn['values']
/** Standardised fields of the current source records, one value per record. */
export type RecordFields = Record<(typeof MATCH_FIELDS)[number], Values>

export const MATCH_FIELDS = [
  'kind',
  'full_name',
  'family_name',
  'given_name',
  'gender',
  'birth_date',
  'id_number',
  'org_code',
  'mobile',
  'mobile2',
  'landline',
  'email',
  'province',
  'city',
  'district',
  'street',
  'postcode',
  'address2',
  'account_no',
] as const

export function wholeAddress(province: string, city: string, district: string, street: string): string {
  if (street === '') return ''
  if (!hasHan(street)) return [street, city, province].filter(Boolean).join(', ')
  return (province === city ? '' : province) + city + district + street
}

const EMPTY: CodedText = { codes: new Uint32Array(0), text: () => '' }

/** The values where the record is (or is not) a person. */
function onlyOf(records: number, kind: Values, person: boolean, values: Values): Values {
  const fits = (i: number): boolean => (kind.at(i) !== 'organisation') === person
  const at = (i: number) => (fits(i) ? values.at(i) : '')
  if (!kind.coded || !values.coded) return { at }
  const { codes, text } = values.coded
  const masked = sharedU32(records)
  for (let i = 0; i < records; i++) if (codes[i]! > 0 && fits(i)) masked[i] = codes[i]!
  return { at, coded: { codes: masked, text } }
}

/** Several coded texts as one; what they say together is put together once per combination. */
function together(records: number, parts: readonly CodedText[], write: (texts: string[]) => string): CodedText {
  const levels = parts.slice(1).map(() => new PairCodes())
  const codes = sharedU32(records)
  for (let i = 0; i < records; i++) {
    let code = parts[0]!.codes[i]!
    for (let p = 1; p < parts.length; p++) code = levels[p - 1]!.code(code, parts[p]!.codes[i]!)
    codes[i] = code
  }
  const text = (code: number): string => {
    const texts: string[] = []
    for (let p = parts.length - 1; p > 0; p--) {
      texts.unshift(parts[p]!.text(levels[p - 1]!.right[code]!))
      code = levels[p - 1]!.left[code]!
    }
    return write([parts[0]!.text(code), ...texts])
  }
  return { codes, text }
}

const ADDRESS = ['province', 'city', 'district', 'street'] as const

function addressOf(records: number, fields: Partial<RecordFields>): Values {
  const parts = ADDRESS.map(name => fields[name])
  const at = (i: number) =>
    wholeAddress(...(parts.map(values => values?.at(i) ?? '') as [string, string, string, string]))
  if (parts.some(values => !values?.coded)) return { at }
  const coded = together(
    records,
    parts.map(values => values?.coded ?? EMPTY),
    texts => wholeAddress(...(texts as [string, string, string, string])),
  )
  // Without a street there is no address.
  const street = fields.street?.coded?.codes
  for (let i = 0; i < records; i++) if (street?.[i] === 0) coded.codes[i] = 0
  return { at, coded }
}

/** The people table of these fields; fields that are not given are left out. */
export function matchTable(records: number, fields: Partial<RecordFields>): PeopleTable {
  const { kind } = fields
  const only = (person: boolean, values?: Values) => kind && values && onlyOf(records, kind, person, values)
  const columns: [name: string, role: Role, values: Values | undefined][] = [
    // Names that a file gives in two columns are taken so; whole ones were split when they came in.
    ['surname', 'surname', only(true, fields.family_name)],
    ['given name', 'given-name', only(true, fields.given_name)],
    ['name', 'full-name', only(true, fields.full_name)],
    ['organisation', 'organisation', only(false, fields.full_name)],
    ['gender', 'gender', fields.gender],
    ['birth date', 'birth-date', fields.birth_date],
    ['id number', 'id-number', fields.id_number],
    ['credit code', 'id-number', fields.org_code],
    ['account', 'account', fields.account_no],
    ['mobile', 'phone', fields.mobile],
    ['second mobile', 'phone', fields.mobile2],
    ['landline', 'phone', fields.landline],
    ['email', 'email', fields.email],
    ['postcode', 'postcode', fields.postcode],
    ['address', 'address', fields.street && addressOf(records, fields)],
    ['second address', 'address', fields.address2],
  ]
  return {
    records,
    columns: columns.flatMap(([name, role, values]): PeopleColumn[] =>
      values ? [{ name, role, values, standard: true }] : [],
    ),
  }
}
