import { type Generated, sql } from 'kysely'
import type { Instant, Migrations } from '../../platform/stores/workflow/index.ts'

export type VerificationState = 'open' | 'confirmed' | 'corrected' | 'unanswered' | 'cancelled'

/** A question to a customer: is this value still right? What the value is stands in the golden record, not here. */
interface VerificationsTable {
  verification_id: Generated<number>
  customer_id: number
  field: string
  /** call: an agent asks; link: the customer opens a page. */
  way: 'call' | 'link'
  state: VerificationState
  priority: number
  asked_by: number
  asked_at: Instant
  answered_at: Instant | null
  event_id: string | null
  /** Answers refused at the link's page, so that it cannot be used to guess. */
  refusals: number
}

/** Keys made here at first use; never leave the server. */
interface SecretsTable {
  name: string
  secret: string
}

declare module '../../platform/stores/workflow/schema.ts' {
  interface WorkflowSchema {
    collect_verifications: VerificationsTable
    collect_verify_secrets: SecretsTable
  }
}

export const verificationMigrations: Migrations = {
  '2026-11-22-07-collect-verifications': {
    async up(db) {
      for (const statement of [
        sql`CREATE TABLE collect_verifications (verification_id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY, customer_id int8 NOT NULL,
            field text NOT NULL, way text NOT NULL, state text NOT NULL, priority float8 NOT NULL, asked_by int8 NOT NULL,
            asked_at timestamptz NOT NULL, answered_at timestamptz, event_id text, refusals int4 NOT NULL DEFAULT 0)`,
        sql`CREATE UNIQUE INDEX collect_verifications_open ON collect_verifications (customer_id, field) WHERE state = 'open'`,
        sql`CREATE INDEX collect_verifications_state ON collect_verifications (state, priority DESC)`,
        sql`CREATE TABLE collect_verify_secrets (name text PRIMARY KEY, secret text NOT NULL)`,
      ])
        await statement.execute(db)
    },
  },
}
