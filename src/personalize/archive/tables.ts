/** What stands beside the ledger: where each communication lies, the words it holds, the bytes that are kept, rules and holds. */
import { type Generated, sql } from 'kysely'
import { factTable } from '../../platform/stores/facts/tables.ts'
import type { Instant, Int8, Migrations } from '../../platform/stores/workflow/index.ts'

/**
 * Id → row of the ledger, which is sorted by customer and cut by run: over 10 M communications in 60 runs a point look-up here
 * reads one granule a part, where the ledger's own skip index has 1,220 granules to ask (`bench show` measures both).
 */
export const communicationPlaces = factTable({
  name: 'communication_places',
  comment: 'Where the row of a communication lies in the ledger',
  columns: { communication_id: 'FixedString(32)', run_id: 'UInt64', customer_id: 'UInt64' },
  orderBy: ['communication_id'],
})

/**
 * The ledger by time, with the words of each document: Latin words and pairs of Chinese characters (words.ts), separated by
 * spaces. The inverted index costs 54 µs and 280 bytes a document of 330 words; a word in 300,000 documents is found in 10 ms.
 */
export const communicationWords = factTable({
  name: 'communication_words',
  comment: 'Communications by the moment they were composed, with the words of the document',
  columns: {
    composed_at: "DateTime64(3, 'UTC')",
    communication_id: 'FixedString(32)',
    run_id: 'UInt64',
    customer_id: 'UInt64',
    kind: 'LowCardinality(String)',
    class: 'LowCardinality(String)',
    channel: 'LowCardinality(String)',
    offer: 'LowCardinality(String)',
    template: 'LowCardinality(String)',
    template_version: 'UInt32',
    state: 'LowCardinality(String)', // composed | held | expired
    words: 'String CODEC(ZSTD(3))',
  },
  orderBy: ['composed_at', 'communication_id'],
  partitionBy: 'toYYYYMM(composed_at)',
  indexes: {
    by_word: `words TYPE text(tokenizer = splitByString([' ']))`,
    by_customer: 'customer_id TYPE bloom_filter(0.01) GRANULARITY 1',
  },
})

/** Files of the archive by their SHA-256; several communications may share one. */
export const keptDocuments = factTable({
  name: 'kept_documents',
  comment: 'Communications whose very bytes are kept, by SHA-256',
  columns: {
    sha256: 'FixedString(64)',
    communication_id: 'FixedString(32)',
    customer_id: 'UInt64',
    kind: 'LowCardinality(String)',
    size: 'UInt32',
    stored: 'UInt32', // bytes on disk
    kept_at: "DateTime64(3, 'UTC')",
  },
  orderBy: ['sha256', 'communication_id'],
})

/** Copy of the holds in force, for statements over the facts. */
export const heldCommunications = factTable({
  name: 'held_communications',
  comment: 'Communications under a legal hold of their own; neither retention nor erasure takes them',
  columns: { communication_id: 'FixedString(32)', hold_id: 'UInt64' },
  orderBy: ['communication_id'],
  shardBy: null,
})

export const archiveFactTables = [communicationPlaces, communicationWords, keptDocuments, heldCommunications]

interface ArchiveRulesTable {
  kind: string
  keep_bytes: boolean
  years: number | null
  changed_by: Int8
  changed_at: Instant
}

interface ArchiveHoldsTable {
  id: Generated<number>
  /** What lawyers call it; '' for one that stands alone. */
  case_name: string
  reason: string
  until: string | null
  placed_by: Int8
  placed_at: Instant
  released_by: Int8 | null
  released_at: Instant | null
}

interface ArchiveHoldItemsTable {
  hold_id: Int8
  communication_id: string | null
  customer_id: Int8 | null
  /** The hold of the customer that collect keeps, which holds back an erasure. */
  customer_hold: Int8 | null
}

declare module '../../platform/stores/workflow/schema.ts' {
  interface WorkflowSchema {
    archive_rules: ArchiveRulesTable
    archive_holds: ArchiveHoldsTable
    archive_hold_items: ArchiveHoldItemsTable
    archive_retention_runs: {
      id: Generated<number>
      at: Instant
      kind: string
      older_than: Instant
      communications: Int8
      files: Int8
    }
  }
}

export const archiveMigrations: Migrations = {
  '2026-11-24-05-personalize-archive': {
    async up(db) {
      for (const statement of [
        sql`CREATE TABLE archive_rules (kind text PRIMARY KEY, keep_bytes boolean NOT NULL, years int4, changed_by int8 NOT NULL,
            changed_at timestamptz NOT NULL)`,
        sql`CREATE TABLE archive_holds (id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY, case_name text NOT NULL, reason text NOT NULL,
            until date, placed_by int8 NOT NULL, placed_at timestamptz NOT NULL, released_by int8, released_at timestamptz)`,
        sql`CREATE TABLE archive_hold_items (hold_id int8 NOT NULL REFERENCES archive_holds (id), communication_id text, customer_id int8,
            customer_hold int8)`,
        sql`CREATE INDEX archive_hold_items_of_hold ON archive_hold_items (hold_id)`,
        sql`CREATE INDEX archive_hold_items_of_communication ON archive_hold_items (communication_id)`,
        sql`CREATE TABLE archive_retention_runs (id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz NOT NULL, kind text NOT NULL,
            older_than timestamptz NOT NULL, communications int8 NOT NULL, files int8 NOT NULL)`,
      ])
        await statement.execute(db)
    },
  },
}
