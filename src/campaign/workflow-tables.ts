import { type Generated, sql } from 'kysely'
import type { Instant, JsonColumn, Migrations } from '../platform/stores/workflow/index.ts'
import type { Text } from '../platform/text.ts'
import type { CampaignDefinition } from './definition/definition.ts'
import type { Result } from './measure/result.ts'
import type { CampaignState } from './state.ts'

interface CampaignDefinitionsTable {
  code: string
  body: JsonColumn<CampaignDefinition>
}

interface CampaignsTable {
  id: Generated<number>
  turn_id: number
  /** The campaign step's run: visible once committed. */
  run_id: number
  plan_id: number
  code: string
  name: JsonColumn<Text>
  objective: JsonColumn<Text>
  as_of: string
  horizon_days: number
  currency: string
  state: CampaignState
  /** Minor units. */
  target: number
  cost: number
  expected: number
  planned: number
  control: number
  result: JsonColumn<Result> | null
  created_at: Instant
}

interface WavesTable {
  campaign_id: number
  wave: number
  date: string
  /** Customers; contacts may be more. */
  planned: number
  contacts: number
  state: WaveState
  done_at: Instant | null
}

/** waiting until its day has come; stopped with its campaign. */
export type WaveState = 'waiting' | 'done' | 'stopped'

/** Append-only: every change of state with who made it; approvals are read here. */
interface CampaignStatesTable {
  id: Generated<number>
  campaign_id: number
  state: CampaignState
  /** null: the turn itself. */
  user_id: number | null
  by_name: string
  at: Instant
}

declare module '../platform/stores/workflow/schema.ts' {
  interface WorkflowSchema {
    campaign_definitions: CampaignDefinitionsTable
    campaigns: CampaignsTable
    waves: WavesTable
    campaign_states: CampaignStatesTable
  }
}

export const workflowMigrations: Migrations = {
  '2026-11-21-campaign-campaigns': {
    async up(db) {
      for (const statement of [
        sql`CREATE TABLE campaign_definitions (code text PRIMARY KEY, body jsonb NOT NULL)`,
        sql`CREATE TABLE campaigns (id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY, turn_id int8 NOT NULL, run_id int8 NOT NULL,
            plan_id int8 NOT NULL, code text NOT NULL, name jsonb NOT NULL, objective jsonb NOT NULL, as_of date NOT NULL,
            horizon_days int4 NOT NULL, currency text NOT NULL, state text NOT NULL, target float8 NOT NULL, cost float8 NOT NULL,
            expected float8 NOT NULL, planned int8 NOT NULL, control int8 NOT NULL, result jsonb,
            created_at timestamptz NOT NULL DEFAULT now())`,
        sql`CREATE TABLE waves (campaign_id int8 NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE, wave int4 NOT NULL,
            date date NOT NULL, planned int8 NOT NULL, PRIMARY KEY (campaign_id, wave))`,
        sql`CREATE TABLE campaign_states (id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            campaign_id int8 NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE, state text NOT NULL, user_id int8,
            by_name text NOT NULL, at timestamptz NOT NULL DEFAULT now())`,
      ])
        await statement.execute(db)
    },
  },
  '2026-11-23-07-campaign-waves': {
    async up(db) {
      for (const statement of [
        sql`ALTER TABLE waves ADD COLUMN contacts int8 NOT NULL DEFAULT 0, ADD COLUMN state text NOT NULL DEFAULT 'done',
            ADD COLUMN done_at timestamptz`,
        sql`UPDATE waves SET contacts = planned`,
      ])
        await statement.execute(db)
    },
  },
}
