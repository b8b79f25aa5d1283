import { sql } from 'kysely'
import type { Migrations } from '../../platform/stores/workflow/index.ts'

export const importMigrations: Migrations = {
  '2026-11-22-05-collect-cursor': {
    async up(db) {
      await sql`ALTER TABLE collect_imports ADD COLUMN cursor text`.execute(db)
    },
  },
}
