import { factsErrors } from './errors.ts'
import type { Facts } from './facts.ts'
import { quoted } from './names.ts'
import { type FactTable, onCluster, storedName } from './tables.ts'

/**
 * Takes what one run wrote out of a table PARTITION BY run_id (or a tuple with it): its partitions are dropped, at once
 * and whatever their size. A run that wrote nothing is no error. A table partitioned otherwise is refused, because its
 * partitions hold other runs too.
 */
export async function dropRun(facts: Facts, table: FactTable, runId: string | number): Promise<void> {
  const key = table.partitionBy ?? ''
  if (!/^\(?(.*,)?\s*run_id\s*(,.*)?\)?$/.test(key)) {
    throw factsErrors['facts.key-changed']({ table: table.name, what: 'PARTITION BY', found: key, wanted: 'run_id' })
  }
  const parts = await facts.query<{ id: string }>(
    `SELECT DISTINCT _partition_id AS id FROM ${quoted(table.name)} WHERE run_id = {runId:String}`,
    { runId },
  )
  const { cluster } = facts.address
  const stored = quoted(storedName(table, cluster))
  for (const { id } of parts) {
    await facts.exec(`ALTER TABLE ${stored}${onCluster(cluster)} DROP PARTITION ID {id:String}`, { id })
  }
}
