import { sql } from 'kysely'
import type { Instant, Int8, JsonColumn, Migrations } from '../../platform/stores/workflow/index.ts'
import type { Likeness } from './likeness.ts'

/** What people mean to reach in a month, for a segment or for all ('' ). */
interface InsightTargetsTable {
  segment: string
  /** 'YYYY-MM'. */
  month: string
  metric: 'sales' | 'margin' | 'orders'
  /** Minor units, or orders. */
  amount: number
  set_by: number
  set_at: Instant
}

/** What one contact by a channel costs, where the events do not say. */
interface InsightContactCostsTable {
  channel: string
  cost_minor: number
  set_by: number
  set_at: Instant
}

/** By which traits the look-alikes of a run were found, and how well. */
interface InsightLikenessTable {
  run_id: Int8
  definition: JsonColumn<Likeness>
}

declare module '../../platform/stores/workflow/schema.ts' {
  interface WorkflowSchema {
    insight_targets: InsightTargetsTable
    insight_contact_costs: InsightContactCostsTable
    insight_likeness: InsightLikenessTable
  }
}

export const sevenPMigrations: Migrations = {
  '2026-11-23-05-analyze-seven-p': {
    async up(db) {
      for (const statement of [
        sql`CREATE TABLE insight_targets (segment text NOT NULL, month text NOT NULL, metric text NOT NULL, amount float8 NOT NULL,
            set_by int8 NOT NULL, set_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (segment, metric, month))`,
        sql`CREATE TABLE insight_contact_costs (channel text PRIMARY KEY, cost_minor float8 NOT NULL, set_by int8 NOT NULL,
            set_at timestamptz NOT NULL DEFAULT now())`,
        sql`CREATE TABLE insight_likeness (run_id int8 PRIMARY KEY, definition jsonb NOT NULL)`,
      ])
        await statement.execute(db)
    },
  },
}
