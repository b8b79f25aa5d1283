import { collectErrors } from '../errors.ts'
import { type Mapping, neededFields, type SourceKind } from '../mapping.ts'

/** Of these fields a file needs one at least: rows that name nobody would all end in the quarantine. */
const NAMES_SOMEBODY: Partial<Record<SourceKind, readonly string[]>> = {
  people: ['full_name', 'family_name', 'given_name', 'organisation', 'mobile', 'landline', 'email', 'account_no'],
  attributes: ['account_no', 'email', 'phone', 'mobile', 'postcode', 'province', 'city', 'district'],
}

/** Several columns may make one key; everything else is read from one place. */
const MAY_REPEAT = new Set(['ignore', 'row_key'])

/** Fields without which no row of the mapping can be read, each as people choose it. */
export function missingFields(mapping: Pick<Mapping, 'kind' | 'rowKey' | 'columns'>): string[] {
  const has = (field: string) => mapping.columns.some(column => column.field === field)
  const missing = neededFields(mapping).filter(field => !has(field))
  const naming = NAMES_SOMEBODY[mapping.kind]
  if (naming && !naming.some(has) && !mapping.columns.some(({ field }) => field.startsWith('key:')))
    missing.push(naming.join(' / '))
  return missing
}

/** Throws when the mapping cannot work, whatever the file. */
export function checkMapping(mapping: Mapping): Mapping {
  const missing = missingFields(mapping)
  if (missing.length > 0)
    throw collectErrors['collect.mapping-incomplete']({ source: mapping.source, missing: missing.join(', ') })
  for (const { field } of mapping.columns) {
    const headers = mapping.columns.filter(column => column.field === field).map(column => column.header)
    if (headers.length > 1 && !MAY_REPEAT.has(field))
      throw collectErrors['collect.mapping-twice']({ field, headers: headers.join(', ') })
  }
  return mapping
}
