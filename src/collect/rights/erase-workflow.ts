/** Rows out of the workflow store, and then out of its files and its log. */
import { sql } from 'kysely'
import type { App } from '../../platform/app.ts'
import type { Person, PersonalWorkflow } from '../../platform/personal-data.ts'

export async function eraseWorkflow(app: App, table: PersonalWorkflow, person: Person): Promise<number> {
  const { erase } = table
  if (typeof erase === 'object' && 'none' in erase) return 0
  const where = table.where(person.keys)
  return app.workflow.transaction(async tx => {
    // Gets past the trigger that keeps the consent ledger, for these customers and this transaction alone.
    let rows = 0n
    for (const customer of person.keys('customer')) {
      await sql`SELECT set_config('huiyin.erasing', ${customer}, true)`.execute(tx)
      const one: Person['keys'] = kind => (kind === 'customer' ? [customer] : person.keys(kind))
      const result =
        erase === 'delete'
          ? await sql`DELETE FROM ${sql.table(table.table)} WHERE ${table.where(one)}`.execute(tx)
          : await sql`UPDATE ${sql.table(table.table)} SET ${erase.set} WHERE ${table.where(one)}`.execute(tx)
      rows += result.numAffectedRows ?? 0n
    }
    await sql`SELECT 1 FROM ${sql.table(table.table)} WHERE ${where} LIMIT 1`.execute(tx)
    return Number(rows)
  })
}

export async function workflowRows(app: App, table: PersonalWorkflow, person: Person): Promise<number> {
  const { rows } = await sql<{
    n: number
  }>`SELECT count(*)::int4 AS n FROM ${sql.table(table.table)} WHERE ${table.where(person.keys)}`.execute(
    app.workflow.db,
  )
  return rows[0]?.n ?? 0
}

/**
 * Deleted rows are in the pages until a full vacuum rewrites the table, in the planner's statistics until those are made anew,
 * and in the log until its segments are taken away: checkpoints usually keep them under another name for later use, so that is
 * switched off, and a segment is only done with when the log has moved on. All together some 100 ms embedded. A server's log and
 * its archive belong to whoever keeps the server.
 */
export async function scrubWorkflow(app: App, tables: readonly string[]): Promise<void> {
  const { db, kind } = app.workflow
  for (const table of tables) await sql`VACUUM (FULL, ANALYZE) ${sql.table(table)}`.execute(db)
  if (kind === 'server') return
  await sql`VACUUM FULL pg_catalog.pg_statistic`.execute(db)
  await sql`SET wal_recycle = off`.execute(db)
  for (let time = 0; time < 2; time++) {
    await sql`SELECT pg_switch_wal()`.execute(db)
    await sql`CHECKPOINT`.execute(db)
  }
  await sql`RESET wal_recycle`.execute(db)
}
