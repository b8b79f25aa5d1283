/**
 * `--map MAP.json`: what columns mean, where their headers and values do not say it.
 *     { "Vorname": "given-name", "Kundennr": "account", "Bemerkung": "ignore" }
 *     { "crm": { "name": "full-name" }, "shop": { "name": "organisation" } }      by source, where one header means two things
 * Columns that are not named are still recognised; { "*": "ignore" } leaves them out.
 */
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { fileError } from '../../import/read-text.ts'
import { matchErrors } from '../errors.ts'
import { ROLES, type Role } from '../roles.ts'
import type { FileTable } from './file-table.ts'

const mapSchema = z.record(z.string(), z.union([z.string(), z.record(z.string(), z.string())]))

/** Names of fields as import mappings have them, and words people use. */
const ALIASES: Record<string, Role> = {
  name: 'full-name',
  'family-name': 'surname',
  'last-name': 'surname',
  'first-name': 'given-name',
  mobile: 'phone',
  mobile2: 'phone',
  landline: 'phone',
  telephone: 'phone',
  dob: 'birth-date',
  birthday: 'birth-date',
  'org-code': 'tax-code',
  'account-no': 'account',
  company: 'organisation',
  address2: 'address',
  suburb: 'city',
  state: 'province',
  zip: 'postcode',
  sex: 'gender',
  none: 'ignore',
  'row-key': 'ignore',
}

/** Role of a column, undefined where the map says nothing. */
export type ColumnMap = (table: FileTable, header: string) => Role | undefined

export async function readColumnMap(path: string, tables: FileTable[]): Promise<ColumnMap> {
  const text = await readFile(path, 'utf8').catch(error => {
    throw fileError(path, error)
  })
  let read: z.infer<typeof mapSchema>
  try {
    read = mapSchema.parse(JSON.parse(text.replace(/^\ufeff/, '')))
  } catch (error) {
    const reason =
      error instanceof z.ZodError ? 'it must be an object of "column": "role"' : ((error as Error).message ?? 'no JSON')
    throw matchErrors['match.map-unreadable']({ file: path, reason }, error)
  }
  const roleOf = (column: string, role: string): Role => {
    const name = role.trim().toLowerCase().replace(/_/g, '-')
    const found = ROLES.find(known => known === name) ?? ALIASES[name]
    if (!found) throw matchErrors['match.map-role']({ file: path, column, role, roles: ROLES.join(', ') })
    return found
  }
  const common = new Map<string, Role>()
  const bySource = new Map<string, Map<string, Role>>()
  const known = (header: string, among: FileTable[]): void => {
    if (header === '*' || among.some(table => table.headers.includes(header))) return
    const found = [...new Set(among.flatMap(table => table.headers))].join(', ').slice(0, 1000)
    throw matchErrors['match.map-column']({ file: path, column: header, found })
  }
  for (const [name, value] of Object.entries(read)) {
    if (typeof value === 'string') {
      known(name, tables)
      common.set(name, roleOf(name, value))
      continue
    }
    const among = tables.filter(table => table.source === name)
    if (among.length === 0)
      throw matchErrors['match.map-column']({ file: path, column: name, found: tables.map(t => t.source).join(', ') })
    const roles = new Map<string, Role>()
    for (const [header, role] of Object.entries(value)) {
      known(header, among)
      roles.set(header, roleOf(header, role))
    }
    bySource.set(name, roles)
  }
  return (table, header) => {
    const own = bySource.get(table.source)
    return own?.get(header) ?? common.get(header) ?? own?.get('*') ?? common.get('*')
  }
}
