/**
 * Several files as one people table: columns of one role stand side by side, the first with the first. Text that only a header
 * names is united by header. Addresses that one file gives whole and another in parts are put together.
 */
import { foldText, hasHan, simplify } from '../../standardise/text.ts'
import { assumedCountry, assumedDateOrder } from '../assumed.ts'
import { recogniseColumns } from '../recognise.ts'
import type { PeopleColumn, PeopleTable, Role } from '../roles.ts'
import type { ColumnMap } from './column-map.ts'
import { type FileTable, TextColumn } from './file-table.ts'

export interface Combined extends PeopleTable {
  /** Number of the file each record came from, from 1. */
  sources: Uint32Array
  /** By file: its columns and what they are taken to be. */
  recognised: { source: string; columns: { column: string; role: Role }[] }[]
}

/** Columns of these roles mean something only under their own name; the later one can stand for the earlier. */
const NAMED: readonly Role[] = ['number', 'text', 'words']

const NOTHING = new TextColumn()

const SAMPLE = 1000

function rolesOf(table: FileTable, map?: ColumnMap): Role[] {
  const records = table.lines.length
  const step = Math.max(1, Math.floor(records / SAMPLE))
  const proposed = recogniseColumns(
    table.headers,
    c => Array.from({ length: Math.min(SAMPLE, records) }, (_, i) => table.columns[c]!.at(i * step)),
    c => ({ records, distinct: table.columns[c]!.values.length - 1 }),
  )
  return table.headers.map((header, c) => map?.(table, header) ?? proposed[c]!)
}

export function combineTables(tables: FileTable[], map?: ColumnMap): Combined {
  const roles = tables.map(table => rolesOf(table, map))
  const starts = [0]
  for (const table of tables) starts.push(starts.at(-1)! + table.lines.length)
  const records = starts.at(-1)!
  const sources = new Uint32Array(records)
  tables.forEach((_, t) => {
    sources.fill(t + 1, starts[t], starts[t + 1])
  })
  const slots = new Map<string, { name: string; role: Role; parts: (TextColumn | undefined)[] }>()
  tables.forEach((table, t) => {
    const count = new Map<Role, number>()
    roles[t]!.forEach((role, c) => {
      if (role === 'ignore') return
      const nth = count.get(role) ?? 0
      count.set(role, nth + 1)
      const named = NAMED.indexOf(role)
      const key = named >= 0 ? `named/${simplify(foldText(table.headers[c]!))}` : `${role}/${nth}`
      const slot = slots.get(key) ?? { name: table.headers[c]!, role, parts: [] }
      // Short in one file and long in the other: compared as long.
      if (named > NAMED.indexOf(slot.role)) slot.role = role
      slot.parts[t] ??= table.columns[c]!
      slots.set(key, slot)
    })
  })
  const columns = [...slots.values()].map(({ name, role, parts }): PeopleColumn => {
    const of = tables.map((_, t) => parts[t] ?? NOTHING)
    return { name, role, values: { at: i => of[sources[i]! - 1]!.at(i - starts[sources[i]! - 1]!) } }
  })
  return {
    records,
    columns: wholeAddresses(columns),
    sources,
    country: assumedCountry(columns, records),
    dateOrder: assumedDateOrder(columns, records),
    recognised: tables.map((table, t) => ({
      source: table.source,
      columns: table.headers.map((column, c) => ({ column, role: roles[t]![c]! })),
    })),
  }
}

/** Where some address is whole, every record gets a whole one, made of its parts if need be. */
export function wholeAddresses(columns: PeopleColumn[]): PeopleColumn[] {
  const whole = columns.find(column => column.role === 'address')
  if (!whole) return columns
  const first = (role: Role) => columns.find(column => column.role === role)?.values
  const street = first('street')
  const number = first('street-number')
  const places = [first('province'), first('city'), first('district')]
  const at = (i: number): string => {
    const detail = whole.values.at(i) || [number?.at(i), street?.at(i)].filter(Boolean).join(' ')
    if (detail === '') return ''
    const [province, city, district] = places.map(place => place?.at(i)?.trim() ?? '')
    if (!hasHan(detail)) {
      const lower = foldText(detail)
      return [detail, ...[city, province].filter(place => place && !lower.includes(foldText(place)))].join(', ')
    }
    let text = detail
    for (const place of [district, city, province]) {
      if (place && hasHan(place) && !detail.includes(place)) text = place + text
    }
    return text
  }
  const left = columns.filter(
    column => !['street', 'street-number', 'city', 'province', 'district'].includes(column.role),
  )
  return left.map(column => (column === whole ? { ...whole, values: { at } } : column))
}
