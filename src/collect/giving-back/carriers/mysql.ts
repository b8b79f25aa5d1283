/** Into a table of MySQL or MariaDB: rows are put or taken out in one transaction a batch. */
import type mysql from 'mysql2/promise'
import { givebackErrors } from '../errors.ts'
import type { TablePlace } from '../target.ts'
import type { Cargo, Carriage, Carrier } from './carrier.ts'
import { latestOf } from './latest-of.ts'
import { bareType, typeIn } from './table-types.ts'

const name = (text: string): string =>
  text
    .split('.')
    .map(part => `\`${part.replaceAll('`', '``')}\``)
    .join('.')

async function connect({ target }: Cargo): Promise<{ client: mysql.Connection; place: TablePlace }> {
  const place = target.definition.place as TablePlace
  const { host, port, user, database, tls } = place
  try {
    // Some 100 modules that few commands need.
    const { createConnection } = await import('mysql2/promise')
    const client = await createConnection({
      host,
      port,
      user,
      database,
      password: target.secret,
      charset: 'utf8mb4',
      timezone: 'Z',
      connectTimeout: 10_000,
      ...(tls ? { ssl: {} } : {}),
    })
    client.on('error', () => undefined)
    // Rows are refused, not bent, when they do not fit.
    await client.query("SET SESSION sql_mode = 'STRICT_ALL_TABLES', time_zone = '+00:00'")
    return { client, place }
  } catch (error) {
    throw givebackErrors['collect.target-unreachable']({ reason: (error as Error).message }, error)
  }
}

const refused = (error: unknown) => {
  const { message, sqlState } = error as { message: string; sqlState?: string }
  return givebackErrors[sqlState ? 'collect.target-refused' : 'collect.target-unreachable']({ reason: message }, error)
}

/** MySQL reads neither the T nor the Z of an instant. */
function valueFor(value: unknown, type: string): string | number | boolean | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'string' && /^DateTime/.test(type)) return value.replace('T', ' ').replace(/Z$/, '')
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  return JSON.stringify(value)
}

async function makeTable(client: mysql.Connection, place: TablePlace, { target, mart, types }: Cargo): Promise<void> {
  const { columns } = target.definition
  const lines = columns.map(column => {
    const isKey = mart.key.includes(column)
    return `${name(column)} ${typeIn('mysql', types.get(column) ?? 'String', isKey)}${isKey ? ' NOT NULL' : ''}`
  })
  const key = `PRIMARY KEY (${mart.key.map(name).join(', ')})`
  await client.query(
    `CREATE TABLE IF NOT EXISTS ${name(place.table)} (${[...lines, key].join(', ')}) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4`,
  )
  const [, fields] = await client.query(`SELECT * FROM ${name(place.table)} LIMIT 0`)
  const missing = columns.filter(column => !fields.some(field => field.name === column))
  const [keys] = await client.query<
    (mysql.RowDataPacket & { Key_name: string; Column_name: string; Non_unique: number })[]
  >(`SHOW KEYS FROM ${name(place.table)}`)
  const unique = new Map<string, string[]>()
  for (const one of keys)
    if (one.Non_unique === 0) unique.set(one.Key_name, [...(unique.get(one.Key_name) ?? []), one.Column_name])
  const wanted = [...mart.key].sort().join()
  const hasKey = [...unique.values()].some(columns => columns.sort().join() === wanted)
  const reason =
    missing.length > 0 ? `no column ${missing.join(', ')}` : hasKey ? '' : `no unique key over ${mart.key.join(', ')}`
  if (reason) throw givebackErrors['collect.target-table']({ table: place.table, reason })
}

async function open(cargo: Cargo): Promise<Carriage> {
  const { client, place } = await connect(cargo)
  const { columns } = cargo.target.definition
  const { key } = cargo.mart
  const types = columns.map(column => bareType(cargo.types.get(column) ?? 'String'))
  const set = columns.map(column => `${name(column)} = VALUES(${name(column)})`).join(', ')
  const upsert = `INSERT INTO ${name(place.table)} (${columns.map(name).join(', ')}) VALUES ? ON DUPLICATE KEY UPDATE ${set}`
  const remove = `DELETE FROM ${name(place.table)} WHERE (${key.map(name).join(', ')}) IN (?)`
  try {
    await makeTable(client, place, cargo)
  } catch (error) {
    await client.end()
    throw error instanceof Error && 'params' in error ? error : refused(error)
  }
  return {
    async send(changes) {
      const { upserts, deletes } = latestOf(changes)
      try {
        await client.beginTransaction()
        const rows = upserts.map(({ row }) => columns.map((column, i) => valueFor(row?.[column], types[i] ?? '')))
        if (rows.length > 0) await client.query(upsert, [rows])
        const gone = deletes.map(change => (key.length === 1 ? change.key[0] : change.key))
        if (gone.length > 0) await client.query(remove, [gone])
        await client.commit()
        return []
      } catch (error) {
        await client.rollback().catch(() => undefined)
        throw refused(error)
      }
    },
    close: () => client.end(),
  }
}

export const mysqlCarrier: Carrier = {
  kind: 'mysql',
  batch: place => ('host' in place ? place.batch : 2000),
  open,
  async test(cargo) {
    const { client } = await connect(cargo)
    try {
      const [rows] = await client.query<(mysql.RowDataPacket & { version: string })[]>('SELECT version() AS version')
      return `MySQL ${rows[0]?.version ?? ''}`
    } finally {
      await client.end()
    }
  },
}
