import { sql } from 'kysely'
import type { Instant, Int8, Migrations } from '../../platform/stores/workflow/index.ts'

interface OneTimeCodesTable {
  /** What the browser holds; 128 random bits. */
  challenge: string
  purpose: string
  /** SHA-256 of the address. */
  address_hash: string
  /** Where the request came from, hashed. */
  network_hash: string
  /** 0: nobody has this address; the same is answered. */
  customer_id: Int8
  /** HMAC of the code under the challenge. */
  code_hash: string
  tries: number
  created_at: Instant
  expires_at: Instant
  used_at: Instant | null
}

declare module '../../platform/stores/workflow/schema.ts' {
  interface WorkflowSchema {
    one_time_codes: OneTimeCodesTable
  }
}

export const codeMigrations: Migrations = {
  '2026-11-24-08-interact-one-time-codes': {
    async up(db) {
      for (const statement of [
        sql`CREATE TABLE one_time_codes (challenge text PRIMARY KEY, purpose text NOT NULL, address_hash text NOT NULL,
            network_hash text NOT NULL, customer_id int8 NOT NULL, code_hash text NOT NULL, tries int4 NOT NULL,
            created_at timestamptz NOT NULL, expires_at timestamptz NOT NULL, used_at timestamptz)`,
        sql`CREATE INDEX one_time_codes_address ON one_time_codes (address_hash, created_at)`,
        sql`CREATE INDEX one_time_codes_network ON one_time_codes (network_hash, created_at)`,
      ])
        await statement.execute(db)
    },
  },
}
