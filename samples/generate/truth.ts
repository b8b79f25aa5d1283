import { toCsv } from './csv.ts'
import type { Sighting } from './rows/sighting.ts'

/** Who is who, and which mistakes were put in. */
export function writeTruth(rows: Sighting[]): Record<string, Buffer> {
  const people = rows.map(row => [
    row.source,
    row.key,
    row.person.id,
    row.person.kind,
    row.person.household,
    row.quarantine ? 'quarantine' : 'keep',
  ])
  const errors = rows.flatMap(row =>
    row.mistakes.map(({ field, error, truth }) => [row.source, row.key, field, error, truth]),
  )
  return {
    'truth/people.csv': Buffer.from(
      toCsv(['source', 'row_key', 'person_id', 'kind', 'household_id', 'expect'], people),
    ),
    'truth/errors.csv': Buffer.from(toCsv(['source', 'row_key', 'field', 'error', 'true_value'], errors)),
  }
}
