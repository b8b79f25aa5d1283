import { permits } from '../../platform/auth/permissions.ts'
import { MASKS, shown } from '../customers/masked.ts'
import type { QualityRule } from './rule.ts'

/** A failing value as the reader may see it: by the field's mask; a raw column may hold anything, so it is for contacts' readers alone. */
export function valueIn(reader: { roles: readonly string[] }, rule: QualityRule, value: string): string {
  if (rule.field in MASKS) return shown(reader, rule.field, value)
  const open = !rule.field.startsWith('raw:') && rule.field !== 'contact'
  if (open || permits(reader, 'customers.contact')) return value
  return value === '' ? '' : '***'
}
