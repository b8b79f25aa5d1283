import { createHash } from 'node:crypto'
import { factsErrors } from './errors.ts'
import type { Facts } from './facts.ts'
import { quoted } from './names.ts'
import { createStatements, type FactTable, factTable, onCluster, storedName, typeOf } from './tables.ts'

const versions = factTable({
  name: 'schema_versions',
  comment: 'one row for each time the tables were changed',
  columns: {
    version: 'UInt32',
    fingerprint: 'String',
    statements: 'Array(String)',
    applied_at: "DateTime64(3, 'UTC')",
  },
  orderBy: ['version'],
})

interface Found {
  columns: Map<string, string>
  sortingKey: string
  partitionKey: string
  indexes: Set<string>
}

/**
 * Brings the database to the given definitions: creates missing tables, adds missing columns and indexes, records what
 * was done in `schema_versions` and returns the version. A column whose type is another one, or a table with another
 * ORDER BY or PARTITION BY, is refused; columns that the definition no longer has stay where they are. A changed TTL or
 * comment of an existing table is not carried over.
 */
export async function migrateFacts(
  facts: Facts,
  tables: readonly FactTable[],
): Promise<{ version: number; applied: string[] }> {
  const { cluster } = facts.address
  const before = await foundTables(facts)
  const applied: string[] = []
  for (const table of [versions, ...tables]) {
    const found = before.get(storedName(table, cluster))
    const statements = found ? missingParts(table, found, cluster) : createStatements(table, cluster)
    if (found) refuseChanges(table, found)
    for (const statement of statements) await facts.exec(statement)
    applied.push(...statements)
  }
  // What was just created is read back too, so that a type the engine spells otherwise is noticed now.
  if (applied.length > 0) {
    const after = await foundTables(facts)
    for (const table of tables) refuseChanges(table, after.get(storedName(table, cluster))!)
  }
  const { version } = await facts.one<{ version: number }>('SELECT max(version) AS version FROM schema_versions')
  if (applied.length === 0) return { version, applied }
  const fingerprint = createHash('sha256').update(JSON.stringify(tables)).digest('hex')
  await facts.insert('schema_versions', [
    { version: version + 1, fingerprint, statements: applied, applied_at: new Date() },
  ])
  return { version: version + 1, applied }
}

async function foundTables(facts: Facts): Promise<Map<string, Found>> {
  const rows = await facts.query<{
    table: string
    sorting: string
    partition: string
    names: string[]
    types: string[]
    indexes: string[]
  }>(`
    WITH
      indexes AS (
        SELECT table, groupArray(name) AS names FROM system.data_skipping_indices
        WHERE database = currentDatabase() GROUP BY table
      ),
      columns AS (
        SELECT table, groupArray(name) AS names, groupArray(type) AS types FROM system.columns
        WHERE database = currentDatabase() GROUP BY table
      )
    SELECT t.name AS table, sorting_key AS sorting, partition_key AS partition, c.names AS names, c.types AS types, i.names AS indexes
    FROM system.tables AS t LEFT JOIN columns AS c ON c.table = t.name LEFT JOIN indexes AS i ON i.table = t.name
    WHERE t.database = currentDatabase()`)
  return new Map(
    rows.map(row => [
      row.table,
      {
        columns: new Map(row.names.map((name, i) => [name, row.types[i]!])),
        sortingKey: row.sorting,
        partitionKey: row.partition,
        indexes: new Set(row.indexes),
      },
    ]),
  )
}

function missingParts(table: FactTable, found: Found, cluster?: string): string[] {
  const stored = storedName(table, cluster)
  const names = stored === table.name ? [stored] : [stored, table.name]
  const columns = Object.entries(table.columns).filter(([name]) => !found.columns.has(name))
  const indexes = Object.entries(table.indexes ?? {}).filter(([name]) => !found.indexes.has(name))
  const alter = (name: string) => `ALTER TABLE ${quoted(name)}${onCluster(cluster)}`
  return [
    ...columns.flatMap(([column, definition]) =>
      names.map(name => `${alter(name)} ADD COLUMN IF NOT EXISTS ${quoted(column)} ${definition}`),
    ),
    ...indexes.map(([index, definition]) => `${alter(stored)} ADD INDEX IF NOT EXISTS ${quoted(index)} ${definition}`),
  ]
}

function refuseChanges(table: FactTable, found: Found): void {
  for (const [column, definition] of Object.entries(table.columns)) {
    const type = found.columns.get(column)
    const wanted = typeOf(definition)
    if (type !== undefined && !sameText(type, wanted)) {
      throw factsErrors['facts.type-changed']({ table: table.name, column, found: type, wanted })
    }
  }
  const keys = [
    ['ORDER BY', found.sortingKey, table.orderBy.join(', ')],
    ['PARTITION BY', found.partitionKey, table.partitionBy ?? ''],
  ] as const
  for (const [what, is, wanted] of keys) {
    if (!sameText(is, wanted)) throw factsErrors['facts.key-changed']({ table: table.name, what, found: is, wanted })
  }
}

/** The engine writes `Decimal(18, 2)` for `Decimal(18,2)`. */
const sameText = (a: string, b: string): boolean => bare(a) === bare(b)
const bare = (text: string): string => text.replace(/\s+|`/g, '').replace(/^\((.*)\)$/, '$1')
