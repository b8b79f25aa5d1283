import { sql } from 'kysely'
import { factTable } from '../../platform/stores/facts/tables.ts'
import type { Instant, JsonColumn, Migrations } from '../../platform/stores/workflow/index.ts'
import type { Text } from '../../platform/text.ts'

/** While a page is made: dropped as soon as it is known what the documents are, by the clock where that was cut short. */
export const themeDocuments = factTable({
  name: 'theme_documents',
  comment: 'Which communications voices of customers are about',
  columns: {
    run_id: 'UInt64',
    voice: 'UInt32',
    communication_id: 'FixedString(32)',
    made_at: 'DateTime DEFAULT now()',
  },
  orderBy: ['communication_id'],
  partitionBy: 'run_id',
  ttl: 'made_at + INTERVAL 1 HOUR',
})

/** Who wants to be told when a theme rises. */
interface ThemeWatchesTable {
  user_id: number
  /** Of `dimensions.ts`, `words`, or `any`. */
  dimension: string
  /** '' of `any`. */
  place: string
  label: JsonColumn<Text>
  since: Instant
}

declare module '../../platform/stores/workflow/schema.ts' {
  interface WorkflowSchema {
    theme_watches: ThemeWatchesTable
  }
}

export const themeMigrations: Migrations = {
  '2026-11-25-04-interact-b-themes': {
    async up(db) {
      await sql`CREATE TABLE theme_watches (user_id int4 NOT NULL, dimension text NOT NULL, place text NOT NULL, label json NOT NULL,
        since timestamptz NOT NULL, PRIMARY KEY (user_id, dimension, place))`.execute(db)
      // Themes over time read by day; so does the list of cases by what was opened.
      await sql`CREATE INDEX cases_opened ON cases (opened_at)`.execute(db)
      await sql`CREATE INDEX inbox_messages_at ON inbox_messages (at) WHERE direction = 'in'`.execute(db)
    },
  },
}
