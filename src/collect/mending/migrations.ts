import { type Generated, sql } from 'kysely'
import type { Instant, JsonColumn, Migrations } from '../../platform/stores/workflow/index.ts'

/** What somebody did with rows of the quarantine, all rows of one decision together, so that it can be undone together. */
interface MendsTable {
  id: Generated<number>
  kind: 'mend' | 'discard'
  state: 'running' | 'done' | 'failed' | 'undone'
  /** How the values were changed, or the reason for which the rows were given up; no value of a row stands here. */
  rule: JsonColumn<Record<string, unknown>>
  sources: JsonColumn<string[]>
  rows: number
  stored: number
  duplicates: number
  refused: number
  /** Imports by which the mended rows came in. */
  replays: JsonColumn<number[]>
  made_by: number
  made_at: Instant
  undone_by: number | null
  undone_at: Instant | null
}

declare module '../../platform/stores/workflow/schema.ts' {
  interface WorkflowSchema {
    collect_mends: MendsTable
  }
}

export const mendingMigrations: Migrations = {
  '2026-11-22-06-collect-mends': {
    async up(db) {
      await sql`CREATE TABLE collect_mends (id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY, kind text NOT NULL,
        state text NOT NULL, rule jsonb NOT NULL, sources jsonb NOT NULL DEFAULT '[]', rows int8 NOT NULL DEFAULT 0,
        stored int8 NOT NULL DEFAULT 0, duplicates int8 NOT NULL DEFAULT 0, refused int8 NOT NULL DEFAULT 0,
        replays jsonb NOT NULL DEFAULT '[]', made_by int8 NOT NULL, made_at timestamptz NOT NULL DEFAULT now(),
        undone_by int8, undone_at timestamptz)`.execute(db)
    },
  },
}
