/** What people decided about who is who. Rows are never deleted: an undo says when and by whom. */
import { type Generated, sql } from 'kysely'
import type { Instant, JsonColumn, Migrations } from '../../platform/stores/workflow/index.ts'

export interface RecordMove {
  source: string
  rowKey: string
  from: number
  to: number
}

interface ActionsTable {
  id: Generated<number>
  kind: 'review' | 'merge' | 'split'
  /** The customer that stays, and the one that went into it or came out of it; 0 where only records were compared. */
  customer_id: number
  other_id: number
  moves: JsonColumn<RecordMove[]>
  /** The undone action that this one does again. */
  again_of: number | null
  user_id: number
  at: Instant
  note: string
  revoked_at: Instant | null
  revoked_by: number | null
}

export type DecisionKind = 'same' | 'different' | 'unsure'

interface DecisionsTable {
  id: Generated<number>
  action_id: number
  kind: DecisionKind
  left_source: string
  left_key: string
  right_source: string
  right_key: string
  /** Why the pair was in the queue; '' when nobody asked. */
  reason: string
  user_id: number
  at: Instant
  note: string
  revoked_at: Instant | null
}

interface ThresholdsTable {
  id: Generated<number>
  /** Probability from which records are linked; null: the matcher chooses. */
  probability: number | null
  user_id: number
  at: Instant
}

interface FiguresTable {
  run_id: number
  at: Instant
  figures: JsonColumn<RunFigures>
}

/** What one identity run made of the records. */
export interface RunFigures {
  records: number
  customers: number
  /** Customers by their number of records. */
  sizes: Record<string, number>
  largest: number
  /** Customers of the run before that went into another; whose records went to several; present ones that are new. */
  merged: number
  split: number
  appeared: number
  /** Probabilities. */
  threshold: number
  automatic: boolean
  expectedF1: number
  missedPairs: number
  previousRun: number | null
}

declare module '../../platform/stores/workflow/schema.ts' {
  interface WorkflowSchema {
    collect_identity_actions: ActionsTable
    collect_identity_decisions: DecisionsTable
    collect_identity_thresholds: ThresholdsTable
    collect_identity_figures: FiguresTable
  }
}

export const decisionMigrations: Migrations = {
  '2026-11-22-03-collect-decisions': {
    async up(db) {
      await sql`CREATE TABLE collect_identity_actions (id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY, kind text NOT NULL,
        customer_id int8 NOT NULL, other_id int8 NOT NULL, moves jsonb NOT NULL, again_of int8, user_id int8 NOT NULL,
        at timestamptz NOT NULL, note text NOT NULL, revoked_at timestamptz, revoked_by int8)`.execute(db)
      await sql`CREATE TABLE collect_identity_decisions (id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        action_id int8 NOT NULL REFERENCES collect_identity_actions (id), kind text NOT NULL, left_source text NOT NULL,
        left_key text NOT NULL, right_source text NOT NULL, right_key text NOT NULL, reason text NOT NULL, user_id int8 NOT NULL,
        at timestamptz NOT NULL, note text NOT NULL, revoked_at timestamptz)`.execute(db)
      await sql`CREATE INDEX collect_identity_decisions_action ON collect_identity_decisions (action_id)`.execute(db)
      await sql`CREATE TABLE collect_identity_thresholds (id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        probability float8, user_id int8 NOT NULL, at timestamptz NOT NULL)`.execute(db)
      await sql`CREATE TABLE collect_identity_figures (run_id int8 PRIMARY KEY, at timestamptz NOT NULL, figures jsonb NOT NULL)`.execute(
        db,
      )
    },
  },
}
