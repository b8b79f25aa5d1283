import { type Generated, sql } from 'kysely'
import type { Instant, JsonColumn, Migrations } from '../../platform/stores/workflow/index.ts'
import type { Text } from '../../platform/text.ts'

/** What the house tells its own people: a theme that rises, a trial that ended. Nothing of a customer stands in it. */
interface StaffNoticesTable {
  notice_id: Generated<number>
  /** Whom it is for. */
  user_id: number
  /** What it is about: told twice to somebody, it is one. */
  about: string
  title: JsonColumn<Text>
  says: JsonColumn<Text>
  /** The page that shows it. */
  path: string
  at: Instant
  seen_at: Instant | null
}

declare module '../../platform/stores/workflow/schema.ts' {
  interface WorkflowSchema {
    staff_notices: StaffNoticesTable
  }
}

export const staffNoticeMigrations: Migrations = {
  '2026-11-25-04-interact-a-notices': {
    async up(db) {
      await sql`CREATE TABLE staff_notices (notice_id int4 GENERATED ALWAYS AS IDENTITY PRIMARY KEY, user_id int4 NOT NULL,
        about text NOT NULL, title json NOT NULL, says json NOT NULL, path text NOT NULL, at timestamptz NOT NULL, seen_at timestamptz,
        UNIQUE (user_id, about))`.execute(db)
    },
  },
}
