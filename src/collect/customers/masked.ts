/** Which golden fields are personal, how each is masked, and what a reader may see. */
import { permits } from '../../platform/auth/permissions.ts'
import { type MaskKind, mask } from '../../platform/masking.ts'

export const MASKS: Record<string, MaskKind> = {
  name: 'name',
  full_name: 'name',
  family_name: 'name',
  given_name: 'name',
  contact_person: 'name',
  mobile: 'phone',
  mobile2: 'phone',
  landline: 'phone',
  email: 'email',
  id_number: 'id',
  birth_date: 'birth',
  street: 'address',
  address: 'address',
  address2: 'address',
}

/** Seen by the roles that talk to customers; identity numbers only one by one, and logged. */
const CONTACT = new Set([
  'name',
  'full_name',
  'family_name',
  'given_name',
  'contact_person',
  'mobile',
  'mobile2',
  'landline',
  'email',
  'birth_date',
  'street',
  'address',
  'address2',
])
/** Names are shown to everybody who may read customers at all: a list without them is of no use. */
const OPEN = new Set(['name', 'full_name', 'family_name', 'given_name', 'contact_person'])

type Reader = { roles: readonly string[] }

export const maySee = (reader: Reader, field: string): boolean =>
  !(field in MASKS) || OPEN.has(field) || (CONTACT.has(field) && permits(reader, 'customers.contact'))

export function shown(reader: Reader, field: string, value: string): string {
  const kind = MASKS[field]
  return kind === undefined || maySee(reader, field) ? value : mask(kind, value)
}

/** A raw row may hold anything, so who may not see contacts gets its headers and the shape of its values only. */
export function shownRaw(reader: Reader, raw: Record<string, unknown>): Record<string, unknown> {
  return permits(reader, 'customers.contact')
    ? maskIds(raw)
    : Object.fromEntries(Object.keys(raw).map(key => [key, raw[key] ? '***' : '']))
}

const maskIds = (raw: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(raw).map(([key, value]) => [
      key,
      typeof value === 'string' && /^\d{17}[\dXx]$/.test(value) ? mask('id', value) : value,
    ]),
  )
