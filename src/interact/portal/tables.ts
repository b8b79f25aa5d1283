import { type Generated, sql } from 'kysely'
import type { Instant, Int8, Migrations } from '../../platform/stores/workflow/index.ts'
import type { PlaceName } from './place.ts'

interface PortalSessionsTable {
  /** SHA-256 of what the browser holds. */
  token_hash: string
  place: PlaceName
  kiosk_id: number | null
  /** 0 until it is known which of several people it is. */
  customer_id: Int8
  /** Who has the address, while that is asked. */
  candidates: number[]
  /** Wrong answers to that question. */
  tries: number
  csrf: string
  lang: string
  opened_at: Instant
  seen_at: Instant
  expires_at: Instant
}

/** A form that was sent, by its key: sent again, it leads to the same page and does nothing. */
interface PortalPostsTable {
  key: string
  customer_id: Int8
  action: string
  at: Instant
  /** null: begun, and not known to be finished. */
  led_to: string | null
}

/** Wrong answers, by a hash of what was tried. */
interface PortalTriesTable {
  subject_hash: string
  at: Instant
}

/** How far a customer has read a thread in the portal. */
interface PortalThreadReadsTable {
  thread_id: number
  read_to: number
}

interface KiosksTable {
  kiosk_id: Generated<number>
  name: string
  /** SHA-256 of the code a device is paired by, until it is. */
  code_hash: string | null
  code_until: Instant | null
  /** SHA-256 of what the device holds. */
  device_hash: string | null
  paired_at: Instant | null
  seen_at: Instant | null
  created_by: number
  created_at: Instant
  revoked_at: Instant | null
}

declare module '../../platform/stores/workflow/schema.ts' {
  interface WorkflowSchema {
    portal_sessions: PortalSessionsTable
    portal_posts: PortalPostsTable
    portal_tries: PortalTriesTable
    kiosks: KiosksTable
    portal_thread_reads: PortalThreadReadsTable
  }
}

export const portalMigrations: Migrations = {
  '2026-11-24-09-interact-portal': {
    async up(db) {
      for (const statement of [
        sql`CREATE TABLE kiosks (kiosk_id int4 GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, code_hash text UNIQUE,
            code_until timestamptz, device_hash text UNIQUE, paired_at timestamptz, seen_at timestamptz, created_by int4 NOT NULL,
            created_at timestamptz NOT NULL, revoked_at timestamptz)`,
        sql`CREATE TABLE portal_sessions (token_hash text PRIMARY KEY, place text NOT NULL, kiosk_id int4 REFERENCES kiosks,
            customer_id int8 NOT NULL, candidates int8[] NOT NULL, tries int4 NOT NULL, csrf text NOT NULL, lang text NOT NULL,
            opened_at timestamptz NOT NULL, seen_at timestamptz NOT NULL, expires_at timestamptz NOT NULL)`,
        sql`CREATE INDEX portal_sessions_end ON portal_sessions (expires_at)`,
        sql`CREATE TABLE portal_posts (key text PRIMARY KEY, customer_id int8 NOT NULL, action text NOT NULL, at timestamptz NOT NULL,
            led_to text)`,
        sql`CREATE INDEX portal_posts_at ON portal_posts (at)`,
        sql`CREATE INDEX portal_posts_of ON portal_posts (customer_id)`,
        sql`CREATE TABLE portal_tries (subject_hash text NOT NULL, at timestamptz NOT NULL)`,
        sql`CREATE INDEX portal_tries_of ON portal_tries (subject_hash, at)`,
      ])
        await statement.execute(db)
    },
  },
  '2026-11-25-33-interact-thread-reads': {
    async up(db) {
      await sql`CREATE TABLE portal_thread_reads (thread_id int4 PRIMARY KEY REFERENCES inbox_threads ON DELETE CASCADE,
          read_to int4 NOT NULL)`.execute(db)
    },
  },
}
