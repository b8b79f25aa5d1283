import { once } from 'node:events'
import type { FieldPacket } from 'mysql2'
import { quotedTable } from './address.ts'
import { type Database, tableImporter } from './table-importer.ts'

const quote = (name: string): string => `\`${name.replaceAll('`', '``')}\``
const BATCH = 5000

/** Every value as the text the server sends; points in time (TIMESTAMP) are written in UTC and end in Z. */
const database: Database = {
  name: 'mysql',
  schemes: ['mysql', 'mariadb'],

  async connect({ host, port, user, password, database, tls, table, query }) {
    // Some 100 modules that few commands need.
    const { default: mysql2 } = await import('mysql2')
    const connection = mysql2.createConnection({
      host,
      port,
      user,
      password,
      database,
      charset: 'utf8mb4',
      connectTimeout: 10_000,
      rowsAsArray: true,
      ...(tls ? { ssl: { rejectUnauthorized: false } } : {}),
      typeCast: field => {
        const text = field.string('utf8')
        return field.type === 'TIMESTAMP' && text !== null ? `${text}Z` : text
      },
    })
    connection.on('error', () => undefined)
    const run = (sql: string) =>
      new Promise<FieldPacket[]>((resolve, reject) =>
        connection.query(sql, (error, _, fields) => (error ? reject(error) : resolve(fields ?? []))),
      )
    await once(connection, 'connect')
    await run("SET SESSION time_zone = '+00:00'")
    await run('START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY')
    const from = query === '' ? quotedTable(table, quote) : `(${query}) AS given`
    const names = (await run(`SELECT * FROM ${from} LIMIT 0`)).map(field => field.name)
    return {
      columns: async () => names,
      async *rows({ columns = names, since, limit }) {
        const column = since ? quote(since.column) : ''
        const where = since?.value === undefined ? '' : ` WHERE ${column} >= ? OR ${column} IS NULL`
        // A number in text would be compared as a float, and those are the same beyond 2^53.
        const value =
          since?.value === undefined
            ? []
            : [/^-?\d+$/.test(since.value) ? BigInt(since.value) : since.value.replace(/Z$/, '')]
        const list = columns.map(quote).join(', ')
        const sql = `SELECT ${list} FROM ${from}${where}${since ? ` ORDER BY ${column}` : ''}${limit ? ` LIMIT ${limit}` : ''}`
        let batch: (string | null)[][] = []
        for await (const row of connection.query(sql, value).stream({ highWaterMark: BATCH })) {
          batch.push(row as (string | null)[])
          if (batch.length < BATCH) continue
          yield batch
          batch = []
        }
        if (batch.length > 0) yield batch
      },
      close: async () => connection.destroy(),
    }
  },
}

export const mysql = tableImporter(database)
