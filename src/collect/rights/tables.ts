import type { Generated } from 'kysely'
import { sql } from 'kysely'
import { factTable } from '../../platform/stores/facts/tables.ts'
import type { Instant, Int8, JsonColumn, Migrations } from '../../platform/stores/workflow/index.ts'
import type { CertificateBody } from './certificate.ts'

/** While a request is carried out: what the person is known by. Emptied with it. Statements name the request, never a value. */
export const personKeys = factTable({
  name: 'person_keys',
  comment: 'What the person of a request is known by, while it is carried out',
  columns: { request_id: 'UInt64', kind: 'LowCardinality(String)', value: 'String' },
  orderBy: ['kind', 'value'],
  partitionBy: 'request_id',
  shardBy: null,
})

export const erasedKeys = factTable({
  name: 'erased_keys',
  comment: 'Salted hashes of what erased people were known by, so that no file brings them back',
  columns: { key: 'FixedString(64)', certificate: 'UInt64' },
  orderBy: ['key'],
  shardBy: null,
})

export const erasedCustomers = factTable({
  name: 'erased_customers',
  comment: 'Numbers of erased customers: never given again',
  columns: { customer_id: 'UInt64', certificate: 'UInt64', at: "DateTime64(3, 'UTC')" },
  orderBy: ['customer_id'],
})

export const rightsFactTables = [personKeys, erasedKeys, erasedCustomers]

export const REQUEST_STATES = ['requested', 'approved', 'running', 'held', 'done', 'rejected', 'failed'] as const
export type RequestState = (typeof REQUEST_STATES)[number]

/** Rows, files and how they went, by what was worked on. */
export type ErasedCounts = Record<string, { rows: number; how: string }>

interface RightsRequestsTable {
  id: Generated<number>
  kind: 'export' | 'erasure'
  customer_id: Int8
  state: RequestState
  /** How the person asked: letter, call, portal, branch … */
  received_by: string
  requested_by: Int8
  requested_at: Instant
  due_at: Instant
  decided_by: Int8 | null
  decided_at: Instant | null
  finished_at: Instant | null
  progress: JsonColumn<ErasedCounts>
  done_steps: number
  total_steps: number
  error: string
  certificate_id: Int8 | null
}

interface RightsCertificatesTable {
  id: Int8
  body: JsonColumn<CertificateBody>
  signature: string
  hash: string
}

interface RightsKeysTable {
  id: number
  private_key: string
  public_key: string
  salt: string
}

interface LegalHoldsTable {
  id: Generated<number>
  customer_id: Int8
  reason: string
  until: string | null
  placed_by: Int8
  placed_at: Instant
  released_by: Int8 | null
  released_at: Instant | null
}

declare module '../../platform/stores/workflow/schema.ts' {
  interface WorkflowSchema {
    rights_requests: RightsRequestsTable
    rights_certificates: RightsCertificatesTable
    rights_keys: RightsKeysTable
    rights_erased: { customer_id: Int8; certificate_id: Int8; at: Instant }
    legal_holds: LegalHoldsTable
  }
}

export const rightsMigrations: Migrations = {
  '2026-11-22-09-collect-rights': {
    async up(db) {
      for (const statement of [
        sql`CREATE TABLE rights_requests (id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY, kind text NOT NULL, customer_id int8 NOT NULL,
            state text NOT NULL, received_by text NOT NULL, requested_by int8 NOT NULL, requested_at timestamptz NOT NULL,
            due_at timestamptz NOT NULL, decided_by int8, decided_at timestamptz, finished_at timestamptz,
            progress jsonb NOT NULL DEFAULT '{}', done_steps int4 NOT NULL DEFAULT 0, total_steps int4 NOT NULL DEFAULT 0,
            error text NOT NULL DEFAULT '', certificate_id int8)`,
        sql`CREATE INDEX rights_requests_due ON rights_requests (state, due_at)`,
        sql`CREATE UNIQUE INDEX one_erasure_a_customer ON rights_requests (customer_id)
            WHERE kind = 'erasure' AND state IN ('requested', 'approved', 'running', 'held', 'failed')`,
        sql`CREATE TABLE rights_certificates (id int8 PRIMARY KEY, body json NOT NULL, signature text NOT NULL, hash text NOT NULL)`,
        sql`CREATE TABLE rights_keys (id int4 PRIMARY KEY CHECK (id = 1), private_key text NOT NULL, public_key text NOT NULL,
            salt text NOT NULL)`,
        sql`CREATE TABLE rights_erased (customer_id int8 PRIMARY KEY, certificate_id int8 NOT NULL, at timestamptz NOT NULL)`,
        sql`CREATE TABLE legal_holds (id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY, customer_id int8 NOT NULL, reason text NOT NULL,
            until date, placed_by int8 NOT NULL, placed_at timestamptz NOT NULL, released_by int8, released_at timestamptz)`,
        sql`CREATE INDEX legal_holds_of_customer ON legal_holds (customer_id)`,
      ])
        await statement.execute(db)
    },
  },
}
