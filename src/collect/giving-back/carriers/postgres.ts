/** Into a table of PostgreSQL: rows are put or taken out in one transaction a batch. */
import pg from 'pg'
import { givebackErrors } from '../errors.ts'
import type { TablePlace } from '../target.ts'
import type { Cargo, Carriage, Carrier } from './carrier.ts'
import { latestOf } from './latest-of.ts'
import { typeIn } from './table-types.ts'

const name = (text: string): string =>
  text
    .split('.')
    .map(part => `"${part.replaceAll('"', '""')}"`)
    .join('.')

async function connect({ target }: Cargo): Promise<{ client: pg.Client; place: TablePlace }> {
  const place = target.definition.place as TablePlace
  const { host, port, user, database, tls } = place
  const client = new pg.Client({
    host,
    port,
    user,
    database,
    password: target.secret,
    ssl: tls,
    connectionTimeoutMillis: 10_000,
    statement_timeout: 120_000,
    application_name: 'huiyin',
  })
  client.on('error', () => undefined)
  await client.connect().catch(error => {
    throw givebackErrors['collect.target-unreachable']({ reason: (error as Error).message }, error)
  })
  return { client, place }
}

const refused = (error: unknown) => {
  const { message, code } = error as { message: string; code?: string }
  const cut = code === undefined || code.startsWith('08') || code.startsWith('57')
  return givebackErrors[cut ? 'collect.target-unreachable' : 'collect.target-refused']({ reason: message }, error)
}

async function makeTable(client: pg.Client, place: TablePlace, { target, mart, types }: Cargo): Promise<void> {
  const { columns } = target.definition
  const lines = columns.map(column => `${name(column)} ${typeIn('postgres', types.get(column) ?? 'String', false)}`)
  const key = `PRIMARY KEY (${mart.key.map(name).join(', ')})`
  await client.query(`CREATE TABLE IF NOT EXISTS ${name(place.table)} (${[...lines, key].join(', ')})`)
  const { fields } = await client.query(`SELECT * FROM ${name(place.table)} LIMIT 0`)
  const missing = columns.filter(column => !fields.some(field => field.name === column))
  if (missing.length > 0)
    throw givebackErrors['collect.target-table']({ table: place.table, reason: `no column ${missing.join(', ')}` })
}

async function open(cargo: Cargo): Promise<Carriage> {
  const { client, place } = await connect(cargo)
  const { columns } = cargo.target.definition
  const { key } = cargo.mart
  const table = name(place.table)
  const list = columns.map(name).join(', ')
  const rest = columns.filter(column => !key.includes(column))
  const set = rest.map(column => `${name(column)} = excluded.${name(column)}`).join(', ')
  // The server reads the JSON by the table's own types, so a table made by others is written as it is.
  const upsert = `INSERT INTO ${table} (${list}) SELECT ${list} FROM json_populate_recordset(NULL::${table}, $1)
    ON CONFLICT (${key.map(name).join(', ')}) DO ${set ? `UPDATE SET ${set}` : 'NOTHING'}`
  const remove = `DELETE FROM ${table} AS theirs USING json_populate_recordset(NULL::${table}, $1) AS gone
    WHERE ${key.map(column => `theirs.${name(column)} = gone.${name(column)}`).join(' AND ')}`
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
        await client.query('BEGIN')
        if (upserts.length > 0) await client.query(upsert, [JSON.stringify(upserts.map(({ row }) => row))])
        const gone = deletes.map(change => Object.fromEntries(key.map((column, i) => [column, change.key[i]])))
        if (gone.length > 0) await client.query(remove, [JSON.stringify(gone)])
        await client.query('COMMIT')
        return []
      } catch (error) {
        await client.query('ROLLBACK').catch(() => undefined)
        throw refused(error)
      }
    },
    close: () => client.end(),
  }
}

export const postgres: Carrier = {
  kind: 'postgres',
  batch: place => ('host' in place ? place.batch : 2000),
  open,
  async test(cargo) {
    const { client } = await connect(cargo)
    try {
      const { rows } = await client.query<{ version: string }>('SELECT version() AS version')
      return (rows[0]?.version ?? '').split(' ').slice(0, 2).join(' ')
    } finally {
      await client.end()
    }
  },
}
