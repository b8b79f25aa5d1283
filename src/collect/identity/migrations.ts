import { sql } from 'kysely'
import type { Instant, Int8, JsonColumn, Migrations } from '../../platform/stores/workflow/index.ts'
import type { RecordMove } from './refresh.ts'
import type { SavedModel } from './saved-model.ts'

/** What an identity run learned, for one record at a time between runs. */
interface IdentityModelsTable {
  run_id: Int8
  model: JsonColumn<SavedModel>
  at: Instant
}

/** The next customer number; one row. */
interface CustomerNumbersTable {
  one: boolean
  next: Int8
}

/** Records being moved between customers: what was begun and is not done is done again. */
interface IdentityMovesTable {
  id: Int8
  run_id: Int8
  moves: JsonColumn<RecordMove[]>
  why: JsonColumn<{ kind: string; actor: string; reason: string }>
  customers: JsonColumn<number[]>
  done: boolean
  at: Instant
}

declare module '../../platform/stores/workflow/schema.ts' {
  interface WorkflowSchema {
    collect_identity_models: IdentityModelsTable
    collect_customer_numbers: CustomerNumbersTable
    collect_identity_moves: IdentityMovesTable
  }
}

export const identityMigrations: Migrations = {
  '2026-11-22-02-collect-identity': {
    async up(db) {
      await sql`CREATE TABLE collect_identity_models (run_id int8 PRIMARY KEY, model jsonb NOT NULL,
        at timestamptz NOT NULL DEFAULT now())`.execute(db)
      await sql`CREATE TABLE collect_customer_numbers (one boolean PRIMARY KEY DEFAULT true CHECK (one), next int8 NOT NULL)`.execute(
        db,
      )
      await sql`CREATE TABLE collect_identity_moves (id int8 PRIMARY KEY, run_id int8 NOT NULL, moves jsonb NOT NULL, why jsonb NOT NULL,
        customers jsonb NOT NULL, done boolean NOT NULL DEFAULT false, at timestamptz NOT NULL DEFAULT now())`.execute(
        db,
      )
      await sql`CREATE INDEX collect_identity_moves_open ON collect_identity_moves (id) WHERE NOT done`.execute(db)
    },
  },
}
