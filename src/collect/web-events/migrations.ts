import { type Generated, sql } from 'kysely'
import type { Instant, Migrations } from '../../platform/stores/workflow/index.ts'

interface WebSitesTable {
  site_id: Generated<number>
  name: string
  /** Public: it stands in the pages. It may only write. */
  site_key: string
  /** https://shop.example.com; pages of other origins are refused. */
  origins: string[]
  paused: boolean
  created_at: Instant
  deleted_at: Instant | null
}

interface SecretsTable {
  name: string
  secret: string
}

declare module '../../platform/stores/workflow/schema.ts' {
  interface WorkflowSchema {
    collect_web_sites: WebSitesTable
    collect_secrets: SecretsTable
  }
}

export const webMigrations: Migrations = {
  '2026-11-22-08-collect-web': {
    async up(db) {
      await sql`CREATE TABLE collect_web_sites (site_id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL,
        site_key text NOT NULL UNIQUE, origins text[] NOT NULL, paused boolean NOT NULL DEFAULT false,
        created_at timestamptz NOT NULL, deleted_at timestamptz)`.execute(db)
      await sql`CREATE TABLE collect_secrets (name text PRIMARY KEY, secret text NOT NULL)`.execute(db)
    },
  },
}
