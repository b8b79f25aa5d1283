import { sql } from 'kysely'
import { factTable } from '../platform/stores/facts/tables.ts'
import type { Instant, Migrations } from '../platform/stores/workflow/index.ts'
import { callMigrations } from './calls/tables.ts'
import { caseMigrations } from './cases/tables.ts'
import { heardMigrations } from './heard/tables.ts'
import { inboxMigrations } from './inbox/tables.ts'
import { codeMigrations } from './one-time-code/tables.ts'
import { outcomeMigrations } from './outcomes/tables.ts'
import { portalMigrations } from './portal/tables.ts'
import { printFactTables, printMigrations } from './print-runs/tables.ts'
import { queueMigrations } from './queue/tables.ts'
import { staffNoticeMigrations } from './staff-notices/tables.ts'
import { surveyMigrations } from './surveys/tables.ts'
import { deskMigrations } from './tasks/tables.ts'
import { teamMigrations } from './team/tables.ts'
import { noticeMigrations } from './tell-customer/tables.ts'
import { themeDocuments, themeMigrations } from './themes/tables.ts'

/** Append-only: claimed, then settled, refused, failed, uncertain or deferred (to be tried again); of the last attempt what comes after its claim holds. */
export const deliveries = factTable({
  name: 'deliveries',
  comment: 'What became of each communication: claimed, settled, refused, failed, uncertain',
  columns: {
    run_id: 'UInt64',
    communication_id: 'FixedString(32)',
    customer_id: 'UInt64',
    channel: 'LowCardinality(String)',
    state: 'LowCardinality(String)',
    reason: 'LowCardinality(String)',
    transport: 'LowCardinality(String)',
    receipt: 'String', // file name, provider id
    attempt: 'UInt16',
    at: "DateTime64(3, 'UTC')",
  },
  orderBy: ['customer_id', 'communication_id', 'at'],
  partitionBy: 'run_id',
})

export const factTables = [...printFactTables, deliveries, themeDocuments]

interface SuppressionsTable {
  channel: string
  /** SHA-256 of the address: who asked not to be reached is not kept in the clear. */
  address_hash: string
  reason: string
  at: Instant
}

declare module '../platform/stores/workflow/schema.ts' {
  interface WorkflowSchema {
    suppressions: SuppressionsTable
  }
}

export const workflowMigrations: Migrations = {
  ...queueMigrations,
  ...printMigrations,
  ...deskMigrations,
  ...outcomeMigrations,
  ...callMigrations,
  ...caseMigrations,
  ...inboxMigrations,
  ...codeMigrations,
  ...portalMigrations,
  ...surveyMigrations,
  ...teamMigrations,
  ...staffNoticeMigrations,
  ...themeMigrations,
  ...heardMigrations,
  ...noticeMigrations,
  '2026-11-21-interact-tasks': {
    async up(db) {
      for (const statement of [
        sql`CREATE TABLE tasks (task_id text PRIMARY KEY, run_id int8 NOT NULL, as_of date NOT NULL, customer_id int8 NOT NULL,
            offer text NOT NULL, language text NOT NULL, priority float8 NOT NULL, state text NOT NULL, held_by int8,
            held_at timestamptz, due_at timestamptz, attempts int4 NOT NULL, outcome text, outcome_id text,
            notes text NOT NULL, created_at timestamptz NOT NULL)`,
        sql`CREATE INDEX tasks_next ON tasks (state, priority DESC, task_id)`,
        sql`CREATE INDEX tasks_held ON tasks (held_by) WHERE state = 'held'`,
        sql`CREATE INDEX tasks_of_run ON tasks (run_id)`,
        sql`CREATE TABLE suppressions (channel text NOT NULL, address_hash text NOT NULL, reason text NOT NULL,
            at timestamptz NOT NULL, PRIMARY KEY (channel, address_hash))`,
      ])
        await statement.execute(db)
    },
  },
}
