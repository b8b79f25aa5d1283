import { collectErrors } from '../errors.ts'
import { detectEncoding } from '../import/encoding.ts'
import { type FileHead, readText } from '../import/read-text.ts'
import { cut } from '../import/rules.ts'
import { CsvReader, detectDelimiter, MAX_ROW } from './csv-rows.ts'
import type { Importer } from './importer.ts'
import { kindOfFile } from './kind-of-file.ts'
import { placesOf } from './places.ts'

const headText = (head: FileHead, encoding?: string): string =>
  new TextDecoder(encoding ?? detectEncoding(head.bytes)).decode(head.bytes)

const withoutMark = (text: string): string => (text.charCodeAt(0) === 0xfeff ? text.slice(1) : text)

/** Delimited text with a header line. Everything that is not another known format is taken to be this. */
export const csv: Importer = {
  name: 'csv',

  fits: path => ['.csv', '.tsv', '.txt'].includes(kindOfFile(path)),

  async sample(_path, head) {
    const text = withoutMark(headText(head))
    const reader = new CsvReader(detectDelimiter(text))
    const rows = [...reader.push(text)].slice(0, 200)
    const [header, ...body] = rows
    return (header?.cells ?? []).map((name, c) => ({
      header: name.trim(),
      values: body.map(row => row.cells[c] ?? ''),
    }))
  },

  async stage(path, head, mapping, out) {
    const delimiter = mapping.delimiter ?? detectDelimiter(withoutMark(headText(head, mapping.encoding)))
    const reader = new CsvReader(delimiter)
    let places: number[] | null = null
    let width = 0
    let rows = 0
    const take = (row: ReturnType<CsvReader['push']> extends Generator<infer R> ? R : never): void => {
      if (!places) {
        const headers = row.cells.map(cell => cell.trim())
        places = placesOf(path, headers, mapping)
        width = headers.length
        return
      }
      const rowNo = ++rows
      if (row.problem !== '') {
        const limit = row.problem === 'too-long' ? String(MAX_ROW) : ''
        out.bad({ rowNo, column: limit, value: '', rule: row.problem, raw: cut(row.raw) })
      } else if (row.cells.length !== width) {
        out.bad({ rowNo, column: String(width), value: String(row.cells.length), rule: 'columns', raw: cut(row.raw) })
      } else {
        out.row(
          rowNo,
          places.map(place => (place < 0 ? '' : row.cells[place]!)),
          '',
        )
      }
    }
    let first = true
    for await (const chunk of readText(path, head, 'CSV', mapping.encoding)) {
      const text = first ? withoutMark(chunk) : chunk
      first = false
      for (const row of reader.push(text)) take(row)
      await out.ready()
    }
    for (const row of reader.end()) take(row)
    if (!places) throw collectErrors['collect.file-empty']({ file: path })
    return { rows }
  },
}
