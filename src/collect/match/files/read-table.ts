/** Reads a file of any kind that can be imported, all columns of it, without a data folder. */
import { basename } from 'node:path'
import { collectErrors } from '../../errors.ts'
import { detectEncoding } from '../../import/encoding.ts'
import { type FileHead, fileHead, readText } from '../../import/read-text.ts'
import { CsvReader, type CsvRow, detectDelimiter } from '../../importers/csv-rows.ts'
import { importerFor } from '../../importers/index.ts'
import { mappingSchema } from '../../mapping.ts'
import { type FileTable, TextColumn } from './file-table.ts'
import { readParquet } from './read-parquet.ts'

const sourceOf = (path: string): string =>
  basename(path)
    .replace(/\.gz$/i, '')
    .replace(/(.)\.[^.]*$/, '$1')

export async function readTable(path: string): Promise<FileTable> {
  const head = await fileHead(path)
  const importer = importerFor(path, head)
  const table: FileTable = { path, source: sourceOf(path), headers: [], columns: [], lines: [], rejected: [] }
  if (importer.name === 'csv') await readDelimited(path, head, table)
  else {
    const sample = await importer.sample(path, head)
    setHeaders(
      table,
      sample.map(column => column.header),
    )
    const mapping = mappingSchema.parse({
      source: 'match',
      file: basename(path),
      importer: importer.name,
      kind: 'people',
      columns: sample.map(({ header }) => ({ header, field: 'ignore' })),
    })
    const staged = await importer.stage(path, head, mapping, {
      row: (line, values) => pushRow(table, line, values),
      bad: row => table.rejected.push({ file: path, line: row.rowNo, column: row.column, rule: row.rule }),
      ready: async () => undefined,
    })
    if ('native' in staged) await readParquet(table)
  }
  if (table.lines.length === 0 && table.rejected.length === 0)
    throw collectErrors['collect.file-no-rows']({ file: path })
  return table
}

/** Columns without a name, or with one that came before, are told apart by their place. */
function setHeaders(table: FileTable, headers: string[]): void {
  const seen = new Set<string>()
  table.headers = headers.map((raw, c) => {
    const name = raw.trim() || `column ${c + 1}`
    let header = name
    for (let n = 2; seen.has(header); n++) header = `${name} (${n})`
    seen.add(header)
    return header
  })
  table.columns = table.headers.map(() => new TextColumn())
}

function pushRow(table: FileTable, line: number, values: readonly string[]): void {
  table.columns.forEach((column, c) => {
    column.push(values[c] ?? '')
  })
  table.lines.push(line)
}

async function readDelimited(path: string, head: FileHead, table: FileTable): Promise<void> {
  const headText = withoutMark(new TextDecoder(detectEncoding(head.bytes)).decode(head.bytes))
  const reader = new CsvReader(detectDelimiter(headText))
  let started = false
  const take = ({ cells, line, problem }: CsvRow): void => {
    if (!started) {
      started = true
      setHeaders(table, cells)
      return
    }
    const width = table.headers.length
    // A delimiter at the end of every line makes an empty cell more, which is no error.
    const surplus = cells.slice(width).some(cell => cell !== '')
    const rule = problem !== '' ? problem : cells.length < width || surplus ? 'columns' : ''
    if (rule === '') pushRow(table, line, cells)
    else table.rejected.push({ file: path, line, column: table.headers[cells.length] ?? '', rule })
  }
  let first = true
  for await (const chunk of readText(path, head, 'CSV')) {
    for (const row of reader.push(first ? withoutMark(chunk) : chunk)) take(row)
    first = false
  }
  for (const row of reader.end()) take(row)
  if (!started) throw collectErrors['collect.file-empty']({ file: path })
}

const withoutMark = (text: string): string => (text.charCodeAt(0) === 0xfeff ? text.slice(1) : text)
