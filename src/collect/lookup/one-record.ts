/** One record as somebody types or sends it, standardised as an import would. */
import { collectErrors } from '../errors.ts'
import { MATCH_FIELDS } from '../identity/match-table.ts'
import { PeopleBatch, PeopleReader, Refused } from '../import/people.ts'
import { mappingSchema, PEOPLE_FIELDS } from '../mapping.ts'
import type { OneRecord } from './live-index.ts'

const mapping = mappingSchema.parse({
  source: 'asked',
  file: '-',
  importer: 'jsonl',
  kind: 'people',
  columns: PEOPLE_FIELDS.map(field => ({ header: field, field })),
})
const readers = new Map<string, PeopleReader>()

/** Fields somebody may ask with: those of a people mapping that say who a person is. */
export const ASKED_FIELDS = PEOPLE_FIELDS.filter(
  field => !/^(row_key|consent|consents|updated_at|created_at|language|contact_person)/.test(field),
)

/** @throws the field and the rule a value breaks */
export function standardRecord(given: Readonly<Record<string, string>>, country = 'CN'): OneRecord {
  let reader = readers.get(country)
  if (!reader) {
    reader = new PeopleReader({ ...mapping, country })
    readers.set(country, reader)
  }
  const batch = new PeopleBatch()
  try {
    reader.read(1, field => (field === 'row_key' ? 'asked' : (given[field] ?? '')), batch)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    throw collectErrors['collect.asked-bad']({ field: error.field, value: error.value, rule: error.rule }, error)
  }
  const one: OneRecord = {}
  for (const field of MATCH_FIELDS) {
    const value = field === 'birth_date' ? birthDate(batch.birth[0] ?? null) : batch.text[field]?.[0]
    if (value) one[field] = value
  }
  return one
}

const birthDate = (day: number | null): string =>
  day === null ? '' : new Date(day * 86_400_000).toISOString().slice(0, 10)
