import { type Generated, sql } from 'kysely'
import type { Instant, Int8, JsonColumn, Migrations } from '../../platform/stores/workflow/index.ts'
import type { Targets } from './manager/targets.ts'
import type { Matrix } from './matrix/matrix.ts'
import type { SegmentSet } from './segment-set.ts'
import type { SuggestInput, Suggestion } from './suggest/suggestion.ts'
import type { Capacity } from './trial/capacity.ts'
import type { TrialResult } from './trial/trial-result.ts'

/** draft → asked → approved, or refused and a draft again; withdrawn: approved and taken back before it held. */
export type VersionState = 'draft' | 'asked' | 'approved' | 'withdrawn'

interface SegmentVersionsTable {
  id: Generated<number>
  state: VersionState
  name: string
  body: JsonColumn<SegmentSet>
  note: string
  /** Grows with every change: who saves names the one he saw. */
  revision: number
  /** The version it was made from, and the one it brings back. */
  base: number | null
  restored: number | null
  made_by: number | null
  made_by_name: string
  changed_at: Instant
  asked_by: number | null
  asked_by_name: string | null
  asked_at: Instant | null
  /** Business date from which it holds, inclusive. */
  effective_from: string | null
  decided_by: number | null
  decided_by_name: string | null
  decided_at: Instant | null
  decision_note: string
  deleted_at: Instant | null
}

export type LongState = 'waiting' | 'running' | 'done' | 'failed'

/** Work done by a job and asked about until it is done. */
interface LongWork {
  id: Generated<number>
  state: LongState
  done: number
  total: number
  note: string
  error: JsonColumn<{ en: string; zh: string }> | null
  by_user: number
  by_name: string
  at: Instant
}

interface SegmentTrialsTable extends LongWork {
  version_id: number
  body: JsonColumn<SegmentSet>
  /** Months between the dates looked at. */
  step_months: number
  result: JsonColumn<TrialResult> | null
}

/** Features and scores as of an earlier date, kept under numbers of their own: every trial of the same customers reads them. */
interface SegmentHistoryTable {
  identity_run: Int8
  as_of: string
  features_run: Int8
  scores_run: Int8
  made_at: Instant
}

interface SegmentSuggestionsTable extends LongWork {
  input: JsonColumn<SuggestInput>
  result: JsonColumn<Suggestion> | null
}

interface SegmentSettingsTable {
  id: number
  /** other: a version is approved by another person than its author · own: its author may. */
  approval: 'other' | 'own'
  capacity: JsonColumn<Capacity> | null
  matrix: JsonColumn<Matrix> | null
}

interface SegmentManagersTable {
  segment: string
  owner: number | null
  targets: JsonColumn<Targets>
  note: string
  updated_at: Instant
}

/** Each time segments were computed anew outside a turn. */
interface SegmentRefreshesTable {
  id: Generated<number>
  at: Instant
  reason: 'rows' | 'rules' | 'asked'
  segments_run: Int8
  as_of: string
  customers: Int8
  moved: Int8
  seconds: number
}

declare module '../../platform/stores/workflow/schema.ts' {
  interface WorkflowSchema {
    segment_versions: SegmentVersionsTable
    segment_trials: SegmentTrialsTable
    segment_history: SegmentHistoryTable
    segment_suggestions: SegmentSuggestionsTable
    segment_settings: SegmentSettingsTable
    segment_managers: SegmentManagersTable
    segment_refreshes: SegmentRefreshesTable
  }
}

const LONG_WORK = `id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY, state text NOT NULL, done float8 NOT NULL DEFAULT 0,
  total float8 NOT NULL DEFAULT 1, note text NOT NULL DEFAULT '', error jsonb, by_user int8 NOT NULL, by_name text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(), result jsonb`

export const segmentMigrations: Migrations = {
  '2026-11-23-04-analyze-segments': {
    async up(db) {
      for (const statement of [
        sql`CREATE TABLE segment_versions (id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY, state text NOT NULL,
            name text NOT NULL, body jsonb NOT NULL, note text NOT NULL DEFAULT '', revision int4 NOT NULL DEFAULT 1, base int8,
            restored int8, made_by int8, made_by_name text NOT NULL DEFAULT '', changed_at timestamptz NOT NULL DEFAULT now(),
            asked_by int8, asked_by_name text, asked_at timestamptz, effective_from date, decided_by int8, decided_by_name text,
            decided_at timestamptz, decision_note text NOT NULL DEFAULT '', deleted_at timestamptz)`,
        // What was defined holds from the beginning, as the first version.
        sql`INSERT INTO segment_versions (state, name, body, effective_from, decided_at)
            SELECT 'approved', '', jsonb_build_object('ordered', true, 'segments', jsonb_agg(jsonb_build_object(
              'code', code, 'name', name, 'strategy', strategy, 'rule', rule) ORDER BY position)), '1970-01-01', now()
            FROM segment_definitions HAVING count(*) > 0`,
        sql`DROP TABLE segment_definitions`,
        sql`ALTER TABLE segment_runs ADD COLUMN version int8, ADD COLUMN seen text`,
        sql`CREATE TABLE segment_trials (${sql.raw(LONG_WORK)}, version_id int8 NOT NULL, body jsonb NOT NULL,
            step_months int4 NOT NULL)`,
        sql`CREATE TABLE segment_history (identity_run int8 NOT NULL, as_of date NOT NULL, features_run int8 NOT NULL,
            scores_run int8 NOT NULL, made_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (identity_run, as_of))`,
        sql`CREATE TABLE segment_suggestions (${sql.raw(LONG_WORK)}, input jsonb NOT NULL)`,
        sql`CREATE TABLE segment_settings (id int4 PRIMARY KEY CHECK (id = 1), approval text NOT NULL DEFAULT 'other',
            capacity jsonb, matrix jsonb)`,
        sql`CREATE TABLE segment_managers (segment text PRIMARY KEY, owner int8, targets jsonb NOT NULL,
            note text NOT NULL DEFAULT '', updated_at timestamptz NOT NULL DEFAULT now())`,
        sql`CREATE TABLE segment_refreshes (id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            at timestamptz NOT NULL DEFAULT now(), reason text NOT NULL, segments_run int8 NOT NULL, as_of date NOT NULL,
            customers int8 NOT NULL, moved int8 NOT NULL, seconds float8 NOT NULL)`,
      ])
        await statement.execute(db)
    },
  },
}
