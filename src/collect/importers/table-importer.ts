/**
 * The importer of one kind of database. Values come as the text that the database itself writes for them, not through the
 * engine's own table functions: those turn what they cannot hold into something else and say nothing (a date of the year 1 in
 * PostgreSQL comes as 1970-01-01, 1.10 of a numeric as 1.1000000000000000000; ClickHouse 26.7).
 */
import { collectErrors } from '../errors.ts'
import type { FileHead } from '../import/read-text.ts'
import { quarantinable } from '../import/rules.ts'
import type { Mapping } from '../mapping.ts'
import { headerKey } from '../suggest-mapping.ts'
import { parseAddress, schemeOf, type TableAddress } from './address.ts'
import { type Importer, type SampleColumn, type StageHow, type StageWriter, sampleOf } from './importer.ts'
import { placesOf } from './places.ts'

export interface Select {
  /** All columns when absent. */
  columns?: string[]
  /** Rows whose column is at least this, or NULL, in its order. */
  since?: { column: string; value?: string }
  limit?: number
}

export interface TableConnection {
  columns(): Promise<string[]>
  /** Rows in batches, every value as text, NULL as null. */
  rows(select: Select): AsyncIterable<(string | null)[][]>
  close(): Promise<void>
}

export interface Database {
  name: string
  schemes: string[]
  connect(address: TableAddress): Promise<TableConnection>
}

async function withTable<T>(
  database: Database,
  path: string,
  work: (table: TableConnection, address: TableAddress) => Promise<T>,
): Promise<T> {
  const address = parseAddress(path)
  const hidden = (text: string) => (address.password === '' ? text : text.replaceAll(address.password, '***'))
  let table: TableConnection | undefined
  try {
    table = await database.connect(address)
    return await work(table, address)
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('collect.')) throw error
    const message =
      error instanceof AggregateError ? String(error.errors[0]) : error instanceof Error ? error.message : String(error)
    // The cause is left out: drivers put the connection's settings into their errors.
    throw collectErrors['collect.table-unreadable']({
      address: address.shown,
      reason: hidden(message.split('\n')[0] ?? '').replace(/[.。]\s*$/, ''),
    })
  } finally {
    await table?.close().catch(() => undefined)
  }
}

export const tableImporter = (database: Database): Importer => ({
  name: database.name,

  fits: path => database.schemes.includes(schemeOf(path)),

  sample: (path): Promise<SampleColumn[]> =>
    withTable(database, path, async table => {
      const headers = await table.columns()
      const rows: string[][] = []
      for await (const batch of table.rows({ limit: 200 })) rows.push(...batch.map(row => row.map(cell => cell ?? '')))
      return sampleOf(headers, rows)
    }),

  stage: (path: string, _head: FileHead, mapping: Mapping, out: StageWriter, how: StageHow = {}) =>
    withTable(database, path, async (table, address) => {
      const { since } = how
      const headers = await table.columns()
      const places = placesOf(address.shown, headers, mapping)
      const cursorAt =
        mapping.cursor === undefined ? -1 : headers.findIndex(h => headerKey(h) === headerKey(mapping.cursor!))
      if (mapping.cursor !== undefined && cursorAt < 0)
        throw collectErrors['collect.headers-missing']({
          file: address.shown,
          missing: mapping.cursor,
          found: headers.join(', '),
        })
      const wanted = [...new Set([...places, cursorAt])].filter(place => place >= 0)
      const from = places.map(place => wanted.indexOf(place))
      const cursorFrom = wanted.indexOf(cursorAt)
      let rows = 0
      let cursor = since
      const select: Select = { columns: wanted.map(place => headers[place]!) }
      if (cursorAt >= 0) select.since = { column: headers[cursorAt]!, ...(since === undefined ? {} : { value: since }) }
      for await (const batch of table.rows(select)) {
        for (const row of batch) {
          const rowNo = ++rows
          const values = from.map(place => (place < 0 ? '' : (row[place] ?? '')))
          const wrong = quarantinable(rowNo, mapping, values)
          if (wrong) out.bad(wrong)
          else out.row(rowNo, values, '')
          if (cursorFrom >= 0 && row[cursorFrom] !== null) cursor = row[cursorFrom]
        }
        await out.ready()
      }
      return { rows, ...(cursor === undefined ? {} : { cursor }) }
    }),
})
