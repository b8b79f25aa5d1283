import { sql } from 'kysely'
import { factTable } from '../platform/stores/facts/tables.ts'
import type { Instant, JsonColumn, Migrations } from '../platform/stores/workflow/index.ts'
import type { TemplateVersion } from './compose/template.ts'
import { linkMigrations } from './links/link-key.ts'

/** The ledger: enough to compose the same bytes again. Append-only, one row per communication. */
export const communications = factTable({
  name: 'communications',
  comment: 'The ledger of communications: composed or held, with everything needed to show the same bytes again',
  columns: {
    run_id: 'UInt64',
    communication_id: 'FixedString(32)',
    customer_id: 'UInt64',
    campaign_id: 'UInt64',
    wave: 'UInt16',
    kind: 'LowCardinality(String)', // bill | letter | email | sms | script
    class: 'LowCardinality(String)', // legal | service | offer
    channel: 'LowCardinality(String)', // print | email | sms | call
    offer: 'LowCardinality(String)',
    template: 'LowCardinality(String)',
    template_version: 'UInt32',
    language: 'LowCardinality(String)',
    partition: 'UInt32',
    address: 'String', // as used
    state: 'LowCardinality(String)', // composed | held
    reason: 'LowCardinality(String)',
    reason_detail: 'String', // of a held one
    data: 'String CODEC(ZSTD(3))', // JSON handed to the template
    engine: 'LowCardinality(String)',
    fonts: 'LowCardinality(String)',
    sha256: 'String',
    size: 'UInt32',
    pages: 'UInt16',
    segments: 'UInt16',
    subject: 'String',
    composed_at: "DateTime64(3, 'UTC')",
  },
  orderBy: ['customer_id', 'communication_id'],
  partitionBy: 'run_id',
  // `show` knows the id alone: one granule is read instead of the table.
  indexes: { by_communication: 'communication_id TYPE bloom_filter(0.001) GRANULARITY 1' },
})

export const factTables = [communications]

interface TemplateVersionsTable {
  template: string
  version: number
  /** Of everything that decides the output; the same content is not stored as a new version. */
  hash: string
  body: JsonColumn<TemplateVersion>
  created_at: Instant
  live_since: Instant | null
}

declare module '../platform/stores/workflow/schema.ts' {
  interface WorkflowSchema {
    template_versions: TemplateVersionsTable
  }
}

export const workflowMigrations: Migrations = {
  ...linkMigrations,
  '2026-11-21-personalize-templates': {
    up: db =>
      sql`CREATE TABLE template_versions (template text NOT NULL, version int4 NOT NULL, hash text NOT NULL, body json NOT NULL,
        created_at timestamptz NOT NULL, live_since timestamptz, PRIMARY KEY (template, version),
        UNIQUE (template, hash))`.execute(db),
  },
}
