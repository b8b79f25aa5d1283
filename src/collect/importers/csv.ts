import { collectErrors } from '../errors.ts'
import { type FileHead, headText, readText, wellDecoded } from '../import/read-text.ts'
import { cut, rawOf } from '../import/rules.ts'
import type { Mapping } from '../mapping.ts'
import { CsvReader, type CsvRow, detectDelimiter, MAX_ROW } from './csv-rows.ts'
import { type Importer, type Staged, sampleOf } from './importer.ts'
import { kindOfFile } from './kind-of-file.ts'
import { placesOf, uniqueHeaders } from './places.ts'
import { isRegularCsv } from './regular-csv.ts'

/** Delimited text with a header line. Everything that is not another known format is taken to be this. */
export const csv: Importer = {
  name: 'csv',

  fits: path => ['.csv', '.tsv', '.txt'].includes(kindOfFile(path)),

  async sample(path, head, as) {
    const text = await headText(path, head, as?.encoding)
    const reader = new CsvReader(as?.delimiter || detectDelimiter(text))
    const rows = [...reader.push(text), ...(whole(head) ? reader.end() : [])].slice(0, 200)
    const [header, ...body] = rows
    return sampleOf(
      uniqueHeaders(header?.cells ?? []),
      body.map(row => row.cells),
    )
  },

  async stage(path, head, mapping, out, how = {}) {
    const delimiter = mapping.delimiter ?? detectDelimiter(await headText(path, head, mapping.encoding))
    const regular = how.native ? await regularFile(path, head, mapping, delimiter) : null
    if (regular) return regular
    const reader = new CsvReader(delimiter)
    const decoded = wellDecoded(path)
    let headers: string[] | null = null
    let places: number[] = []
    let rows = 0
    const take = (row: CsvRow): void => {
      if (!headers) {
        headers = uniqueHeaders(row.cells)
        places = placesOf(path, headers, mapping)
        return
      }
      const rowNo = ++rows
      const raw = () => cut(row.cells.length > 0 ? rawOf(headers ?? [], row.cells) : row.raw)
      if (row.problem !== '') {
        const limit = row.problem === 'too-long' ? String(MAX_ROW) : ''
        out.bad({ rowNo, column: limit, value: '', rule: row.problem, raw: raw() })
      } else if (!decoded.isText(row.raw)) {
        out.bad({ rowNo, column: '', value: '', rule: 'encoding', raw: raw() })
      } else if (row.cells.length !== headers.length) {
        const [column, value] = [String(headers.length), String(row.cells.length)]
        out.bad({ rowNo, column, value, rule: 'columns', raw: raw() })
      } else {
        const { cells } = row
        out.row(
          rowNo,
          places.map(place => (place < 0 ? '' : cells[place]!)),
          '',
        )
      }
    }
    for await (const text of readText(path, head, 'CSV', mapping.encoding)) {
      for (const row of reader.push(text)) take(row)
      await out.ready()
    }
    for (const row of reader.end()) take(row)
    if (!headers) throw collectErrors['collect.file-empty']({ file: path })
    decoded.check(rows)
    return { rows }
  },
}

const whole = (head: FileHead): boolean => !head.gzip && head.bytes.length >= head.size

/** Below this the engine's detour over the checks takes longer than it saves. */
const WORTH_IT = 1 << 20

async function regularFile(path: string, head: FileHead, mapping: Mapping, delimiter: string): Promise<Staged | null> {
  if (head.gzip || head.size < WORTH_IT || !/^(|utf-?8)$/i.test(mapping.encoding ?? '')) return null
  const [header] = new CsvReader(delimiter).push(await headText(path, head, mapping.encoding))
  if (header?.problem !== '' || header.raw.includes('\n') || header.cells.length < 2) return null
  // A blank line above the header is skipped here and counted there.
  if (
    !Buffer.from(head.bytes)
      .toString()
      .replace(/^\ufeff/, '')
      .startsWith(header.raw)
  )
    return null
  const places = placesOf(path, uniqueHeaders(header.cells), mapping)
  return { native: 'CSV', delimiter, width: header.cells.length, places, regular: isRegularCsv(path, delimiter) }
}
