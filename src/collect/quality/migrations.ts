import { sql } from 'kysely'
import type { Instant, JsonColumn, Migrations } from '../../platform/stores/workflow/index.ts'
import type { QualityRule } from './rule.ts'

/** Every version of every rule; the newest of an id holds, unless it was taken away. */
interface RulesTable {
  rule_id: string
  version: number
  rule: JsonColumn<QualityRule>
  removed: boolean
  changed_by: number
  changed_at: Instant
}

/** One check of everything by all rules: by a turn, or asked for in the app. Its figures stand in the facts, quality_marks. */
interface ChecksTable {
  check_id: number
  /** The turn's run, null for a check asked for. */
  run_id: number | null
  as_of: string
  at: Instant
  state: 'running' | 'done'
}

declare module '../../platform/stores/workflow/schema.ts' {
  interface WorkflowSchema {
    collect_quality_rules: RulesTable
    collect_quality_checks: ChecksTable
  }
}

export const qualityMigrations: Migrations = {
  '2026-11-22-07-collect-quality': {
    async up(db) {
      await sql`CREATE TABLE collect_quality_rules (rule_id text NOT NULL, version int4 NOT NULL, rule jsonb NOT NULL,
        removed bool NOT NULL, changed_by int8 NOT NULL, changed_at timestamptz NOT NULL, PRIMARY KEY (rule_id, version))`.execute(
        db,
      )
      await sql`CREATE TABLE collect_quality_checks (check_id int8 PRIMARY KEY, run_id int8, as_of date NOT NULL,
        at timestamptz NOT NULL, state text NOT NULL)`.execute(db)
    },
  },
}
