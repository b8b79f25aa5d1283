/** The engine's column types in the words of other databases. */
export type Dialect = 'postgres' | 'mysql'

const NAMES: readonly [RegExp, Record<Dialect, string>][] = [
  [/^Bool$/, { postgres: 'boolean', mysql: 'boolean' }],
  [/^U?Int8$|^U?Int16$|^Int32$/, { postgres: 'integer', mysql: 'int' }],
  [/^UInt32$|^U?Int64$/, { postgres: 'bigint', mysql: 'bigint' }],
  [/^U?Int(128|256)$/, { postgres: 'numeric', mysql: 'decimal(65)' }],
  [/^Float/, { postgres: 'double precision', mysql: 'double' }],
  [/^Date(32)?$/, { postgres: 'date', mysql: 'date' }],
  [/^DateTime/, { postgres: 'timestamptz', mysql: 'datetime(3)' }],
  [/^Array|^Map|^Tuple/, { postgres: 'jsonb', mysql: 'json' }],
]

/** The type without LowCardinality and Nullable. */
export function bareType(type: string): string {
  const inner = /^(?:LowCardinality|Nullable)\((.*)\)$/.exec(type)?.[1]
  return inner === undefined ? type : bareType(inner)
}

export function typeIn(dialect: Dialect, type: string, isKey: boolean): string {
  const bare = bareType(type)
  const decimal = /^Decimal\((\d+), ?(\d+)\)$/.exec(bare)
  if (decimal) return `${dialect === 'postgres' ? 'numeric' : 'decimal'}(${decimal[1]}, ${decimal[2]})`
  const known = NAMES.find(([form]) => form.test(bare))?.[1][dialect]
  if (known) return known
  // A key of MySQL has a length, and tells upper from lower case only in a binary collation.
  if (dialect === 'mysql') return isKey ? 'varchar(190) COLLATE utf8mb4_bin' : 'longtext'
  return 'text'
}
