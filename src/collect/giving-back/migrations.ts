import { type Generated, sql } from 'kysely'
import type { Instant, Int8, JsonColumn, Migrations } from '../../platform/stores/workflow/index.ts'
import type { TargetDefinition } from './target.ts'

export type DeliveryState = 'running' | 'waiting' | 'done' | 'failed'

interface TargetsTable {
  target_id: Generated<number>
  definition: JsonColumn<TargetDefinition>
  secret: string
  paused: boolean
  planned: Int8
  delivered: Int8
  /** The delivery that works it, so that two never do. */
  held_by: string | null
  held_until: Instant | null
  created_by: number
  created_at: Instant
  deleted_at: Instant | null
}

interface DeliveriesTable {
  delivery_id: Generated<number>
  target_id: Int8
  started_by: string
  state: DeliveryState
  from_seq: Int8
  to_seq: Int8
  upserts: Int8
  deletes: Int8
  batches: number
  tries: number
  error: string | null
  /** Manifest of a file, what the other side said. */
  detail: JsonColumn<Record<string, unknown>>
  started_at: Instant
  finished_at: Instant | null
}

/** Single changes the other side will not have: everything after them goes on. */
interface DeadLettersTable {
  target_id: Int8
  seq: Int8
  delivery_id: Int8
  reason: string
  at: Instant
}

declare module '../../platform/stores/workflow/schema.ts' {
  interface WorkflowSchema {
    giveback_targets: TargetsTable
    giveback_deliveries: DeliveriesTable
    giveback_dead_letters: DeadLettersTable
  }
}

export const givebackMigrations: Migrations = {
  '2026-11-22-08-collect-giving-back': {
    async up(db) {
      for (const statement of [
        sql`CREATE TABLE giveback_targets (target_id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY, definition jsonb NOT NULL,
          secret text NOT NULL, paused boolean NOT NULL DEFAULT false, planned int8 NOT NULL DEFAULT 0,
          delivered int8 NOT NULL DEFAULT 0, held_by text, held_until timestamptz, created_by int8 NOT NULL,
          created_at timestamptz NOT NULL, deleted_at timestamptz)`,
        sql`CREATE TABLE giveback_deliveries (delivery_id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
          target_id int8 NOT NULL REFERENCES giveback_targets (target_id), started_by text NOT NULL, state text NOT NULL,
          from_seq int8 NOT NULL DEFAULT 0, to_seq int8 NOT NULL DEFAULT 0, upserts int8 NOT NULL DEFAULT 0,
          deletes int8 NOT NULL DEFAULT 0, batches int4 NOT NULL DEFAULT 0, tries int4 NOT NULL DEFAULT 0, error text,
          detail jsonb NOT NULL DEFAULT '{}', started_at timestamptz NOT NULL, finished_at timestamptz)`,
        sql`CREATE INDEX giveback_deliveries_of ON giveback_deliveries (target_id, delivery_id DESC)`,
        sql`CREATE TABLE giveback_dead_letters (target_id int8 NOT NULL REFERENCES giveback_targets (target_id), seq int8 NOT NULL,
          delivery_id int8 NOT NULL, reason text NOT NULL, at timestamptz NOT NULL, PRIMARY KEY (target_id, seq))`,
      ])
        await statement.execute(db)
    },
  },
}
