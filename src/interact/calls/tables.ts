import { type Generated, sql } from 'kysely'
import type { Instant, JsonColumn, Migrations } from '../../platform/stores/workflow/index.ts'
import type { CallLimits } from './api.ts'

export type CallState = 'ringing' | 'answered' | 'ended'

/** '' the telephone system told · limit: it lasted longer than any call · newer: another was answered · saved: its outcome was · agent. */
export type EndedBy = '' | 'limit' | 'newer' | 'saved' | 'agent'

/** number, shared, unknown: what the number says · id: a voice menu asked · confirmed: the agent verified · counter: came in person. */
export type HowKnown = 'number' | 'shared' | 'unknown' | 'id' | 'confirmed'

/** A call as the telephone system reports it; its first migration stands with the tasks. */
export interface CallsTable {
  call_id: string
  direction: 'in' | 'out' | 'counter'
  /** E.164, or ''. */
  number: string
  number_state: 'ok' | 'withheld' | 'malformed'
  state: CallState
  user_id: number | null
  customer_id: Generated<number>
  how: HowKnown
  /** Customers who may be on the line, where the number does not say which. */
  candidates: JsonColumn<number[]>
  /** Wrong answers to questions of who it is. */
  wrong: Generated<number>
  task_id: Generated<string>
  recording: Generated<string>
  rang_at: Instant
  answered_at: Instant | null
  ended_at: Instant | null
  ended_by: Generated<EndedBy>
  /** Grows with each change of any call: desks ask what is newer. */
  change: Generated<number>
}

/** What whoever leads the desk decided for all of it. */
interface SettingsTable {
  id: number
  calls: JsonColumn<CallLimits>
}

declare module '../../platform/stores/workflow/schema.ts' {
  interface WorkflowSchema {
    desk_calls: CallsTable
    desk_settings: SettingsTable
  }
}

export const callMigrations: Migrations = {
  '2026-11-26-20-interact-lost-calls': {
    async up(db) {
      for (const statement of [
        sql`ALTER TABLE desk_calls ADD COLUMN ended_by text NOT NULL DEFAULT ''`,
        sql`CREATE TABLE desk_settings (id int4 PRIMARY KEY CHECK (id = 1), calls json NOT NULL)`,
      ])
        await statement.execute(db)
    },
  },
}
