import { sql } from 'kysely'
import type { Instant, Int8, JsonColumn, Migrations } from '../../platform/stores/workflow/index.ts'
import type { Text } from '../../platform/text.ts'
import type { InputNote } from '../input-checks/note.ts'
import type { OwnDefinition } from './own/definition.ts'
import type { FeatureProfile } from './profile.ts'

/** Every version of every feature a company declared or its research brought; the highest of an id holds. */
interface OwnFeaturesTable {
  id: string
  version: number
  name: JsonColumn<Text>
  meaning: JsonColumn<Text>
  definition: JsonColumn<OwnDefinition>
  /** Withdrawn: no longer computed; rules that ask for it find nobody who has it. */
  state: 'released' | 'withdrawn'
  /** null: found in the research answers by the turn itself. */
  created_by: number | null
  created_at: Instant
}

/** What a features run was made of and what came out: the distributions that the next run is compared with. */
interface FeatureRunsTable {
  run_id: Int8
  as_of: string
  own: JsonColumn<{ id: string; version: number }[]>
  profile: JsonColumn<FeatureProfile[]>
  /** What is odd about the rows it was computed from. */
  notes: JsonColumn<InputNote[]>
}

declare module '../../platform/stores/workflow/schema.ts' {
  interface WorkflowSchema {
    own_features: OwnFeaturesTable
    feature_runs: FeatureRunsTable
  }
}

export const featureMigrations: Migrations = {
  '2026-11-23-06-analyze-own-features': {
    async up(db) {
      for (const statement of [
        sql`CREATE TABLE own_features (id text NOT NULL, version int4 NOT NULL, name jsonb NOT NULL, meaning jsonb NOT NULL,
            definition jsonb NOT NULL, state text NOT NULL, created_by int8, created_at timestamptz NOT NULL,
            PRIMARY KEY (id, version))`,
        sql`CREATE TABLE feature_runs (run_id int8 PRIMARY KEY, as_of date NOT NULL, own jsonb NOT NULL, profile jsonb NOT NULL,
            notes jsonb NOT NULL)`,
      ])
        await statement.execute(db)
    },
  },
}
