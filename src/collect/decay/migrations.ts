import { sql } from 'kysely'
import type { Instant, Migrations } from '../../platform/stores/workflow/index.ts'

/** The newest estimate; `source` '' is the field over all sources. Rates are hazards a month. */
interface DecayTable {
  field: string
  source: string
  rate: number
  low: number
  high: number
  changes: number
  months: number
  as_of: string
  measured_at: Instant
}

declare module '../../platform/stores/workflow/schema.ts' {
  interface WorkflowSchema {
    collect_decay: DecayTable
  }
}

export const decayMigrations: Migrations = {
  '2026-11-22-07-collect-decay': {
    async up(db) {
      await sql`CREATE TABLE collect_decay (field text NOT NULL, source text NOT NULL, rate float8 NOT NULL, low float8 NOT NULL,
        high float8 NOT NULL, changes int8 NOT NULL, months float8 NOT NULL, as_of date NOT NULL, measured_at timestamptz NOT NULL,
        PRIMARY KEY (field, source))`.execute(db)
    },
  },
}
