import { collectErrors } from '../errors.ts'
import { asInflated, fileHead } from '../import/read-text.ts'
import { type BadRow, cut, rawOf } from '../import/rules.ts'
import { MAX_ROW } from './csv-rows.ts'
import { type Importer, sampleOf } from './importer.ts'
import { kindOfFile } from './kind-of-file.ts'
import { placesOf, uniqueHeaders } from './places.ts'
import { type SheetRow, type Workbook, withWorkbook } from './workbook/read-workbook.ts'

const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4

/** A sheet of an Excel workbook; the first row with something in it is the header. */
export const xlsx: Importer = {
  name: 'xlsx',

  fits: (path, head) => ['.xlsx', '.xlsm'].includes(kindOfFile(path)) || isZip(head.bytes),

  parts: async path =>
    asInflated(path, await fileHead(path), file => withWorkbook(file, async book => [...book.sheets])),

  sample: (path, head, as) =>
    asInflated(path, head, file =>
      withWorkbook(file, async book => {
        const rows: string[][] = []
        for await (const row of book.rows(sheetOf(book, as?.sheet))) {
          rows.push(row.cells.map(cell => cell.text))
          if (rows.length > 200) break
        }
        return sampleOf(headersOf(rows[0] ?? []), rows.slice(1))
      }),
    ),

  stage: (path, head, mapping, out) =>
    asInflated(path, head, file =>
      withWorkbook(file, async book => {
        let headers: string[] | undefined
        let places: number[] = []
        let above = 0
        let rows = 0
        for await (const row of book.rows(sheetOf(book, mapping.sheet))) {
          if (!headers) {
            headers = headersOf(row.cells.map(cell => cell.text))
            places = placesOf(path, headers, mapping)
            above = row.number
            continue
          }
          rows++
          const rowNo = row.number - above
          const wrong = problemOf(
            row,
            rowNo,
            headers,
            mapping.columns.map(({ field }) => field),
            places,
          )
          if (wrong) out.bad(wrong)
          else
            out.row(
              rowNo,
              places.map(place => row.cells[place]?.text ?? ''),
              '',
            )
          if (rows % 1000 === 0) await out.ready()
        }
        if (!headers) throw collectErrors['collect.file-empty']({ file: path })
        return { rows }
      }),
    ),
}

const sheetOf = (book: Workbook, wanted?: string): string =>
  wanted === undefined || wanted === '' ? book.sheets[0]! : wanted

function headersOf(cells: string[]): string[] {
  let last = cells.length
  while (last > 0 && cells[last - 1]!.trim() === '') last--
  return uniqueHeaders(cells.slice(0, last))
}

function problemOf(
  { cells }: SheetRow,
  rowNo: number,
  headers: string[],
  fields: string[],
  places: number[],
): BadRow | null {
  const texts = cells.map(cell => cell.text)
  const bad = (column: string, value: string, rule: BadRow['rule']): BadRow => ({
    rowNo,
    column,
    value,
    rule,
    raw: cut(rawOf(headers, texts)),
  })
  const wide = texts.findLastIndex(text => text !== '') + 1
  if (wide > headers.length) return bad(String(headers.length), String(wide), 'columns')
  for (const [c, place] of places.entries()) {
    const cell = cells[place]
    if (cell?.problem && fields[c] !== 'ignore') return bad(headers[place]!, cell.text, cell.problem)
  }
  if (texts.reduce((sum, text) => sum + text.length, 0) > MAX_ROW) return bad(String(MAX_ROW), '', 'too-long')
  if (texts.some(text => text.includes('\0'))) return bad('', '', 'nul')
  return texts.every(text => text.isWellFormed()) ? null : bad('', '', 'encoding')
}
