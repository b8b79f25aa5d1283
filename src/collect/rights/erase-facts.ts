/** Rows out of the facts: taken away, rewritten, and gone from the disk with the parts that held them. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { App } from '../../platform/app.ts'
import type { PersonalFacts } from '../../platform/personal-data.ts'
import type { Facts } from '../../platform/stores/facts/index.ts'
import { factKeys } from './person.ts'

const quoted = (name: string): string => `\`${name}\``

/** In a cluster rows are changed in the table behind the distributed one, on every shard. */
async function stored(facts: Facts, table: string): Promise<{ name: string; on: string }> {
  const { cluster } = facts.address
  if (cluster === undefined) return { name: quoted(table), on: '' }
  const [local] = await facts.query(
    'SELECT 1 FROM system.tables WHERE database = currentDatabase() AND name = {name:String}',
    {
      name: `${table}_local`,
    },
  )
  return { name: quoted(local ? `${table}_local` : table), on: ` ON CLUSTER ${quoted(cluster)}` }
}

const MUTATION = { mutations_sync: 2, allow_nondeterministic_mutations: 1 } as const

const erasable = ({ where, keptWhere }: PersonalFacts, requestId: number): string =>
  `(${where(factKeys(requestId))})${keptWhere ? ` AND NOT (${keptWhere})` : ''}`

export async function rowsOfPerson(facts: Facts, table: PersonalFacts, requestId: number): Promise<number> {
  const { n } = await facts.one<{ n: number }>(
    `SELECT count() AS n FROM ${quoted(table.table)} WHERE ${erasable(table, requestId)}`,
  )
  return n
}

/** Returns the rows concerned. The text of a mutation stays on disk for a while: it names the request, never a value. */
export async function eraseFacts(app: App, table: PersonalFacts, requestId: number): Promise<number> {
  const { facts } = app
  const { erase } = table
  if (typeof erase === 'object' && 'none' in erase) return 0
  const rows = await rowsOfPerson(facts, table, requestId)
  const { name, on } = await stored(facts, table.table)
  const where = erasable(table, requestId)
  // Rows that others have taken out by mask alone are on disk still.
  await facts.exec(`ALTER TABLE ${name}${on} APPLY DELETED MASK`, {}, { settings: MUTATION })
  if (rows === 0) return 0
  if (erase === 'delete') {
    await facts.exec(`ALTER TABLE ${name}${on} DELETE WHERE ${where}`, {}, { settings: MUTATION })
  } else if ('set' in erase) {
    const set = Object.entries(erase.set).map(([column, value]) => `${quoted(column)} = ${value}`)
    await facts.exec(`ALTER TABLE ${name}${on} UPDATE ${set.join(', ')} WHERE ${where}`, {}, { settings: MUTATION })
  } else {
    await copyWithout(facts, table.table, where, erase)
    await facts.exec(`ALTER TABLE ${name}${on} DELETE WHERE ${where}`, {}, { settings: MUTATION })
  }
  return rows
}

async function copyWithout(
  facts: Facts,
  table: string,
  where: string,
  { copy, same }: { copy: Record<string, string>; same: string[] },
): Promise<void> {
  const columns = (
    await facts.query<{ name: string }>(
      `SELECT name FROM system.columns WHERE database = currentDatabase() AND table = {table:String} AND default_kind IN ('', 'DEFAULT') ORDER BY position`,
      { table },
    )
  ).map(row => row.name)
  const selected = columns.map(column =>
    column in copy ? `${copy[column]} AS ${quoted(`new_${column}`)}` : quoted(column),
  )
  const identity = `(${same.map(quoted).join(', ')})`
  const unkeyed = Object.keys(copy)[0]!
  await facts.exec(
    `INSERT INTO ${quoted(table)} (${columns.map(quoted).join(', ')})
     SELECT ${selected.join(', ')} FROM ${quoted(table)}
     WHERE ${where} AND ${identity} NOT IN (SELECT ${identity} FROM ${quoted(table)} WHERE ${quoted(unkeyed)} = ${copy[unkeyed]})`,
  )
}

/** Parts that were rewritten stay until their lifetime (8 minutes) is over; here they go at once. */
const AT_ONCE = {
  old_parts_lifetime: 1,
  cleanup_delay_period: 1,
  max_cleanup_delay_period: 1,
  cleanup_delay_period_random_add: 0,
  merge_tree_clear_old_parts_interval_seconds: 1,
}
const PATIENCE_MS = 60_000

const leftOver = (tables: string): string =>
  `SELECT count() AS n FROM system.parts WHERE database = currentDatabase() AND NOT active AND table IN (${tables})`

/** Returns the number of old parts that are still on disk: 0 unless a query reads one for more than a minute. */
export async function clearOldParts(app: App, tables: readonly string[]): Promise<number> {
  const { facts } = app
  const names = await Promise.all(tables.map(table => stored(facts, table)))
  const settings = Object.entries(AT_ONCE).map(([name, value]) => `${name} = ${value}`)
  for (const { name, on } of names) await facts.exec(`ALTER TABLE ${name}${on} MODIFY SETTING ${settings.join(', ')}`)
  // Starting the cleanup anew wakes its thread, which otherwise sleeps up to five minutes.
  const wake = async () => {
    for (const { name, on } of names) {
      await facts.exec(`SYSTEM STOP CLEANUP${on} ${name}`)
      await facts.exec(`SYSTEM START CLEANUP${on} ${name}`)
    }
  }
  const list = names.map(({ name }) => `'${name.replaceAll('`', '')}'`).join(', ')
  const since = Date.now()
  let left = 0
  for (let tries = 0; ; tries++) {
    if (tries % 10 === 0) await wake()
    left = (await facts.one<{ n: number }>(leftOver(list))).n
    if (left === 0 || Date.now() - since > PATIENCE_MS) break
    await sleep(250)
  }
  for (const { name, on } of names)
    await facts.exec(`ALTER TABLE ${name}${on} RESET SETTING ${Object.keys(AT_ONCE).join(', ')}`)
  return left
}
