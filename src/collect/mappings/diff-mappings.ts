/** What changed from one version of a mapping to the next, as a person would say it: settings, and columns one by one. */
import { isDeepStrictEqual } from 'node:util'
import type { MappedColumn, Mapping } from '../mapping.ts'

export interface MappingChange {
  what: 'setting' | 'column'
  /** Name of the setting, or header of the column. */
  name: string
  /** '' where there was (or is) none. */
  before: string
  after: string
}

/** Not settings: the version itself, and what is compared column by column. */
const APART = new Set(['version', 'columns', 'source'])

const shown = (value: unknown): string => (value === undefined || value === null ? '' : String(value))

/** A column's field with what else is said of it: `attribute:age (0–120)`, `email (required)`. */
function columnText(column: MappedColumn | undefined): string {
  if (!column) return ''
  const range = column.min === undefined && column.max === undefined ? '' : ` (${column.min ?? ''}–${column.max ?? ''})`
  return `${column.field}${column.required ? ' *' : ''}${range}`
}

export function diffMappings(before: Mapping, after: Mapping): MappingChange[] {
  const settings = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(name => !APART.has(name)).sort()
  const old = before as Record<string, unknown>
  const now = after as Record<string, unknown>
  const changes: MappingChange[] = settings
    .filter(name => !isDeepStrictEqual(old[name], now[name]))
    .map(name => ({ what: 'setting', name, before: shown(old[name]), after: shown(now[name]) }))
  const headers = new Set([...before.columns, ...after.columns].map(column => column.header))
  for (const header of headers) {
    const was = columnText(before.columns.find(column => column.header === header))
    const is = columnText(after.columns.find(column => column.header === header))
    if (was !== is) changes.push({ what: 'column', name: header, before: was, after: is })
  }
  return changes
}
