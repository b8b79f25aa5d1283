import { type Generated, sql } from 'kysely'
import type { Instant, Int8, JsonColumn, Migrations } from '../../platform/stores/workflow/index.ts'
import type { Text } from '../../platform/text.ts'
import type { CalibrationBin } from '../churn/metrics.ts'
import type { Reference } from './reference.ts'

/** What was trained, by which code, on what; one of each model is in use, the others challenge it or did. */
interface ModelVersionsTable {
  id: Generated<number>
  model: string
  learner: string
  role: 'champion' | 'challenger' | 'retired' | 'rejected'
  /** Nothing at or after this day was known to its inputs; answers up to `known_until`. */
  as_of: string
  known_until: string
  run_id: Int8
  code: string
  trained_on: Int8
  /** What it is about, where that can be set: the definition of leaving. */
  about: JsonColumn<unknown>
  inputs: JsonColumn<string[]>
  metrics: JsonColumn<Record<string, number>>
  deciles: JsonColumn<CalibrationBin[]>
  /** Gone from old versions: enough to say what they were, not to score again. */
  definition: JsonColumn<unknown> | null
  reference: JsonColumn<Reference> | null
  why: JsonColumn<Text>
  /** Who gave it its role; null: the rule. */
  decided_by: Int8 | null
  decided_name: string
  decided_at: Instant
  created_at: Generated<Instant>
}

/** Trained as of a date in the past and set against what followed. */
interface ModelBacktestsTable {
  id: Generated<number>
  model: string
  learner: string
  code: string
  /** The date it was judged on: inputs before it, answers in the days after. */
  as_of: string
  until: string
  trained_on: Int8
  judged_on: Int8
  metrics: JsonColumn<Record<string, number>>
  deciles: JsonColumn<CalibrationBin[]>
  created_at: Instant
}

interface ModelSettingsTable {
  model: string
  body: JsonColumn<unknown>
  updated_at: Generated<Instant>
}

/** A person asked for a training that the settings do not call for: the next turn does it. */
interface ModelRequestsTable {
  model: string
  asked_by: Int8
  asked_name: string
  asked_at: Generated<Instant>
}

declare module '../../platform/stores/workflow/schema.ts' {
  interface WorkflowSchema {
    model_versions: ModelVersionsTable
    model_backtests: ModelBacktestsTable
    model_settings: ModelSettingsTable
    model_requests: ModelRequestsTable
  }
}

export const registryMigrations: Migrations = {
  '2026-11-23-02-analyze-registry': {
    async up(db) {
      for (const statement of [
        sql`ALTER TABLE models ADD COLUMN learner text, ADD COLUMN code text, ADD COLUMN trained_as_of date, ADD COLUMN drift jsonb,
            ADD COLUMN version_id int8`,
        sql`CREATE TABLE model_versions (id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY, model text NOT NULL, learner text NOT NULL,
            role text NOT NULL, as_of date NOT NULL, known_until date NOT NULL, run_id int8 NOT NULL, code text NOT NULL,
            trained_on int8 NOT NULL, about jsonb NOT NULL, inputs jsonb NOT NULL, metrics jsonb NOT NULL, deciles jsonb NOT NULL,
            definition jsonb, reference jsonb, why jsonb NOT NULL, decided_by int8, decided_name text NOT NULL,
            decided_at timestamptz NOT NULL DEFAULT now(), created_at timestamptz NOT NULL DEFAULT now())`,
        sql`CREATE INDEX model_versions_model ON model_versions (model, id)`,
        sql`CREATE TABLE model_backtests (id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY, model text NOT NULL, learner text NOT NULL,
            code text NOT NULL, as_of date NOT NULL, until date NOT NULL, trained_on int8 NOT NULL, judged_on int8 NOT NULL,
            metrics jsonb NOT NULL, deciles jsonb NOT NULL, created_at timestamptz NOT NULL DEFAULT now(),
            UNIQUE (model, learner, as_of, code))`,
        sql`CREATE TABLE model_settings (model text PRIMARY KEY, body jsonb NOT NULL, updated_at timestamptz NOT NULL DEFAULT now())`,
        sql`CREATE TABLE model_requests (model text PRIMARY KEY, asked_by int8 NOT NULL, asked_name text NOT NULL,
            asked_at timestamptz NOT NULL DEFAULT now())`,
      ])
        await statement.execute(db)
    },
  },
}
