import { type Generated, sql } from 'kysely'
import type { Instant, JsonColumn, Migrations } from '../../platform/stores/workflow/index.ts'
import type { Mapping } from '../mapping.ts'

/** Every version of a source's mapping, so that an older one can be looked at, compared and restored. */
interface MappingVersionsTable {
  source: string
  version: number
  mapping: JsonColumn<Mapping>
  folder: string
  saved_by: number
  saved_at: Instant
  /** Version whose contents were restored, when this one came so. */
  restored_from: number | null
}

/** What was brought in on somebody's word or by a schedule, and how it ended. */
interface LoadsTable {
  id: Generated<number>
  source: string
  trigger: 'hand' | 'schedule'
  state: 'waiting' | 'running' | 'done' | 'failed'
  asked_by: number
  done: number
  total: number
  note: string
  result: JsonColumn<Record<string, unknown>>
  error: JsonColumn<{ en: string; zh: string } | null>
  started_at: Instant
  finished_at: Instant | null
}

/** One writer at a time: who brings data in renews its row every few seconds. */
interface LocksTable {
  name: string
  holder: string
  beat: Instant
}

declare module '../../platform/stores/workflow/schema.ts' {
  interface WorkflowSchema {
    collect_mapping_versions: MappingVersionsTable
    collect_loads: LoadsTable
    collect_locks: LocksTable
  }
}

export const mappingMigrations: Migrations = {
  '2026-11-22-06-collect-mapping-versions': {
    async up(db) {
      await sql`CREATE TABLE collect_mapping_versions (source text NOT NULL, version int4 NOT NULL, mapping jsonb NOT NULL,
        folder text NOT NULL, saved_by int8 NOT NULL DEFAULT 0, saved_at timestamptz NOT NULL DEFAULT now(),
        restored_from int4, PRIMARY KEY (source, version))`.execute(db)
      await sql`INSERT INTO collect_mapping_versions (source, version, mapping, folder, saved_at)
        SELECT source, version, mapping, folder, updated_at FROM collect_sources`.execute(db)
      await sql`ALTER TABLE collect_sources ADD COLUMN in_turns boolean NOT NULL DEFAULT true`.execute(db)
      await sql`CREATE TABLE collect_loads (id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY, source text NOT NULL,
        trigger text NOT NULL, state text NOT NULL, asked_by int8 NOT NULL, done float8 NOT NULL DEFAULT 0,
        total float8 NOT NULL DEFAULT 0, note text NOT NULL DEFAULT '', result jsonb NOT NULL DEFAULT '{}', error jsonb,
        started_at timestamptz NOT NULL DEFAULT now(), finished_at timestamptz)`.execute(db)
      await sql`CREATE INDEX collect_loads_by_source ON collect_loads (source, id)`.execute(db)
      await sql`CREATE TABLE collect_locks (name text PRIMARY KEY, holder text NOT NULL,
        beat timestamptz NOT NULL DEFAULT now())`.execute(db)
    },
  },
}
