import { GOLDEN_UNITS } from '../identity/survivorship.ts'
import type { CorrectableField } from './corrected.ts'
import type { RowChange } from './find-changes.ts'
import type { Changes } from './fixers.ts'

/** A unit survives as a whole, so a set value brings the rest of its unit along: a new street, the city it stands in. */
export function wholeUnit({ before, after }: RowChange): Changes {
  const fields = Object.keys(after)
  const units = GOLDEN_UNITS.filter(unit => unit.fields.some(field => fields.includes(field)))
  const rest = units.flatMap(unit => unit.fields).filter((field): field is CorrectableField => field in before)
  return { ...Object.fromEntries(rest.map(field => [field, before[field]])), ...after }
}
