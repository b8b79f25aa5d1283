import { type Generated, sql } from 'kysely'
import type { Instant, JsonColumn, Migrations } from '../../platform/stores/workflow/index.ts'
import type { CircleBody } from './circle.ts'
import type { Criterion } from './criteria.ts'
import type { TrialMeasure } from './trial-measures.ts'

/** Two versions of a script against each other: who gets which is a hash of trial and task, so nothing is stored per task. */
interface TrialsTable {
  trial_id: Generated<number>
  name: string
  /** The list of calls it runs on. */
  list: string
  template: string
  version_a: number
  version_b: number
  /** Of tasks that get B. */
  share: number
  planned: number
  state: 'live' | 'closed'
  /** What was decided at its end: 'a', 'b', or '' neither. */
  kept: string
  remark: string
  created_by: number
  created_at: Instant
  closed_at: Instant | null
  /** What is to decide. */
  measure: Generated<TrialMeasure>
  /** Its last day, where there is one. */
  until: Generated<string | null>
  /** What ended it: evidence, calls or day by itself, or a person; '' it runs. */
  ended: Generated<string>
  decided_at: Instant | null
  /** The draft by which the script that was kept is proposed. */
  draft_id: Generated<number | null>
}

/** An ended call drawn to be listened to. */
interface SamplesTable {
  sample_id: Generated<number>
  /** Monday. */
  week: string
  seed: string
  outcome_id: string
  /** The agent. */
  user_id: number
  drawn_by: number
  drawn_at: Instant
  /** Criterion → 1 to 5. */
  scores: JsonColumn<Record<string, number>> | null
  remark: string
  scored_by: number | null
  scored_at: Instant | null
}

interface SettingsTable {
  id: number
  criteria: JsonColumn<Criterion[]>
}

/** A circle of improvement: plan, do, check, act. */
interface CirclesTable {
  circle_id: Generated<number>
  state: 'plan' | 'do' | 'check' | 'act'
  body: JsonColumn<CircleBody>
  /** The circle this one follows. */
  follows: number | null
  created_by: number
  created_at: Instant
  changed_at: Instant
}

interface CircleNotesTable {
  note_id: Generated<number>
  circle_id: number
  /** note, changed, or the state it went to. */
  kind: string
  text: string
  by_user: number
  at: Instant
}

declare module '../../platform/stores/workflow/schema.ts' {
  interface WorkflowSchema {
    script_trials: TrialsTable
    listening_samples: SamplesTable
    listening_settings: SettingsTable
    improvement_circles: CirclesTable
    improvement_notes: CircleNotesTable
  }
}

export const teamMigrations: Migrations = {
  '2026-11-24-13-interact-team': {
    async up(db) {
      for (const statement of [
        sql`ALTER TABLE desk_outcomes ADD COLUMN trial_id int4, ADD COLUMN variant text`,
        sql`CREATE INDEX desk_outcomes_trial ON desk_outcomes (trial_id) WHERE trial_id IS NOT NULL`,
        sql`CREATE TABLE script_trials (trial_id int4 GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, list text NOT NULL,
            template text NOT NULL, version_a int4 NOT NULL, version_b int4 NOT NULL, share float8 NOT NULL, planned int4 NOT NULL,
            state text NOT NULL, kept text NOT NULL DEFAULT '', remark text NOT NULL DEFAULT '', created_by int4 NOT NULL,
            created_at timestamptz NOT NULL, closed_at timestamptz)`,
        // Two trials on one list would mix their effects.
        sql`CREATE UNIQUE INDEX script_trials_live ON script_trials (list) WHERE state = 'live'`,
        sql`CREATE TABLE listening_samples (sample_id int4 GENERATED ALWAYS AS IDENTITY PRIMARY KEY, week text NOT NULL, seed text NOT NULL,
            outcome_id text NOT NULL UNIQUE, user_id int4 NOT NULL, drawn_by int4 NOT NULL, drawn_at timestamptz NOT NULL,
            scores json, remark text NOT NULL DEFAULT '', scored_by int4, scored_at timestamptz)`,
        sql`CREATE TABLE listening_settings (id int4 PRIMARY KEY CHECK (id = 1), criteria json NOT NULL)`,
        sql`CREATE TABLE improvement_circles (circle_id int4 GENERATED ALWAYS AS IDENTITY PRIMARY KEY, state text NOT NULL,
            body json NOT NULL, follows int4 REFERENCES improvement_circles, created_by int4 NOT NULL, created_at timestamptz NOT NULL,
            changed_at timestamptz NOT NULL)`,
        sql`CREATE TABLE improvement_notes (note_id int4 GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            circle_id int4 NOT NULL REFERENCES improvement_circles, kind text NOT NULL, text text NOT NULL, by_user int4 NOT NULL,
            at timestamptz NOT NULL)`,
      ])
        await statement.execute(db)
    },
  },
  '2026-11-25-04-interact-c-team': {
    async up(db) {
      for (const statement of [
        sql`ALTER TABLE script_trials ADD COLUMN measure text NOT NULL DEFAULT 'conversion', ADD COLUMN until date,
            ADD COLUMN ended text NOT NULL DEFAULT '', ADD COLUMN decided_at timestamptz, ADD COLUMN draft_id int4`,
        sql`UPDATE script_trials SET ended = 'person', decided_at = closed_at WHERE state = 'closed'`,
        sql`ALTER TABLE desk_outcomes ADD COLUMN objections text[] NOT NULL DEFAULT '{}'`,
      ])
        await statement.execute(db)
    },
  },
}
