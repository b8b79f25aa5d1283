import type { QualityRule } from '../quality/rule.ts'
import { CORRECTABLE } from './corrected.ts'
import type { FixKind } from './fix.ts'

const PHONES = ['mobile', 'mobile2', 'landline']

/** Ways to repair what fails a rule, most fitting first; none where only the customer can know. */
export function fixesFor(rule: QualityRule): FixKind[] {
  const { field, check } = rule
  if (check.kind === 'agrees-with-id') return check.part === 'gender' ? ['gender-from-id'] : ['birth-date-from-id']
  if (check.kind === 'filled') return field === 'country' ? ['country-from-phone', 'set'] : []
  if (check.kind === 'unique' || check.kind === 'fresh' || check.kind === 'agrees-with-golden') return []
  const column = field === 'address' ? 'street' : field
  if (!(CORRECTABLE as readonly string[]).includes(column)) return []
  const always: FixKind[] = ['map-values', 'clear', 'set']
  if (check.kind === 'placeholder') return ['clear', 'map-values', 'set']
  if (PHONES.includes(field))
    return field === 'mobile2' ? ['reformat-phone', ...always] : ['reformat-phone', 'move-phone', ...always]
  if (field === 'email') return ['tidy-email', ...always]
  if (field === 'postcode') return ['reformat-postcode', ...always]
  if (field === 'full_name' || field === 'contact_person') return ['recase-name', 'tidy-text', ...always]
  return check.kind === 'checksum' || check.kind === 'age' ? ['clear', 'set'] : ['tidy-text', ...always]
}
