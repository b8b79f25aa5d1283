import pg from 'pg'
import { quotedTable } from './address.ts'
import { type Database, tableImporter } from './table-importer.ts'

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`
const BATCH = 5000
const TIMESTAMPTZ = 1184

/** Everything is cast to text by PostgreSQL; points in time are written in UTC and end in Z. */
const database: Database = {
  name: 'postgres',
  schemes: ['postgres', 'postgresql'],

  async connect({ host, port, user, password, database, tls, table, query }) {
    const client = new pg.Client({
      host,
      port,
      user,
      password,
      database,
      ssl: tls ? { rejectUnauthorized: false } : false,
      connectionTimeoutMillis: 10_000,
      application_name: 'huiyin',
    })
    client.on('error', () => undefined)
    await client.connect()
    // One snapshot for the whole read; and nothing can be written.
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    await client.query("SET LOCAL TIME ZONE 'UTC'; SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL statement_timeout = 0")
    const from = query === '' ? quotedTable(table, quote) : `(${query}) AS given`
    const shape = await client.query({ text: `SELECT * FROM ${from} LIMIT 0`, rowMode: 'array' })
    const inUtc = new Set(shape.fields.filter(field => field.dataTypeID === TIMESTAMPTZ).map(field => field.name))
    const names = shape.fields.map(field => field.name)
    return {
      columns: async () => names,
      async *rows({ columns = names, since, limit }) {
        const where =
          since?.value === undefined ? '' : ` WHERE ${quote(since.column)} >= $1 OR ${quote(since.column)} IS NULL`
        const list = columns.map(name => `${quote(name)}::text`).join(', ')
        const order = since ? ` ORDER BY ${quote(since.column)} NULLS FIRST` : ''
        await client.query(
          `DECLARE rows NO SCROLL CURSOR FOR SELECT ${list} FROM ${from}${where}${order}${limit ? ` LIMIT ${limit}` : ''}`,
          since?.value === undefined ? [] : [since.value],
        )
        const utc = columns.map(name => inUtc.has(name))
        for (;;) {
          const { rows } = await client.query<(string | null)[]>({ text: `FETCH ${BATCH} FROM rows`, rowMode: 'array' })
          if (rows.length === 0) break
          yield rows.map(row => row.map((value, c) => (utc[c] && value ? value.replace(/\+00$/, 'Z') : value)))
        }
        await client.query('CLOSE rows')
      },
      close: () => client.end(),
    }
  },
}

export const postgres = tableImporter(database)
