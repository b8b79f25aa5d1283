import { type Generated, sql } from 'kysely'
import type { Instant, Int8, JsonColumn, Migrations } from '../../platform/stores/workflow/index.ts'
import type { Survey } from './survey.ts'

interface SurveysTable {
  survey_id: Generated<number>
  body: JsonColumn<Survey>
  /** draft: may be changed · live: answers come in · closed. */
  state: 'draft' | 'live' | 'closed'
  created_by: number
  created_at: Instant
  live_at: Instant | null
  closed_at: Instant | null
}

/** Who was asked: one row a customer and survey, however often they are reminded. */
interface InvitationsTable {
  survey_id: number
  customer_id: Int8
  /** SHA-256 of the token in the link. */
  token_hash: string
  /** email | sms | kiosk | desk */
  channel: string
  language: string
  state: 'asked' | 'refused' | 'failed' | 'answered'
  reason: string
  asked_at: Instant
  answered_at: Instant | null
}

declare module '../../platform/stores/workflow/schema.ts' {
  interface WorkflowSchema {
    surveys: SurveysTable
    survey_invitations: InvitationsTable
  }
}

export const surveyMigrations: Migrations = {
  '2026-11-24-12-interact-surveys': {
    async up(db) {
      for (const statement of [
        sql`CREATE TABLE surveys (survey_id int4 GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body json NOT NULL, state text NOT NULL,
            created_by int4 NOT NULL, created_at timestamptz NOT NULL, live_at timestamptz, closed_at timestamptz)`,
        sql`CREATE TABLE survey_invitations (survey_id int4 NOT NULL REFERENCES surveys, customer_id int8 NOT NULL,
            token_hash text NOT NULL UNIQUE, channel text NOT NULL, language text NOT NULL, state text NOT NULL,
            reason text NOT NULL, asked_at timestamptz NOT NULL, answered_at timestamptz, PRIMARY KEY (survey_id, customer_id))`,
      ])
        await statement.execute(db)
    },
  },
}
