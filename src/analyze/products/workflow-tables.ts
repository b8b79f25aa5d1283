import { sql } from 'kysely'
import type { Instant, JsonColumn, Migrations } from '../../platform/stores/workflow/index.ts'
import type { Backtest } from '../affinity/backtest.ts'

/** How good the ways of proposing were on days held back; one row per date. */
interface ProductBacktestsTable {
  as_of: string
  state: 'running' | 'done' | 'failed'
  result: JsonColumn<Backtest> | null
  asked_by: number
  asked_at: Instant
}

declare module '../../platform/stores/workflow/schema.ts' {
  interface WorkflowSchema {
    product_backtests: ProductBacktestsTable
  }
}

export const productMigrations: Migrations = {
  '2026-11-23-03-analyze-product-backtests': {
    async up(db) {
      await sql`CREATE TABLE product_backtests (as_of date PRIMARY KEY, state text NOT NULL, result jsonb, asked_by int4 NOT NULL,
        asked_at timestamptz NOT NULL DEFAULT now())`.execute(db)
    },
  },
}
