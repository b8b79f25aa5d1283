/** The cells of a refused row by header, as far as they can be told; a row that was no row yields what its line splits into. */
import { detectDelimiter } from '../importers/csv-rows.ts'
import type { Mapping } from '../mapping.ts'
import type { Entry } from './entries.ts'

export type Cells = Record<string, string>

/** Raw rows are cut at this length, and say so by their last sign; see `cut` in import/rules.ts. */
const CUT = 2000

export const isCut = ({ raw }: Pick<Entry, 'raw'>): boolean => raw.length > CUT && raw.endsWith('…')

export function cellsOf({ raw }: Pick<Entry, 'raw'>, mapping: Mapping): Cells {
  const said = asObject(raw)
  const cells: Cells = {}
  if (said) {
    for (const { header } of mapping.columns) cells[header] = textAt(said, header)
    // What stood beyond the last header of a row that was too long is shown, not lost.
    for (const [header, value] of Object.entries(said)) if (!(header in cells)) cells[header] = asText(value)
    return cells
  }
  const parts = raw.split(mapping.delimiter ?? detectDelimiter(raw)).map(part => part.replace(/^"|"$/g, ''))
  mapping.columns.forEach(({ header }, place) => {
    cells[header] = parts[place] ?? ''
  })
  return cells
}

function asObject(raw: string): Record<string, unknown> | null {
  if (!raw.startsWith('{')) return null
  try {
    return JSON.parse(raw) as Record<string, unknown>
  } catch {
    return null
  }
}

const asText = (value: unknown): string =>
  value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)

/** A header, or a path into a nested line. */
function textAt(object: Record<string, unknown>, header: string): string {
  if (header in object) return asText(object[header])
  let value: unknown = object
  for (const step of header.split('.')) {
    if (typeof value !== 'object' || value === null) return ''
    value = (value as Record<string, unknown>)[step]
  }
  return asText(value)
}

export const valuesOf = (cells: Cells, mapping: Mapping): string[] =>
  mapping.columns.map(({ header }) => cells[header] ?? '')
