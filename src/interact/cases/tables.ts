import { type Generated, sql } from 'kysely'
import type { Instant, Int8, JsonColumn, Migrations } from '../../platform/stores/workflow/index.ts'
import type { CaseSettings } from './settings.ts'

export type CaseKind = 'complaint' | 'request' | 'dispute'
export type CaseState = 'open' | 'waiting' | 'resolved'

interface CasesTable {
  case_id: Generated<number>
  customer_id: Int8
  kind: CaseKind
  /** Of the settings; what it is about. */
  category: string
  /** One line, for lists. */
  title: string
  /** In the customer's own words. */
  words: string
  language: string
  /** The document it is about, '' none, and the line of it: the words of the bill. */
  communication_id: string
  line: string
  product_code: string
  /** desk | portal | kiosk | inbox | agent … */
  source: string
  /** What it came from: the same thing told twice is one case. */
  source_key: string | null
  state: CaseState
  owner: number | null
  /** Times it was escalated. */
  level: number
  opened_at: Instant
  /** By the clock of working hours. */
  due_at: Instant
  /** While it waits for the customer the clock stands: working minutes that were left. */
  left_minutes: number | null
  resolution: string
  outcome: string | null
  resolved_at: Instant | null
  resolved_by: number | null
  told_at: Instant | null
  /** How the customer was told: a communication's number, a call's, or a person's word. */
  told_how: string
  /** Times it was opened again after it was resolved. */
  reopened: Generated<number>
  updated_at: Instant
}

interface CaseNotesTable {
  note_id: Generated<number>
  case_id: number
  at: Instant
  user_id: number | null
  /** What happened: opened, note, owner, state, due, escalated, resolved, told … */
  what: string
  text: string
}

interface CaseSettingsTable {
  id: number
  value: JsonColumn<CaseSettings>
}

declare module '../../platform/stores/workflow/schema.ts' {
  interface WorkflowSchema {
    cases: CasesTable
    case_notes: CaseNotesTable
    case_settings: CaseSettingsTable
  }
}

export const caseMigrations: Migrations = {
  '2026-11-24-11-interact-cases': {
    async up(db) {
      for (const statement of [
        sql`CREATE TABLE cases (case_id int4 GENERATED ALWAYS AS IDENTITY PRIMARY KEY, customer_id int8 NOT NULL,
            kind text NOT NULL, category text NOT NULL, title text NOT NULL, words text NOT NULL, language text NOT NULL,
            communication_id text NOT NULL, line text NOT NULL, product_code text NOT NULL, source text NOT NULL,
            source_key text UNIQUE, state text NOT NULL, owner int4, level int4 NOT NULL, opened_at timestamptz NOT NULL,
            due_at timestamptz NOT NULL, left_minutes float8, resolution text NOT NULL, outcome text, resolved_at timestamptz,
            resolved_by int4, told_at timestamptz, told_how text NOT NULL, updated_at timestamptz NOT NULL)`,
        sql`CREATE INDEX cases_of_customer ON cases (customer_id)`,
        sql`CREATE INDEX cases_due ON cases (due_at) WHERE state = 'open'`,
        sql`CREATE INDEX cases_newest ON cases (state, opened_at DESC)`,
        sql`CREATE TABLE case_notes (note_id int4 GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            case_id int4 NOT NULL REFERENCES cases ON DELETE CASCADE, at timestamptz NOT NULL, user_id int4,
            what text NOT NULL, text text NOT NULL)`,
        sql`CREATE INDEX case_notes_of_case ON case_notes (case_id, note_id)`,
        sql`CREATE TABLE case_settings (id int4 PRIMARY KEY CHECK (id = 1), value json NOT NULL)`,
      ])
        await statement.execute(db)
    },
  },
  '2026-11-25-32-interact-cases-reopened': {
    async up(db) {
      await sql`ALTER TABLE cases ADD COLUMN reopened int4 NOT NULL DEFAULT 0`.execute(db)
    },
  },
}
