import { sql } from 'kysely'
import type { Instant, Migrations } from '../../platform/stores/workflow/index.ts'

/** Until when what other systems reported was acted on. */
interface HeardEventsTable {
  one: boolean
  up_to: Instant
}

declare module '../../platform/stores/workflow/schema.ts' {
  interface WorkflowSchema {
    heard_events: HeardEventsTable
  }
}

export const heardMigrations: Migrations = {
  '2026-11-25-04-interact-d-heard': {
    async up(db) {
      await sql`CREATE TABLE heard_events (one boolean PRIMARY KEY CHECK (one), up_to timestamptz NOT NULL)`.execute(db)
    },
  },
}
