/** The facts store: what is known of customers. One client for the embedded engine and for a ClickHouse server. */
export type { Columns } from './columns.ts'
export { dropRun } from './drop-run.ts'
export type {
  BulkLoad,
  ColumnData,
  ColumnsOptions,
  Facts,
  FactsAddress,
  FactsConfig,
  FileFormat,
  Params,
  ParamValue,
  QueryOptions,
  Settings,
  Written,
} from './facts.ts'
export { migrateFacts } from './migrate.ts'
export { openFacts } from './open.ts'
export { replaceRun } from './replace-run.ts'
export { type FactTable, factTable } from './tables.ts'
