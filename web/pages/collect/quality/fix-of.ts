import type { RepairPropose } from '../../../api/types.ts'

export type Fix = RepairPropose['fix']
export type FixKind = Fix['kind']

/** Lines `from → to` (also `->`, `=>` or a tab between them). */
export function readMap(text: string): { from: string; to: string }[] {
  return text.split('\n').flatMap(line => {
    const [from, to, more] = line.split(/\s*(?:→|->|=>|\t)\s*/)
    return from === undefined || to === undefined || more !== undefined || from.trim() === ''
      ? []
      : [{ from: from.trim(), to: to.trim() }]
  })
}

interface Draft {
  kind: string
  field: string
  value: string
  map: string
}

/** The fix a form describes; null while something is missing. Names of fields are checked by the server. */
export function fixOf({ kind, field, value, map }: Draft): Fix | null {
  const of = FIELD_OF[kind as FixKind] ?? field
  if (kind === 'set') return value.trim() === '' ? null : ({ kind, field: of, value: value.trim() } as Fix)
  if (kind === 'map-values') {
    const pairs = readMap(map)
    return pairs.length === 0 ? null : ({ kind, field: of, map: pairs } as Fix)
  }
  return { kind, field: of } as Fix
}

/** Fixes that are about one field whatever the rule. */
const FIELD_OF: Partial<Record<FixKind, string>> = {
  'country-from-phone': 'country',
  'tidy-email': 'email',
  'reformat-postcode': 'postcode',
  'birth-date-from-id': 'birth_date',
  'gender-from-id': 'gender',
}

/** The column behind a rule's field. */
export const columnOf = (field: string): string => (field === 'address' ? 'street' : field)
