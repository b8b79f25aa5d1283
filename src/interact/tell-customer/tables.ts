import { sql } from 'kysely'
import type { Instant, Int8, Migrations } from '../../platform/stores/workflow/index.ts'
import type { NoticeName } from './notice.ts'

/** What a customer is told by the house itself: one row a thing, so that it is told once. */
interface CustomerNoticesTable {
  /** `kind:subject`. */
  notice_key: string
  kind: NoticeName
  /** What it is about, as its kind writes it: the number of a case, of a message. */
  subject: string
  customer_id: Int8
  /** waiting · sending · sent · nobody: no way to the customer is open · failed · uncertain: cut off while it went · void: nothing to say any more. */
  state: 'waiting' | 'sending' | 'sent' | 'nobody' | 'failed' | 'uncertain' | 'void'
  /** email | sms, once one was chosen. */
  channel: string
  reason: string
  asked_at: Instant
  settled_at: Instant | null
}

declare module '../../platform/stores/workflow/schema.ts' {
  interface WorkflowSchema {
    customer_notices: CustomerNoticesTable
  }
}

export const noticeMigrations: Migrations = {
  '2026-11-25-31-interact-customer-notices': {
    async up(db) {
      for (const statement of [
        sql`CREATE TABLE customer_notices (notice_key text PRIMARY KEY, kind text NOT NULL, subject text NOT NULL,
            customer_id int8 NOT NULL, state text NOT NULL, channel text NOT NULL, reason text NOT NULL,
            asked_at timestamptz NOT NULL, settled_at timestamptz)`,
        sql`CREATE INDEX customer_notices_of ON customer_notices (customer_id)`,
      ])
        await statement.execute(db)
    },
  },
}
