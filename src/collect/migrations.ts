import type { Generated } from 'kysely'
import { sql } from 'kysely'
import type { Instant, JsonColumn, Migrations } from '../platform/stores/workflow/index.ts'
import { consentMigrations } from './consent/migrations.ts'
import { decayMigrations } from './decay/migrations.ts'
import { decisionMigrations } from './decisions/migrations.ts'
import { givebackMigrations } from './giving-back/migrations.ts'
import { identityMigrations } from './identity/migrations.ts'
import { importMigrations } from './import/migrations.ts'
import type { Mapping } from './mapping.ts'
import { mappingMigrations } from './mappings/migrations.ts'
import { mendingMigrations } from './mending/migrations.ts'
import { qualityMigrations } from './quality/migrations.ts'
import { repairMigrations } from './repair/migrations.ts'
import { rightsMigrations } from './rights/tables.ts'
import { scheduleMigrations } from './schedules/migrations.ts'
import { verificationMigrations } from './verification/migrations.ts'
import { webMigrations } from './web-events/migrations.ts'

interface SourcesTable {
  source: string
  /** Folder in which the source's file lies. */
  folder: string
  mapping: JsonColumn<Mapping>
  version: number
  updated_at: Instant
  /** False: turns leave it alone. */
  in_turns: Generated<boolean>
}

/** Imports begun; one that is still `running` when the process is gone was killed, and its rows are never seen. */
interface ImportsTable {
  import_id: number
  source: string
  file: string
  sha256: string
  state: 'running' | 'committed' | 'failed'
  started_at: Instant
  /** Of a table: the last value seen of the mapping's cursor column. */
  cursor: Generated<string | null>
}

declare module '../platform/stores/workflow/schema.ts' {
  interface WorkflowSchema {
    collect_sources: SourcesTable
    collect_imports: ImportsTable
  }
}

export const collectMigrations: Migrations = {
  '2026-11-21-collect-sources': {
    async up(db) {
      await sql`CREATE TABLE collect_sources (source text PRIMARY KEY, folder text NOT NULL, mapping jsonb NOT NULL,
        version int4 NOT NULL, updated_at timestamptz NOT NULL DEFAULT now())`.execute(db)
      await sql`CREATE TABLE collect_imports (import_id int8 PRIMARY KEY, source text NOT NULL, file text NOT NULL,
        sha256 text NOT NULL, state text NOT NULL, started_at timestamptz NOT NULL DEFAULT now())`.execute(db)
    },
  },
  ...decisionMigrations,
  ...identityMigrations,
  ...importMigrations,
  ...mappingMigrations,
  ...qualityMigrations,
  ...decayMigrations,
  ...repairMigrations,
  ...verificationMigrations,
  ...mendingMigrations,
  ...scheduleMigrations,
  ...consentMigrations,
  ...rightsMigrations,
  ...webMigrations,
  ...givebackMigrations,
}
