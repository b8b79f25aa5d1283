import { type Selectable, sql } from 'kysely'
import type { Instant, Int8, JsonColumn, Migrations, WorkflowSchema } from '../../platform/stores/workflow/index.ts'
import type { Done } from '../take-back/done.ts'

/** The task as it was before the outcome. */
export interface TaskBefore {
  customer_id: number
  due_at: string | null
  for_user: number | null
  attempts: number
  outcome: string | null
  outcome_id: string | null
  tries: Record<string, number> | null
  notes: string
}

/** Times are text in JSON. */
type OutcomeWas = Omit<Selectable<WorkflowSchema['desk_outcomes']>, 'at'> & { at: string }

/** How a saved outcome is taken back: written with it, kept as long as it may be, and for good once it was. */
interface EndingsTable {
  outcome_id: string
  task_id: string
  /** The number of that day. */
  customer_id: Int8
  user_id: number
  at: Instant
  before: JsonColumn<TaskBefore>
  done: JsonColumn<Done[]>
  /** What was typed, for whoever says it again. */
  draft: JsonColumn<Record<string, unknown>> | null
  /** Begun, and not finished yet. */
  begun_at: Instant | null
  taken_back_at: Instant | null
  taken_back_by: number | null
  /** The row of `desk_outcomes` that it was. */
  was: JsonColumn<OutcomeWas> | null
}

declare module '../../platform/stores/workflow/schema.ts' {
  interface WorkflowSchema {
    desk_endings: EndingsTable
  }
}

export const outcomeMigrations: Migrations = {
  '2026-11-26-20-interact-outcomes': {
    async up(db) {
      for (const statement of [
        sql`CREATE TABLE desk_endings (outcome_id text PRIMARY KEY, task_id text NOT NULL, customer_id int8 NOT NULL, user_id int8 NOT NULL,
            at timestamptz NOT NULL, before json NOT NULL, done json NOT NULL DEFAULT '[]', draft json, begun_at timestamptz,
            taken_back_at timestamptz, taken_back_by int8, was json)`,
        sql`CREATE INDEX desk_endings_task ON desk_endings (task_id)`,
        sql`CREATE INDEX desk_endings_at ON desk_endings (at)`,
        sql`CREATE INDEX desk_endings_customer ON desk_endings (customer_id)`,
      ])
        await statement.execute(db)
    },
  },
}
