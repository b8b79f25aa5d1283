import { sql } from 'kysely'
import { HuiyinError } from '../../errors.ts'
import { workflowErrors } from './errors.ts'
import type { Workflow, WorkflowTransaction } from './workflow.ts'

export interface Migration {
  /** Runs inside a transaction: Kysely's schema builder, or plain SQL, one statement each (`` sql`…`.execute(db) ``). */
  up(db: WorkflowTransaction): Promise<unknown>
}

/** By name, `'2026-11-21-collect-sources'`: the day, then the stage and what it is. They run in the order of their names. */
export type Migrations = Record<string, Migration>

/**
 * Brings the store up to date. Each migration is one transaction that first writes its record: a second migrator that runs at
 * the same time waits there and then collides with the record, which means the work is done.
 */
export async function migrateWorkflow(workflow: Workflow, migrations: Migrations): Promise<void> {
  const names = Object.keys(migrations).sort()
  const applied = await appliedMigrations(workflow)
  refuseChanges(applied, names)
  for (const [position, name] of names.entries()) {
    const migration = migrations[name]
    if (position < applied.length || !migration) continue
    await apply(workflow, name, position, migration)
  }
}

async function appliedMigrations(workflow: Workflow): Promise<string[]> {
  // Two that make the table at once: "if not exists" still collides in the catalogue (23505, 42P07, 42710).
  await sql`
    create table if not exists huiyin_migration (
      position int4 primary key, name text not null unique, applied_at timestamptz not null default now()
    )`
    .execute(workflow.db)
    .catch(error => {
      if (!['23505', '42P07', '42710'].includes(sqlState(error))) throw error
    })
  const rows = await workflow.db.selectFrom('huiyin_migration').select('name').orderBy('position').execute()
  return rows.map(row => row.name)
}

function refuseChanges(applied: string[], names: string[]): void {
  for (const [position, name] of applied.entries()) {
    if (names[position] === name) continue
    const problem = names.includes(name) ? `runs after the new "${names[position]}"` : 'does not know'
    throw workflowErrors['platform.migration-changed']({ applied: name, problem })
  }
}

async function apply(workflow: Workflow, name: string, position: number, migration: Migration): Promise<void> {
  try {
    await workflow.transaction(async tx => {
      const { numInsertedOrUpdatedRows } = await tx
        .insertInto('huiyin_migration')
        .values({ name, position })
        .onConflict(conflict => conflict.doNothing())
        .executeTakeFirst()
      if (numInsertedOrUpdatedRows) await migration.up(tx)
    })
  } catch (error) {
    if (error instanceof HuiyinError) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw workflowErrors['platform.migration-failed']({ name, reason }, error)
  }
}

const sqlState = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
