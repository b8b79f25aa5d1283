import { sql } from 'kysely'
import type { Migrations } from '../platform/stores/workflow/index.ts'
import { alarmMigrations } from './alarms/tables.ts'
import { catalogueMigrations } from './catalogues/tables.ts'
import { featureMigrations } from './features/tables.ts'
import { needMigrations } from './needs/workflow-tables.ts'
import { productMigrations } from './products/workflow-tables.ts'
import { registryMigrations } from './registry/workflow-tables.ts'
import { segmentMigrations } from './segments/workflow-tables.ts'
import { sevenPMigrations } from './seven-p/workflow-tables.ts'
import { verdictMigrations } from './verdicts/workflow-tables.ts'

export const migrations: Migrations = {
  ...alarmMigrations,
  ...featureMigrations,
  ...catalogueMigrations,
  ...needMigrations,
  ...productMigrations,
  ...segmentMigrations,
  '2026-11-21-analyze-models-and-segments': {
    async up(db) {
      for (const statement of [
        sql`CREATE TABLE models (id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY, run_id int8 NOT NULL, model text NOT NULL,
            as_of date NOT NULL, trained_on int8 NOT NULL, features_run int8 NOT NULL, parameters jsonb NOT NULL,
            metrics jsonb NOT NULL, definition jsonb NOT NULL, problem text, verdict text NOT NULL DEFAULT 'unjudged',
            evidence jsonb, judged_by_run int8, created_at timestamptz NOT NULL DEFAULT now(), UNIQUE (run_id, model))`,
        sql`CREATE TABLE segment_definitions (code text PRIMARY KEY, position int4 NOT NULL, name jsonb NOT NULL,
            strategy jsonb NOT NULL, rule jsonb NOT NULL, updated_at timestamptz NOT NULL DEFAULT now())`,
        sql`CREATE TABLE segment_runs (run_id int8 PRIMARY KEY, as_of date NOT NULL, proof jsonb NOT NULL, segments jsonb NOT NULL)`,
      ])
        await statement.execute(db)
    },
  },
  ...registryMigrations,
  ...sevenPMigrations,
  ...verdictMigrations,
}
