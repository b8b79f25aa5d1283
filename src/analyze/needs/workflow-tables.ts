import { sql } from 'kysely'
import type { Instant, JsonColumn, Migrations } from '../../platform/stores/workflow/index.ts'
import type { NeedBody } from './need.ts'

export type NeedState = 'draft' | 'released' | 'withdrawn'

/** What a release was tried against: whom it would have reached that day. */
export interface NeedTrial {
  asOf: string
  customers: number
  reached: number
  gained: number
  lost: number
}

/** A released version is never changed again: proposals quote it. */
interface NeedVersionsTable {
  code: string
  version: number
  state: NeedState
  body: JsonColumn<NeedBody>
  trial: JsonColumn<NeedTrial> | null
  created_by: number | null
  created_at: Instant
  released_by: number | null
  released_at: Instant | null
}

declare module '../../platform/stores/workflow/schema.ts' {
  interface WorkflowSchema {
    need_versions: NeedVersionsTable
  }
}

export const needMigrations: Migrations = {
  '2026-11-23-03-analyze-needs': {
    async up(db) {
      await sql`CREATE TABLE need_versions (code text NOT NULL, version int4 NOT NULL, state text NOT NULL, body jsonb NOT NULL,
        trial jsonb, created_by int4, created_at timestamptz NOT NULL DEFAULT now(), released_by int4, released_at timestamptz,
        PRIMARY KEY (code, version))`.execute(db)
    },
  },
}
