/** What a column of a people table can mean to the matcher. */
export const ROLES = [
  'full-name',
  'given-name',
  'surname',
  'organisation',
  'email',
  'phone',
  'birth-date',
  'id-number',
  /** A number the company itself gives to a customer (member card), so the same in several sources. */
  'account',
  'gender',
  /** A whole address in one cell. */
  'address',
  'street',
  'street-number',
  'locality',
  'city',
  'province',
  'postcode',
  'country',
  'text',
  'ignore',
] as const
export type Role = (typeof ROLES)[number]

/** A column as handed to the matcher; '' means not known. */
export interface PeopleColumn {
  name: string
  role: Role
  values: { at(record: number): string | undefined }
}

export interface PeopleTable {
  records: number
  columns: PeopleColumn[]
  /** What is assumed where a value does not say. */
  country?: string
  dateOrder?: 'dmy' | 'mdy'
}
