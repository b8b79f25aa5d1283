import { openFacts } from '../../platform/stores/facts/index.ts'
import { quotedTable } from './address.ts'
import { type Database, tableImporter } from './table-importer.ts'

const quote = (name: string): string => `\`${name.replace(/[\\`]/g, '\\$&')}\``

/** A ClickHouse server by its HTTP interface; every value is turned to text there. */
const database: Database = {
  name: 'clickhouse',
  schemes: ['clickhouse', 'http', 'https'],

  async connect({ host, port, user, password, database, tls, table, query }) {
    const url = `${tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`
    const server = await openFacts({
      address: { url, username: user || 'default', password, database: database || 'default' },
    })
    const from = query === '' ? quotedTable(table, quote) : `(${query}) AS given`
    const shape = await server.query<{ name: string; type: string }>(`DESCRIBE (SELECT * FROM ${from})`)
    const types = new Map(shape.map(({ name, type }) => [name, type]))
    const text = (name: string): string => {
      const written = `toString(${quote(name)})`
      return /^(Nullable\()?DateTime/.test(types.get(name) ?? '') ? `concat(${written}, 'Z')` : written
    }
    return {
      columns: async () => shape.map(({ name }) => name),
      async *rows({ columns = shape.map(({ name }) => name), since, limit }) {
        const column = since ? quote(since.column) : ''
        const type = (types.get(since?.column ?? '') ?? 'String').replace(/[\\']/g, '\\$&')
        const where =
          since?.value === undefined ? '' : ` WHERE ${column} >= CAST({since:String}, '${type}') OR isNull(${column})`
        const list = columns.map((name, c) => `${text(name)} AS c${c}`).join(', ')
        const order = since ? ` ORDER BY ${column} NULLS FIRST` : ''
        const sql = `SELECT ${list} FROM ${from}${where}${order}${limit ? ` LIMIT ${limit}` : ''}`
        const value: Record<string, string> = {}
        if (since?.value !== undefined) value['since'] = since.value.replace(/Z$/, '')
        for await (const batch of server.stream(sql, value)) {
          const cells = columns.map((_, c) => batch.strOrNull(`c${c}`))
          yield Array.from({ length: batch.rows }, (_, at) => cells.map(column => column[at] ?? null))
        }
      },
      close: () => server.close(),
    }
  },
}

export const clickhouse = tableImporter(database)
