import { sql } from 'kysely'
import type { Instant, JsonColumn, Migrations } from '../../platform/stores/workflow/index.ts'
import type { Fix, Target } from './fix.ts'

export type RepairState = 'preparing' | 'proposed' | 'applied' | 'rejected' | 'undone'

/** One repair of many rows. What each row was and is stands in the facts, `corrections`. */
interface RepairsTable {
  repair_id: number
  /** Chosen by the caller: sent twice, it is one. */
  request_id: string
  fix: JsonColumn<Fix>
  target: JsonColumn<Target>
  /** Rows that change. */
  rows: number
  state: RepairState
  note: string
  proposed_by: number
  proposed_at: Instant
  decided_by: number | null
  decided_at: Instant | null
  undone_by: number | null
  undone_at: Instant | null
}

declare module '../../platform/stores/workflow/schema.ts' {
  interface WorkflowSchema {
    collect_repairs: RepairsTable
  }
}

export const repairMigrations: Migrations = {
  '2026-11-22-07-collect-repairs': {
    async up(db) {
      await sql`CREATE TABLE collect_repairs (repair_id int8 PRIMARY KEY, request_id text NOT NULL UNIQUE, fix jsonb NOT NULL,
        target jsonb NOT NULL, rows int8 NOT NULL, state text NOT NULL, note text NOT NULL, proposed_by int8 NOT NULL,
        proposed_at timestamptz NOT NULL, decided_by int8, decided_at timestamptz, undone_by int8, undone_at timestamptz)`.execute(
        db,
      )
    },
  },
}
