import { type Generated, sql } from 'kysely'
import type { Instant, Int8, JsonColumn, Migrations } from '../../platform/stores/workflow/index.ts'
import type { Text } from '../../platform/text.ts'
import type { Split } from './explain-misfit.ts'
import type { Kind } from './segment-evidence.ts'

/** segment-rule: another threshold or one condition more · retrain: the churn model learns anew · withdraw-need: it proposes nothing any more. */
export type CorrectionKind = 'segment-rule' | 'retrain' | 'withdraw-need'
export type CorrectionState = 'asked' | 'approved' | 'refused' | 'taken-back'

/** What held before a correction, so that it can be taken back: of the kind it is. */
export interface HeldBefore {
  modelVersion?: number
  needVersion?: number
}

/** What came of a training that was approved: the version in use from the next turn on, or why there is none. */
export interface TrainingOutcome {
  version: number | null
  problem: Text | null
}

export interface CorrectionChange {
  /** What would be changed, in words. */
  words: Text
  /** Which prediction it mends. */
  about?: Kind
  split?: Split
  /** Moved: a threshold the rule had; added: a feature it did not ask for. */
  how?: 'moved' | 'added'
}

interface ModelCorrectionsTable {
  id: Generated<number>
  kind: CorrectionKind
  /** Code of the segment or need, or the model. */
  target: string
  /** Of the newest turn when it was asked for. */
  as_of: string
  evidence: JsonColumn<Text>
  change: JsonColumn<CorrectionChange>
  /** The draft of the segment rules; its state is the correction's. */
  version_id: Int8 | null
  /** Its trial on the past. */
  trial_id: Int8 | null
  state: CorrectionState
  made_by: Int8
  made_by_name: string
  made_at: Instant
  decided_by: Int8 | null
  decided_by_name: string | null
  decided_at: Instant | null
  note: string
  held_before: JsonColumn<HeldBefore> | null
  /** Of a training; null: it has not been done yet. */
  outcome: JsonColumn<TrainingOutcome> | null
  taken_back_by_name: string | null
  taken_back_at: Instant | null
}

declare module '../../platform/stores/workflow/schema.ts' {
  interface WorkflowSchema {
    model_corrections: ModelCorrectionsTable
  }
}

export const verdictMigrations: Migrations = {
  '2026-11-24-08-analyze-corrections': {
    async up(db) {
      await sql`CREATE TABLE model_corrections (id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY, kind text NOT NULL, target text NOT NULL,
        as_of date NOT NULL, evidence jsonb NOT NULL, change jsonb NOT NULL, version_id int8, trial_id int8, state text NOT NULL,
        made_by int8 NOT NULL, made_by_name text NOT NULL, made_at timestamptz NOT NULL DEFAULT now(), decided_by int8,
        decided_by_name text, decided_at timestamptz, note text NOT NULL DEFAULT '')`.execute(db)
    },
  },
  '2026-11-26-50-analyze-corrections-taken-back': {
    async up(db) {
      await sql`ALTER TABLE model_corrections ADD COLUMN held_before jsonb, ADD COLUMN outcome jsonb, ADD COLUMN taken_back_by_name text,
        ADD COLUMN taken_back_at timestamptz`.execute(db)
    },
  },
}
