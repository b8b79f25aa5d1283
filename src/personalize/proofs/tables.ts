import { type Generated, sql } from 'kysely'
import { among, type PersonalWorkflow } from '../../platform/personal-data.ts'
import type { Instant, Int8, JsonColumn, Migrations } from '../../platform/stores/workflow/index.ts'
import type { Branch } from './branches/branch.ts'
import type { Comparison, PageDifference, Side } from './compare-documents.ts'
import type { ProofBasis } from './proof-data.ts'

/** One document of a template's proof set: a customer as the company has it, or a row somebody wrote. */
interface ProofMembersTable {
  id: Generated<number>
  template: string
  kind: 'customer' | 'example'
  /** 0 of an example. */
  customer_id: Int8
  offer: string
  product: string
  row: JsonColumn<Record<string, unknown> | null>
  /** What it is in the set for: codes of hardest-sql.ts, `branch`, `shape`, `hand`, `example`. */
  why: JsonColumn<string[]>
  /** Ways of the template and kinds of data that nobody before it in the set has. */
  covers: JsonColumn<string[]>
  added_by: string
  added_at: Instant
}

interface ProofRunsTable {
  id: Generated<number>
  template: string
  version: number
  /** The version that was live; null: there was none, and all is new. */
  base_version: number | null
  state: 'running' | 'done' | 'failed'
  error: string | null
  basis: JsonColumn<ProofBasis>
  members: number
  done: number
  coverage: JsonColumn<ProofCoverage>
  started_by: string
  started_at: Instant
  finished_at: Instant | null
}

export interface ProofCoverage {
  branches: Branch[]
  /** Of them, those that some member takes. */
  taken: string[]
}

interface ProofResultsTable {
  run_id: number
  member_id: number
  customer_id: Int8
  before: JsonColumn<Side | null>
  now: JsonColumn<Side>
  pages: JsonColumn<PageDifference[]>
  added: number
  removed: number
  fingerprint: string
}

/** What a person said of a difference: it holds for the same difference in later runs. */
interface ProofVerdictsTable {
  template: string
  member_id: number
  fingerprint: string
  intended: boolean
  by: string
  at: Instant
}

declare module '../../platform/stores/workflow/schema.ts' {
  interface WorkflowSchema {
    proof_members: ProofMembersTable
    proof_runs: ProofRunsTable
    proof_results: ProofResultsTable
    proof_verdicts: ProofVerdictsTable
  }
}

export const proofMigrations: Migrations = {
  '2026-11-24-03-personalize-proofs': {
    async up(db) {
      await sql`CREATE TABLE proof_members (id serial PRIMARY KEY, template text NOT NULL, kind text NOT NULL, customer_id int8 NOT NULL,
        offer text NOT NULL, product text NOT NULL, row json NOT NULL, why json NOT NULL, covers json NOT NULL, added_by text NOT NULL,
        added_at timestamptz NOT NULL)`.execute(db)
      await sql`CREATE INDEX proof_members_template ON proof_members (template)`.execute(db)
      await sql`CREATE TABLE proof_runs (id serial PRIMARY KEY, template text NOT NULL, version int4 NOT NULL, base_version int4,
        state text NOT NULL, error text, basis json NOT NULL, members int4 NOT NULL, done int4 NOT NULL, coverage json NOT NULL,
        started_by text NOT NULL, started_at timestamptz NOT NULL, finished_at timestamptz)`.execute(db)
      await sql`CREATE INDEX proof_runs_template ON proof_runs (template, version)`.execute(db)
      await sql`CREATE TABLE proof_results (run_id int4 NOT NULL REFERENCES proof_runs (id) ON DELETE CASCADE, member_id int4 NOT NULL,
        customer_id int8 NOT NULL, before json NOT NULL, now json NOT NULL, pages json NOT NULL, added int4 NOT NULL, removed int4 NOT NULL,
        fingerprint text NOT NULL, PRIMARY KEY (run_id, member_id))`.execute(db)
      await sql`CREATE TABLE proof_verdicts (template text NOT NULL, member_id int4 NOT NULL, fingerprint text NOT NULL,
        intended boolean NOT NULL, by text NOT NULL, at timestamptz NOT NULL, PRIMARY KEY (template, member_id, fingerprint))`.execute(
        db,
      )
    },
  },
}

const ofCustomers = (table: 'proof_members' | 'proof_results', en: string, zh: string): PersonalWorkflow => ({
  store: 'workflow',
  table,
  title: { en, zh },
  where: k => among('customer_id', k('customer'), 'int8'),
  erase: 'delete',
})

/** A proof holds a customer's number and what was wrong with the document; the data are read anew each time. */
export const proofPersonalData = [
  ofCustomers('proof_members', 'In proof sets of templates', '模板校样集'),
  ofCustomers('proof_results', 'Results of proofs', '校样结果'),
]

export type ProofResult = Comparison & { memberId: number }
