/**
 * Rows of a committed run replaced in place: the new ones are inserted with a higher `version`, then the older ones of the same customers
 * are deleted. A lightweight delete writes a patch of a few bytes instead of the part where the table allows it (15 ms on a part of 1 M rows;
 * a masked part takes 40–600 ms). For the moment between, a reader sees both; none sees neither.
 */
import type { App } from '../../platform/app.ts'
import type { Params } from '../../platform/stores/facts/index.ts'
import { type FactTable, onCluster, storedName } from '../../platform/stores/facts/tables.ts'

/** `key`: the column that names the customers. */
export async function dropOlder(
  app: App,
  table: FactTable,
  runId: number,
  ids: readonly number[],
  version: number,
  key = 'customer_id',
  /** Which of their rows; SQL over the table and its parameters. */
  only: { sql: string; params: Params } = { sql: 'true', params: {} },
): Promise<void> {
  const { cluster } = app.facts.address
  await app.facts.exec(
    `DELETE FROM ${storedName(table, cluster)}${onCluster(cluster)}
     WHERE run_id = {run_id:UInt64} AND ${key} IN {ids:Array(UInt64)} AND version < {version:UInt32} AND ${only.sql}`,
    { ...only.params, run_id: runId, ids, version },
    {
      settings: {
        lightweight_deletes_sync: 2,
        lightweight_delete_mode: 'lightweight_update',
        enable_lightweight_update: 1,
      },
    },
  )
}
