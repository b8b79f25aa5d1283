import type { Columns } from './columns.ts'

/**
 * A value for a `{name:Type}` place. Lists go to `Array(T)`, plain objects and Maps to `Map(K, V)`; a `Date` is an
 * instant (its zone never matters) for `DateTime` and `DateTime64`; a `Date` for the type `Date` is refused: give
 * '2010-12-01'. 64-bit values above 2^53 are given as bigint. All of a statement's parameters together: at most 1 MB.
 */
export type ParamValue =
  | string
  | number
  | bigint
  | boolean
  | Date
  | null
  | readonly ParamValue[]
  | { readonly [key: string]: ParamValue }
export type Params = Readonly<Record<string, ParamValue>>

/** Engine settings for this one statement; they never leak into the next. */
export type Settings = Readonly<Record<string, string | number | boolean>>

export interface QueryOptions {
  /** Aborting it kills the statement in the engine too. */
  signal?: AbortSignal
  settings?: Settings
}

export interface ColumnsOptions extends QueryOptions {
  /** Numeric columns in SharedArrayBuffers, so that worker threads get them without a copy. */
  shared?: boolean
}

export interface ColumnData {
  /** ClickHouse type: 'UInt64', 'LowCardinality(String)', 'Nullable(DateTime64(3))'… */
  type: string
  /**
   * One value per row. Numbers: typed arrays or number[] (bigint for 64-bit); text: string[]; Date: '2010-12-01' or days
   * since 1970; DateTime: Date objects, ISO text or seconds (DateTime64: its own ticks, as bigint); null where Nullable.
   */
  values: ArrayLike<unknown>
}

export type FileFormat =
  | 'CSV'
  | 'CSVWithNames'
  | 'TSV'
  | 'TSVWithNames'
  | 'JSONEachRow'
  | 'JSONAsString'
  | 'LineAsString'
  | 'Parquet'
  | 'Arrow'
  | 'ArrowStream'
  | 'Native'
  | 'RowBinary'

export interface BulkLoad {
  /** File on this machine, UTF-8 where it is text; `.gz` is inflated on the way. */
  path: string
  format: FileFormat
  table: string
  /** Target columns in the order of the file (or of `select`); default: the table's own. */
  columns?: readonly string[]
  /**
   * Reshapes on the way in: a SELECT list over the file's columns, of the file's `structure`, e.g.
   * `select: 'id, trimBoth(name), {importId:String}'`, `structure: 'id String, name String'`.
   */
  select?: string
  structure?: string
  params?: Params
  /** E.g. { format_csv_delimiter: ';', input_format_csv_skip_first_lines: 2 }. */
  settings?: Settings
  signal?: AbortSignal
}

export interface Written {
  /** Rows inserted, into materialized views too. */
  writtenRows: number
}

/** Where the engine answers: hand it to a worker thread, which opens its own client with `openFacts({ address })`. */
export interface FactsAddress {
  url: string
  username: string
  password: string
  database: string
  /** Name of the ClickHouse cluster, when there is one: decides how tables are rendered. */
  cluster?: string
  /** The engine sees this machine's files under the same paths, so that they need not be sent to it. */
  seesFiles?: boolean
}

/** Everything a stage may ask of the facts. One client for the embedded engine and for a ClickHouse server. */
export interface Facts {
  readonly address: FactsAddress
  /**
   * Rows as objects. 64-bit integers are JS numbers, and one above 2^53 throws `facts.number-too-large` (use
   * `toString()` in SQL or `columns().u64`); Decimal is text ('12.30'); Date '2010-12-01'; DateTime in UTC ISO
   * ('2010-12-01T08:26:00Z', DateTime64 with its fraction); NaN and infinities are themselves.
   */
  query<T = Record<string, unknown>>(sql: string, params?: Params, opts?: QueryOptions): Promise<T[]>
  /** Exactly one row, or `facts.not-one-row`. */
  one<T = Record<string, unknown>>(sql: string, params?: Params, opts?: QueryOptions): Promise<T>
  /** The whole answer as typed columns; the way to move many rows. */
  columns(sql: string, params?: Params, opts?: ColumnsOptions): Promise<Columns>
  /**
   * The same in batches of about 65 thousand rows, memory flat; leaving the loop early kills the query.
   * A stream under way holds one of 32 connections.
   */
  stream(sql: string, params?: Params, opts?: ColumnsOptions): AsyncIterable<Columns>
  /** DDL, INSERT … SELECT, ALTER: anything without rows in its answer. */
  exec(sql: string, params?: Params, opts?: QueryOptions): Promise<Written>
  /** A small batch of row objects (thousands, not millions); keys are column names, absent ones take their default. */
  insert(table: string, rows: readonly object[], opts?: QueryOptions): Promise<void>
  /** A large batch, in binary: no objects, no JSON. Columns not given take their default. */
  insertColumns(table: string, columns: Readonly<Record<string, ColumnData>>, opts?: QueryOptions): Promise<void>
  /** Streams a file from disk into a table without making JS objects. Not atomic: mark the import visible afterwards. */
  bulkLoad(load: BulkLoad): Promise<{ rows: number }>
  /** Closes the connections; stops the embedded engine when this client started it. */
  close(): Promise<void>
}

export interface FactsConfig {
  /** HUIYIN_CLICKHOUSE_URL: `http(s)://user:password@host:8123/database[?cluster=name]`. Absent: the embedded engine. */
  url?: string
  /** A server that already runs, from `facts.address`. */
  address?: FactsAddress
  /** Embedded: the data folder; the engine keeps its files in `<dataDir>/facts`. */
  dataDir?: string
  /** Embedded: memory of the whole child process, in bytes. Default 2 GB. */
  memoryBytes?: number
  /** Embedded: threads for one query. Default: the number of cores. */
  threads?: number
}
