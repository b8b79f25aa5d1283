import { sql } from 'kysely'
import { factTable } from '../../platform/stores/facts/tables.ts'
import type { Instant, JsonColumn, Migrations } from '../../platform/stores/workflow/index.ts'
import type { CatalogueBody, DistributionResult, DistributionSettings } from './catalogue.ts'

export const catalogueMembers = factTable({
  name: 'catalogue_members',
  comment: 'Who should get which catalogue, by distribution',
  columns: {
    distribution_id: 'UInt64',
    customer_id: 'UInt64',
    catalogue: 'LowCardinality(String)',
    taste: 'Float32', // share of the customer's taste over everybody's: 1 = as everybody
    reasons: 'Array(String)', // own products that speak for it most
  },
  orderBy: ['customer_id'],
  partitionBy: 'distribution_id',
})

interface CataloguesTable {
  code: string
  body: JsonColumn<CatalogueBody>
  source: 'hand' | 'suggested'
  retired: boolean
  updated_by: number | null
  updated_at: Instant
}

interface CatalogueDistributionsTable {
  id: number
  as_of: string
  models_run: number
  settings: JsonColumn<DistributionSettings>
  state: 'running' | 'done' | 'failed'
  result: JsonColumn<DistributionResult> | null
  asked_by: number
  asked_at: Instant
}

declare module '../../platform/stores/workflow/schema.ts' {
  interface WorkflowSchema {
    catalogues: CataloguesTable
    catalogue_distributions: CatalogueDistributionsTable
  }
}

export const catalogueMigrations: Migrations = {
  '2026-11-23-03-analyze-catalogues': {
    async up(db) {
      for (const statement of [
        sql`CREATE TABLE catalogues (code text PRIMARY KEY, body jsonb NOT NULL, source text NOT NULL,
            retired boolean NOT NULL DEFAULT false, updated_by int4, updated_at timestamptz NOT NULL)`,
        sql`CREATE TABLE catalogue_distributions (id int4 PRIMARY KEY, as_of date NOT NULL, models_run int4 NOT NULL,
            settings jsonb NOT NULL, state text NOT NULL, result jsonb, asked_by int4 NOT NULL, asked_at timestamptz NOT NULL)`,
      ])
        await statement.execute(db)
    },
  },
}
