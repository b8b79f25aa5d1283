import { quoted } from './names.ts'

/** One definition of a table, rendered for one node or for a cluster. */
export interface FactTable {
  name: string
  /** What one row is. */
  comment: string
  /** Column → ClickHouse type, with DEFAULT, CODEC or COMMENT after it where needed: `'UInt32 DEFAULT 0'`. */
  columns: Readonly<Record<string, string>>
  /** Columns or expressions; none: rows in the order they came. */
  orderBy: readonly string[]
  /** Tables that runs write: 'run_id', alone or in a tuple, so that `dropRun` drops partitions. */
  partitionBy?: string
  /**
   * Column whose hash chooses the shard in a cluster. Default: customer_id where there is one, else `null`: every shard
   * holds all rows (products, offers, calendars), so that joins stay local.
   */
  shardBy?: string | null
  /** Default 'MergeTree'. */
  engine?: 'MergeTree' | 'ReplacingMergeTree' | `ReplacingMergeTree(${string})`
  ttl?: string
  /** Rows are replaced now and then: a lightweight DELETE writes a small patch beside the part instead of a mask over it. */
  patched?: boolean
  /** Skipping indexes: name → expression and type, `'email TYPE bloom_filter GRANULARITY 4'`. */
  indexes?: Readonly<Record<string, string>>
}

/** Checks the definition's names: `export const scores = factTable({ name: 'scores', … })`. */
export function factTable(table: FactTable): FactTable {
  for (const name of [table.name, ...Object.keys(table.columns), ...Object.keys(table.indexes ?? {})]) quoted(name)
  const named = [...table.orderBy, ...(table.shardBy ? [table.shardBy] : [])].filter(key => /^\w+$/.test(key))
  const missing = named.find(key => !(key in table.columns))
  if (missing) throw new Error(`table ${table.name}: ${missing} is in its key but not among its columns`)
  return table
}

export const shardKey = ({ shardBy, columns }: FactTable): string | null =>
  shardBy === undefined ? ('customer_id' in columns ? 'customer_id' : null) : shardBy

/** The table that holds the rows: behind a Distributed table it has a name of its own. */
export const storedName = (table: FactTable, cluster?: string): string =>
  cluster !== undefined && shardKey(table) !== null ? `${table.name}_local` : table.name

export const onCluster = (cluster?: string): string => (cluster === undefined ? '' : ` ON CLUSTER ${quoted(cluster)}`)

/** CREATE TABLE for one node, or for a cluster: a replicated table on each shard and a Distributed one over them. */
export function createStatements(table: FactTable, cluster?: string): string[] {
  const stored = storedName(table, cluster)
  const local = [
    `CREATE TABLE IF NOT EXISTS ${quoted(stored)}${onCluster(cluster)} (`,
    [...Object.entries(table.columns).map(columnLine), ...Object.entries(table.indexes ?? {}).map(indexLine)].join(
      ',\n',
    ),
    `)`,
    `ENGINE = ${engineOf(table, cluster)}`,
    table.partitionBy ? `PARTITION BY ${table.partitionBy}` : '',
    `ORDER BY (${table.orderBy.join(', ')})`,
    table.ttl ? `TTL ${table.ttl}` : '',
    table.patched ? 'SETTINGS enable_block_number_column = 1, enable_block_offset_column = 1' : '',
    `COMMENT '${table.comment.replace(/[\\']/g, '\\$&')}'`,
  ]
  const statements = [local.filter(Boolean).join('\n')]
  if (stored !== table.name && cluster !== undefined) {
    statements.push(
      `CREATE TABLE IF NOT EXISTS ${quoted(table.name)}${onCluster(cluster)} AS ${quoted(stored)}\n` +
        `ENGINE = Distributed(${quoted(cluster)}, currentDatabase(), ${quoted(stored)}, cityHash64(${shardKey(table)}))`,
    )
  }
  return statements
}

const columnLine = ([name, definition]: [string, string]): string => `  ${quoted(name)} ${definition}`
const indexLine = ([name, definition]: [string, string]): string => `  INDEX ${quoted(name)} ${definition}`

/** {shard}, {replica}, {database} and {table} are macros of the servers' own configuration. */
function engineOf(table: FactTable, cluster?: string): string {
  const [, name = 'MergeTree', version = ''] = /^(\w+)(?:\((.*)\))?$/.exec(table.engine ?? 'MergeTree') ?? []
  if (cluster === undefined) return version ? `${name}(${version})` : `${name}`
  const [path, replica] =
    shardKey(table) === null
      ? ['/clickhouse/tables/all/{database}/{table}', '{shard}-{replica}']
      : ['/clickhouse/tables/{shard}/{database}/{table}', '{replica}']
  return `Replicated${name}('${path}', '${replica}'${version ? `, ${version}` : ''})`
}

/** The type of a column definition, without its DEFAULT, CODEC, COMMENT or TTL. */
export const typeOf = (definition: string): string =>
  definition.split(/\s+(?:DEFAULT|MATERIALIZED|ALIAS|EPHEMERAL|CODEC|COMMENT|TTL)\b/i)[0]!.trim()
