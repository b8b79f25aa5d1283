import { type Generated, sql } from 'kysely'
import type { PersonalFacts } from '../../platform/personal-data.ts'
import { factTable } from '../../platform/stores/facts/tables.ts'
import type { Instant, JsonColumn, Migrations } from '../../platform/stores/workflow/index.ts'

/** A dry check of everything a campaign is about to send. */
interface ComposeChecksTable {
  id: Generated<number>
  campaign_id: number
  /** 0: all waves, and the bills and notices of its turn. */
  wave: number
  state: 'running' | 'done' | 'failed'
  error: string | null
  done: number
  total: number
  figures: JsonColumn<CheckFigures>
  started_by: string
  started_at: Instant
  finished_at: Instant | null
}

export interface CheckFigures {
  checked: number
  fine: number
  held: number
  /** Composed to the last byte: the largest, and some of every kind of data. */
  composed: number
  reasons: { kind: string; channel: string; template: string; reason: string; field: string; customers: number }[]
}

declare module '../../platform/stores/workflow/schema.ts' {
  interface WorkflowSchema {
    compose_checks: ComposeChecksTable
  }
}

export const checkMigrations: Migrations = {
  '2026-11-24-03-personalize-checks': {
    async up(db) {
      await sql`CREATE TABLE compose_checks (id serial PRIMARY KEY, campaign_id int4 NOT NULL, wave int4 NOT NULL, state text NOT NULL,
        error text, done int4 NOT NULL, total int4 NOT NULL, figures json NOT NULL, started_by text NOT NULL,
        started_at timestamptz NOT NULL, finished_at timestamptz)`.execute(db)
      await sql`CREATE INDEX compose_checks_campaign ON compose_checks (campaign_id, id)`.execute(db)
    },
  },
}

/** Run numbers of checks lie above all others, so that their plans are never taken for a turn's. */
export const runOfCheck = (check: number): number => 4_000_000_000 + check

export const composeFindings = factTable({
  name: 'compose_findings',
  comment:
    'Customers a planned message could not be made for, found before anything is sent: one row per communication',
  columns: {
    run_id: 'UInt64',
    customer_id: 'UInt64',
    kind: 'LowCardinality(String)',
    channel: 'LowCardinality(String)',
    template: 'LowCardinality(String)',
    template_version: 'UInt32',
    reason: 'LowCardinality(String)',
    field: 'LowCardinality(String)',
    detail: 'String',
  },
  orderBy: ['reason', 'field', 'customer_id'],
  partitionBy: 'run_id',
})

export const findingsPersonalData: PersonalFacts = {
  store: 'facts',
  table: 'compose_findings',
  title: { en: 'Found before sending', zh: '发送前检查结果' },
  where: k => `customer_id IN ${k('customer')}`,
  erase: 'delete',
}
