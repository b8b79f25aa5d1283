import { sql } from 'kysely'
import type { Migrations } from '../../platform/stores/workflow/index.ts'

export const shrinkageMigrations: Migrations = {
  '2026-11-24-08-optimize-calibration': {
    async up(db) {
      await sql`ALTER TABLE plan_settings ADD COLUMN calibration boolean NOT NULL DEFAULT true`.execute(db)
    },
  },
}
