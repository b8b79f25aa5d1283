/** Source records as the matcher's people table: which field is what evidence. */
import type { PeopleColumn, PeopleTable } from '../match/index.ts'
import { hasHan } from '../standardise/text.ts'

export type Values = { at(record: number): string | undefined }
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

export function matchTable(records: number, fields: RecordFields): PeopleTable {
  const person = (i: number) => fields.kind.at(i) !== 'organisation'
  const only = (want: boolean, values: Values): Values => ({ at: i => (person(i) === want ? values.at(i) : '') })
  const text = (values: Values, i: number) => values.at(i) ?? ''
  const address: Values = {
    at: i =>
      wholeAddress(text(fields.province, i), text(fields.city, i), text(fields.district, i), text(fields.street, i)),
  }
  const columns: PeopleColumn[] = [
    // Names that a file gives in two columns are taken so; whole ones were split when they came in.
    { name: 'surname', role: 'surname', values: only(true, fields.family_name) },
    { name: 'given name', role: 'given-name', values: only(true, fields.given_name) },
    { name: 'name', role: 'full-name', values: only(true, fields.full_name) },
    { name: 'organisation', role: 'organisation', values: only(false, fields.full_name) },
    { name: 'gender', role: 'gender', values: fields.gender },
    { name: 'birth date', role: 'birth-date', values: fields.birth_date },
    { name: 'id number', role: 'id-number', values: fields.id_number },
    { name: 'credit code', role: 'id-number', values: fields.org_code },
    { name: 'account', role: 'account', values: fields.account_no },
    { name: 'mobile', role: 'phone', values: fields.mobile },
    { name: 'second mobile', role: 'phone', values: fields.mobile2 },
    { name: 'landline', role: 'phone', values: fields.landline },
    { name: 'email', role: 'email', values: fields.email },
    { name: 'postcode', role: 'postcode', values: fields.postcode },
    { name: 'address', role: 'address', values: address },
    { name: 'second address', role: 'address', values: fields.address2 },
  ]
  return { records, columns }
}

/** Person 1, organisation 2: never one entity. */
export function kindLabels(records: number, kind: Values): Uint32Array {
  return new Uint32Array(records).map((_, i) => (kind.at(i) === 'organisation' ? 2 : 1))
}
