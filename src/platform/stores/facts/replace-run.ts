import type { Facts } from './facts.ts'
import { migrateFacts } from './migrate.ts'
import { quoted } from './names.ts'
import { type FactTable, onCluster, storedName } from './tables.ts'

/**
 * All rows of one run anew in a table PARTITION BY run_id: `fill` writes them, under the same run, into a table of the same
 * columns whose name it is told (`<table>_next`); then the partition changes hands at once, so that readers see the old rows or
 * the new ones and never some of both. When `fill` fails, nothing has changed.
 */
export async function replaceRun(
  facts: Facts,
  table: FactTable,
  runId: number,
  fill: (table: string) => Promise<unknown>,
): Promise<void> {
  const { cluster } = facts.address
  const next: FactTable = { ...table, name: `${table.name}_next` }
  const drop = async () => {
    for (const name of new Set([next.name, storedName(next, cluster)]))
      await facts.exec(`DROP TABLE IF EXISTS ${quoted(name)}${onCluster(cluster)} SYNC`)
  }
  await drop()
  try {
    await migrateFacts(facts, [next])
    await fill(next.name)
    const parts = await facts.query<{ id: string }>(
      `SELECT DISTINCT _partition_id AS id FROM ${quoted(next.name)} WHERE run_id = {runId:UInt64}`,
      { runId },
    )
    for (const { id } of parts)
      await facts.exec(
        `ALTER TABLE ${quoted(storedName(table, cluster))}${onCluster(cluster)}
         REPLACE PARTITION ID {id:String} FROM ${quoted(storedName(next, cluster))}`,
        { id },
      )
  } finally {
    await drop()
  }
}
