import type { Generated } from 'kysely'
import { factTable } from '../../platform/stores/facts/tables.ts'
import type { Instant, Int8, JsonColumn } from '../../platform/stores/workflow/index.ts'
import type { Text } from '../../platform/text.ts'

/** The ledger's statements again, beside the customers' other facts, so that plans join them. Written with the ledger, not after it. */
export const consentStatements = factTable({
  name: 'consent_statements',
  comment: 'What customers said of consent and preferences since it is asked here; a copy of the ledger for joins',
  columns: {
    customer_id: 'UInt64',
    seq: 'UInt32',
    kind: 'LowCardinality(String)', // consent | preference
    purpose: 'LowCardinality(String)',
    channel: 'LowCardinality(String)', // '*' where the purpose knows no channels; of a preference its name
    state: 'String', // granted | refused | withdrawn; of a preference its value
    granted: 'UInt8',
    at: "DateTime64(3, 'UTC')",
    source: 'LowCardinality(String)',
  },
  orderBy: ['customer_id', 'seq'],
  engine: 'ReplacingMergeTree',
})

/** Keys are SHA-256 of normalised values, so a list can be used without being read, a partner's too. */
export const suppressionEntries = factTable({
  name: 'suppression_entries',
  comment: 'Who was put on which suppression list or taken off; the newest version of an entry holds',
  columns: {
    kind: 'LowCardinality(String)', // phone | phone-digits | phone-national | email | id | account | address | customer
    key: 'FixedString(64)',
    list: 'LowCardinality(String)',
    removed: 'UInt8',
    until: 'Nullable(Date)',
    upload_id: 'UInt64',
    version: 'UInt64',
  },
  // Older versions stay: an upload that is taken back leaves what held before it.
  orderBy: ['key', 'kind', 'list', 'version'],
  shardBy: null,
})

export const suppressionRules = factTable({
  name: 'suppression_rules',
  comment: 'What each suppression list closes; the newest version of a list holds',
  columns: {
    list: 'LowCardinality(String)',
    channels: 'Array(LowCardinality(String))',
    service: 'UInt8', // closes service mail too
    active: 'UInt8',
    version: 'UInt64',
  },
  orderBy: ['list'],
  engine: 'ReplacingMergeTree(version)',
  shardBy: null,
})

export const consentFactTables = [consentStatements, suppressionEntries, suppressionRules]

/** Append-only: a trigger refuses UPDATE, and DELETE but for an erasure. */
interface ConsentLedgerTable {
  id: Generated<number>
  /** Chosen by whoever hands the statement in: twice is once. */
  statement_id: string
  customer_id: Int8
  /** 1, 2, 3 … per customer. */
  seq: number
  kind: 'consent' | 'preference'
  purpose: string
  channel: string
  state: string
  wording: string
  wording_version: number
  evidence_how: string
  evidence_ref: string
  at: Instant
  source: string
  actor: Int8
  recorded_at: Instant
  /** Hash of the customer's statement before; '' for the first. */
  previous: string
  hash: string
}

interface ConsentHeadsTable {
  customer_id: Int8
  seq: number
  hash: string
}

interface ConsentPurposesTable {
  code: string
  position: number
  name: JsonColumn<Text>
  about: JsonColumn<Text>
  /** Asked for each channel apart. */
  by_channel: boolean
  basis: 'consent' | 'legitimate-interest' | 'contract'
}

interface ConsentWordingsTable {
  code: string
  version: number
  purpose: string
  text: JsonColumn<Text>
  valid_from: string
  valid_to: string | null
  created_by: Int8
  created_at: Instant
}

interface ConsentSealsTable {
  import_id: Int8
  statements: Int8
  digest: string
  sealed_at: Instant
}

interface SuppressionListsTable {
  code: string
  name: JsonColumn<Text>
  about: string
  channels: string[]
  service: boolean
  active: boolean
  created_by: Int8
  created_at: Instant
}

interface SuppressionUploadsTable {
  id: Generated<number>
  list: string
  kind: string
  file: string
  why: string
  entries: Int8
  refused: Int8
  removes: boolean
  until: string | null
  by_user: Int8
  at: Instant
}

declare module '../../platform/stores/workflow/schema.ts' {
  interface WorkflowSchema {
    consent_ledger: ConsentLedgerTable
    consent_heads: ConsentHeadsTable
    /** Statements that are not in the facts yet: a process died between the two stores. */
    consent_unmirrored: { ledger_id: Int8 }
    /** How far events that came in bulk were looked through; one row. */
    consent_taken_up: { one: boolean; up_to: Instant }
    consent_purposes: ConsentPurposesTable
    consent_wordings: ConsentWordingsTable
    consent_seals: ConsentSealsTable
    suppression_lists: SuppressionListsTable
    suppression_uploads: SuppressionUploadsTable
  }
}
