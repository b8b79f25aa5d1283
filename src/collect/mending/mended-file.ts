/** Refused rows as a CSV file to be mended in a spreadsheet, and the mended file back. */
import type { App } from '../../platform/app.ts'
import { collectErrors } from '../errors.ts'
import { detectEncoding } from '../import/encoding.ts'
import { CsvReader, detectDelimiter } from '../importers/csv-rows.ts'
import { sourceNamed } from '../sources.ts'
import { type Cells, cellsOf } from './cells.ts'
import { type EntryFilter, entries } from './entries.ts'
import { MOST_MENDED } from './mend-rows.ts'

/** Columns that say where a row belongs and what is wrong; the first two bring it back. */
const KEYS = ['_import', '_row', '_file', '_column', '_rule', '_why'] as const

const quotedCell = (value: string): string => (/[",\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)
const line = (cells: readonly string[]): string => `${cells.map(quotedCell).join(',')}\r\n`

/** The open rows that fit, all in one table: the headers of their sources side by side. The mark at its head makes Excel read UTF-8. */
export async function quarantineCsv(
  app: App,
  filter: EntryFilter,
  lang: 'en' | 'zh-CN',
): Promise<{ text: string; rows: number }> {
  const { total, rows } = await entries(app, { ...filter, state: 'open' }, 0, MOST_MENDED)
  if (total === 0) throw collectErrors['collect.mend-none']()
  if (total > MOST_MENDED) throw collectErrors['collect.mend-many']({ most: MOST_MENDED })
  const names = [...new Set(rows.map(row => row.source))]
  const mappings = new Map(
    await Promise.all(names.map(async name => [name, (await sourceNamed(app, name)).mapping] as const)),
  )
  const headers = [...new Set([...mappings.values()].flatMap(mapping => mapping.columns.map(column => column.header)))]
  const lines = rows.map(row => {
    const cells = cellsOf(row, mappings.get(row.source)!)
    const why = lang === 'zh-CN' ? row.messageZh : row.messageEn
    const known = [String(row.importId), String(row.rowNo), row.file, row.column, row.rule, why]
    return line([...known, ...headers.map(header => cells[header] ?? '')])
  })
  return { text: `\ufeff${line([...KEYS, ...headers])}${lines.join('')}`, rows: total }
}

export interface MendedRowGiven {
  importId: number
  rowNo: number
  cells: Cells
}

/** The rows of a mended file, whatever encoding and delimiter the spreadsheet has saved it in. */
export function readMendedFile(bytes: Buffer): MendedRowGiven[] {
  const text = new TextDecoder(detectEncoding(bytes)).decode(bytes).replace(/^\ufeff/, '')
  const reader = new CsvReader(detectDelimiter(text))
  const [head, ...body] = [...reader.push(text), ...reader.end()]
  const headers = (head?.cells ?? []).map(cell => cell.trim())
  const missing = ['_import', '_row'].filter(name => !headers.includes(name))
  if (missing.length > 0) throw collectErrors['collect.mended-file-bad']({ missing: missing.join(', ') })
  return body.flatMap(row => {
    const said = Object.fromEntries(headers.map((header, place) => [header, row.cells[place] ?? '']))
    const importId = Number(said['_import'])
    const rowNo = Number(said['_row'])
    if (row.problem !== '' || !Number.isSafeInteger(importId) || !Number.isSafeInteger(rowNo) || importId < 1) return []
    return [
      {
        importId,
        rowNo,
        cells: Object.fromEntries(Object.entries(said).filter(([header]) => !header.startsWith('_'))),
      },
    ]
  })
}
