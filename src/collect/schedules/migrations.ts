import { sql } from 'kysely'
import type { Instant, JsonColumn, Migrations } from '../../platform/stores/workflow/index.ts'
import type { Timing } from './timing.ts'

/** When a source is read by itself. The schedule proper stands with the jobs; this is what people see of it. */
interface SchedulesTable {
  source: string
  timing: JsonColumn<Timing>
  time_zone: string
  paused: boolean
  changed_by: number
  changed_at: Instant
}

declare module '../../platform/stores/workflow/schema.ts' {
  interface WorkflowSchema {
    collect_schedules: SchedulesTable
  }
}

export const scheduleMigrations: Migrations = {
  '2026-11-22-06-collect-schedules': {
    async up(db) {
      await sql`CREATE TABLE collect_schedules (source text PRIMARY KEY, timing jsonb NOT NULL, time_zone text NOT NULL,
        paused boolean NOT NULL DEFAULT false, changed_by int8 NOT NULL, changed_at timestamptz NOT NULL DEFAULT now())`.execute(
        db,
      )
    },
  },
}
