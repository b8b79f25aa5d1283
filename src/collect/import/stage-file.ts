/**
 * A file brought to a staging table: all text, untouched but for its encoding (row_no, c0 … cn in the order of the mapping,
 * and raw), or parsed on the way where the whole parse is SQL. Text formats are rewritten as tab-separated UTF-8 in the spool and bulk-loaded; Parquet is read by the
 * engine itself.
 */
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { App } from '../../platform/app.ts'
import type { Params } from '../../platform/stores/facts/index.ts'
import { collectErrors } from '../errors.ts'
import { isAddress } from '../importers/address.ts'
import type { Staged, StageWriter } from '../importers/importer.ts'
import { importerNamed } from '../importers/index.ts'
import { asItStands } from '../importers/regular-csv.ts'
import type { Mapping } from '../mapping.ts'
import { type FileHead, fileError, removeInflated } from './read-text.ts'
import type { BadRow } from './rules.ts'

export interface StagedFile {
  table: string
  rows: number
  bad: BadRow[]
  /** Of a table: the last value of its cursor column. */
  cursor?: string | undefined
}

const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }
const tsv = (value: string): string =>
  /[\\\t\n\r]/.test(value) ? value.replace(/[\\\t\n\r]/g, char => ESCAPES[char] ?? char) : value

const columnNames = (mapping: Mapping): string[] => mapping.columns.map((_, c) => `c${c}`)

export async function createStaging(
  app: App,
  table: string,
  columns: Record<string, string>,
  orderBy = 'tuple()',
): Promise<void> {
  await app.facts.exec(`DROP TABLE IF EXISTS ${table} SYNC`)
  const list = Object.entries(columns).map(([name, type]) => `${name} ${type}`)
  await app.facts.exec(`CREATE TABLE ${table} (${list.join(', ')}) ENGINE = MergeTree ORDER BY ${orderBy}`)
}

export const dropStaging = (app: App, table: string): Promise<unknown> =>
  app.facts.exec(`DROP TABLE IF EXISTS ${table} SYNC`)

/** Where and how the rows of a file are written: as they are, or parsed on the way. */
export interface StageTarget {
  table: string
  columns: string[]
  /** SELECT list over a row's number, its cells by place in the mapping, and the raw row. */
  select(rowNo: string, cell: (place: number) => string, raw: string): string
  params?: Params
}

/** All text, row by row as the file has it, with the raw row: its own where the format has one, else made of headers and cells. */
export async function textStaging(app: App, importId: number, mapping: Mapping): Promise<StageTarget> {
  const table = `staging_${importId}`
  const columns = columnNames(mapping)
  const texts = Object.fromEntries(columns.map(name => [name, 'String']))
  await createStaging(app, table, { row_no: 'UInt64', ...texts, raw: 'String', hash: 'UInt64' }, 'row_no')
  return {
    table,
    columns: ['row_no', ...columns, 'raw', 'hash'],
    params: { headers: mapping.columns.map(column => column.header) },
    select: (rowNo, cell, raw) => {
      const cells = columns.map((_, c) => cell(c))
      // Piece by piece: as a map it would take twice as long.
      const pairs = cells.map(
        (cell, c) => `toJSONString({headers:Array(String)}[${c + 1}]), ':', toJSONString(${cell})`,
      )
      const made = `concat('{', ${pairs.join(", ',', ")}, '}')`
      const its = raw === "''" ? made : `if(${raw} != '', ${raw}, ${made})`
      return [rowNo, ...cells, `${its} AS its_raw`, 'cityHash64(its_raw)'].join(', ')
    },
  }
}

export async function stageFile(
  app: App,
  importId: number,
  path: string,
  head: FileHead,
  mapping: Mapping,
  target: StageTarget,
  since?: string,
): Promise<StagedFile> {
  const spool = join(app.config.dataDir, 'spool')
  await mkdir(spool, { recursive: true })
  const file = join(spool, `import-${importId}.tsv`)
  const bad: BadRow[] = []
  const importer = importerNamed(mapping.importer, path)
  const { table, columns, select, params } = target
  try {
    const stage = async (native: boolean) => {
      const writer = tsvWriter(file, bad)
      return importer.stage(path, head, mapping, writer, { since, native }).finally(() => writer.close())
    }
    let staged = await stage(true)
    if ('native' in staged && staged.native === 'CSV') {
      const rows = await stageCsv(app, path, staged, target)
      if (rows !== null) return { table, rows, bad }
      // A row is ragged: the careful reader tells which.
      staged = await stage(false)
    }
    if ('native' in staged && staged.native === 'Parquet') {
      const { inflated } = staged
      const rows = await stageNative(app, inflated ?? path, mapping, target).finally(() =>
        inflated ? removeInflated(inflated) : undefined,
      )
      return { table, rows, bad }
    }
    if ('native' in staged) throw new Error('an importer that may not leave a file to the engine did so')
    if (staged.rows === 0 && isAddress(path)) return { table, rows: 0, bad, cursor: staged.cursor }
    if (staged.rows === 0) throw collectErrors['collect.file-no-rows']({ file: path })
    const names = columnNames(mapping)
    await app.facts.bulkLoad({
      path: file,
      format: 'TSV',
      table,
      columns,
      structure: `row_no UInt64, ${names.map(name => `${name} String`).join(', ')}, raw String`,
      select: select('row_no', place => names[place] ?? "''", 'raw'),
      params,
    })
    return { table, rows: staged.rows, bad, cursor: staged.cursor }
  } finally {
    await rm(file, { force: true })
  }
}

/**
 * A regular CSV file read by the engine. The last column tells a row that ends too early (it is NULL then) and one more column a row
 * that goes on; null when there is one, and the table is empty again.
 */
async function stageCsv(
  app: App,
  path: string,
  { delimiter, width, places, regular }: Extract<Staged, { native: 'CSV' }>,
  target: StageTarget,
): Promise<number | null> {
  regular.catch(() => undefined)
  const last = width - 1
  const structure = Array.from({ length: width + 1 }, (_, c) => `f${c} ${c < last ? 'String' : 'Nullable(String)'}`)
  const even = `throwIf(isNull(f${last}) OR isNotNull(f${width}), '${RAGGED}') + rowNumberInAllBlocks() + 1`
  const cellAt = (place: number): string => {
    const at = places[place] ?? -1
    return at < 0 ? "''" : at === last ? `assumeNotNull(f${last})` : `f${at}`
  }
  try {
    const { rows } = await app.facts.bulkLoad({
      path,
      format: 'CSV',
      table: target.table,
      columns: target.columns,
      structure: structure.join(', '),
      select: target.select(even, cellAt, "''"),
      params: target.params,
      settings: { ...asItStands(delimiter), short_circuit_function_evaluation: 'force_enable' },
    })
    if (!(await regular)) throw new Error(RAGGED)
    if (rows === 0) throw collectErrors['collect.file-no-rows']({ file: path })
    return rows
  } catch (error) {
    await regular.catch(() => false)
    const text = error instanceof Error ? error.message : ''
    if (!text.includes(RAGGED) && !/CSV|parse|INCORRECT_DATA|CANNOT_/.test(text)) throw error
    await app.facts.exec(`TRUNCATE TABLE ${target.table} SYNC`)
    return null
  }
}

const RAGGED = 'huiyin: a row is ragged'

/** Columns that the mapping names and the file lacks stay empty; numbers and times arrive as the engine writes them. */
async function stageNative(app: App, path: string, mapping: Mapping, target: StageTarget): Promise<number> {
  const quoted = mapping.columns.map(column => `\`${column.header.replace(/[`\\]/g, '\\$&')}\``)
  try {
    const { rows } = await app.facts.bulkLoad({
      path,
      format: 'Parquet',
      table: target.table,
      columns: target.columns,
      structure: quoted.map(name => `${name} Nullable(String)`).join(', '),
      select: target.select('rowNumberInAllBlocks() + 1', place => `ifNull(${quoted[place]}, '')`, "''"),
      params: target.params,
      // One thread, so that the numbers are those of the file: 0.7 M parsed lines a second.
      settings: { input_format_parquet_allow_missing_columns: 1, max_threads: 1 },
    })
    if (rows === 0) throw collectErrors['collect.file-no-rows']({ file: path })
    return rows
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error)
    if (/parquet|Thrift|magic/i.test(String(reason)))
      throw collectErrors['collect.file-truncated']({ file: path, reason }, error)
    throw fileError(path, error)
  }
}

function tsvWriter(file: string, bad: BadRow[]): StageWriter & { close(): Promise<void> } {
  const stream = createWriteStream(file, { highWaterMark: 4 << 20 })
  const failed = new Promise<never>((_, reject) => stream.on('error', error => reject(fileError(file, error))))
  failed.catch(() => undefined)
  let lines: string[] = []
  let full = false
  const flush = (): void => {
    if (lines.length === 0) return
    full = !stream.write(lines.join(''))
    lines = []
  }
  return {
    row(rowNo, values, raw) {
      let line = String(rowNo)
      for (const value of values) line += `\t${tsv(value)}`
      lines.push(`${line}\t${tsv(raw)}\n`)
      if (lines.length >= 4096) flush()
    },
    bad: row => bad.push(row),
    async ready() {
      flush()
      if (full) await Promise.race([failed, new Promise<void>(resolve => stream.once('drain', () => resolve()))])
      full = false
    },
    async close() {
      flush()
      await Promise.race([failed, new Promise<void>(resolve => stream.end(() => resolve()))])
    },
  }
}
