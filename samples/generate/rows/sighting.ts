import type { Sex } from '../chinese/names.ts'
import type { Address, Channel, Person } from '../people/person.ts'

export type Source = 'crm' | 'webshop' | 'callcentre'
export const sources: Source[] = ['crm', 'webshop', 'callcentre']

export type Field =
  | 'customer_no'
  | 'name'
  | 'birth_date'
  | 'id_number'
  | 'mobile'
  | 'email'
  | 'address'
  | 'postcode'
  | 'points'
  | 'row'
export type Mistake = { field: Field; error: string; truth: string }

/** Who the row names: the family and given parts as written there, and in which order a single cell shows them. */
export type WrittenName = { script: 'chinese' | 'pinyin' | 'latin'; family: string; given: string; givenFirst: boolean }

/** One source's row on one person or organisation, before it is put in that source's columns. */
export type Sighting = {
  source: Source
  key: string
  person: Person
  customerNo: string | null
  name: WrittenName | null
  company: string | null
  creditCode: string | null
  sex: Sex | null
  birth: string | null
  idNumber: string | null
  mobile: string | null
  mobile2: string | null
  landline: string | null
  email: string | null
  address: Address | null
  postcode: string | null
  address2: Address | null
  consents: { channel: Channel; granted: boolean; date: string }[]
  points: string
  created: string
  updated: string
  mistakes: Mistake[]
  quarantine: boolean
}
