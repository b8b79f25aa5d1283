/** What a column of a people table can mean to the matcher. */
export const ROLES = [
  'full-name',
  'given-name',
  'surname',
  /** Second given name, maiden name, suffix: a name beside the others. */
  'middle-name',
  'organisation',
  /** Person or organisation, in words. */
  'kind',
  'email',
  'phone',
  'birth-date',
  'birth-year',
  'birth-month',
  'birth-day',
  'id-number',
  /** Tax or registration number of an organisation. */
  'tax-code',
  /** A number the company itself gives to a customer (member card), so the same in several sources. */
  'account',
  'gender',
  /** A whole address in one cell, or what of it province, city and district leave. */
  'address',
  'street',
  'street-number',
  'locality',
  'district',
  'city',
  'province',
  'postcode',
  'country',
  /** Short text that says something of a person: place of birth, occupation. */
  'text',
  /** A sentence or a title: compared by the pieces it is made of. */
  'words',
  /** A number that is neither a key nor an amount: compared sign by sign. */
  'number',
  'ignore',
] as const
export type Role = (typeof ROLES)[number]

/** Texts as codes, 0 = ''. */
export interface CodedText {
  codes: Uint32Array
  text(code: number): string
}

/** A column as handed to the matcher; '' means not known. */
export interface PeopleColumn {
  name: string
  role: Role
  /** `coded`: the same values, each distinct one once. */
  values: { at(record: number): string | undefined; coded?: CodedText }
  /** The values are in their standard form already (telephones in E.164, e-mail addresses in lower case, dates as ISO). */
  standard?: boolean
}

export interface PeopleTable {
  records: number
  columns: PeopleColumn[]
  /** What is assumed where a value does not say. */
  country?: string
  dateOrder?: 'dmy' | 'mdy'
}
