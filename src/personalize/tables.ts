import { sql } from 'kysely'
import { factTable } from '../platform/stores/facts/tables.ts'
import type { Migrations } from '../platform/stores/workflow/index.ts'
import { archiveFactTables, archiveMigrations } from './archive/tables.ts'
import { assetMigrations } from './assets/tables.ts'
import { checkMigrations, composeFindings } from './checks/tables.ts'
import { communicationPlan, kindMigrations } from './kinds/tables.ts'
import { letterMigrations } from './letters/tables.ts'
import { linkMigrations } from './links/link-key.ts'
import { proofMigrations } from './proofs/tables.ts'
import { templateMigrations } from './templates/tables.ts'

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
    copy: 'UInt8 DEFAULT 0', // 1: beside an original that goes another way
    why: "LowCardinality(String) DEFAULT ''", // channel:verdict, the chosen first: kinds/decide-ways.ts
    slots: "String DEFAULT '' CODEC(ZSTD(3))", // JSON of what stands in the space that was left: slots/slot-contents.ts
    composed_at: "DateTime64(3, 'UTC')",
  },
  orderBy: ['customer_id', 'communication_id'],
  partitionBy: 'run_id',
  // `show` knows the id alone: one granule is read instead of the table.
  indexes: { by_communication: 'communication_id TYPE bloom_filter(0.001) GRANULARITY 1' },
})

export const factTables = [communications, communicationPlan, composeFindings, ...archiveFactTables]

export const workflowMigrations: Migrations = {
  ...linkMigrations,
  ...kindMigrations,
  ...archiveMigrations,
  ...letterMigrations,
  ...assetMigrations,
  ...templateMigrations,
  ...proofMigrations,
  ...checkMigrations,
  '2026-11-21-personalize-templates': {
    up: db =>
      sql`CREATE TABLE template_versions (template text NOT NULL, version int4 NOT NULL, hash text NOT NULL, body json NOT NULL,
        created_at timestamptz NOT NULL, live_since timestamptz, PRIMARY KEY (template, version),
        UNIQUE (template, hash))`.execute(db),
  },
}
