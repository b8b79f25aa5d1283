/** What rules may be about: the standardised fields of a source record, two groups of them, and columns of the raw row. */

import { ADDRESS_FIELDS, CONTACT_FIELDS, NAME_FIELDS, NUMBER_FIELDS } from '../person-fields.ts'

/** SQL of each field as text. */
const COLUMNS: Record<string, string> = {
  ...Object.fromEntries(
    [...NAME_FIELDS, 'gender', ...NUMBER_FIELDS, ...CONTACT_FIELDS, ...ADDRESS_FIELDS, 'account_no', 'language'].map(
      field => [field, `toString(${field})`],
    ),
  ),
  birth_date: "ifNull(toString(birth_date), '')",
  updated_at: "ifNull(toString(updated_at), '')",
  created_at: "ifNull(toString(created_at), '')",
  // Groups: what is asked of them stands in the check.
  address: 'street',
  contact: "multiIf(mobile != '', mobile, mobile2 != '', mobile2, landline != '', landline, email)",
}

export const QUALITY_FIELDS = Object.keys(COLUMNS)
const RAW = 'raw:'

export const isField = (field: string): boolean =>
  field in COLUMNS || (field.startsWith(RAW) && field.length > RAW.length && field.length <= 120)

/** SQL of a field; `param` takes the name of a raw column, which is never pasted into the statement. */
export function fieldSql(field: string, param: (value: string) => string): string {
  const known = COLUMNS[field]
  if (known !== undefined) return known
  return `JSONExtractString(raw, ${param(field.slice(RAW.length))})`
}
