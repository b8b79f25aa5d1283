import { type Generated, sql } from 'kysely'
import type { Instant, JsonColumn, Migrations } from '../../platform/stores/workflow/index.ts'
import type { Limit } from '../plan/limits.ts'
import type { ContactPolicy } from '../policy/contact-policy.ts'
import type { PlanChange } from './change.ts'
import type { Outcome } from './outcome.ts'

/** What the solver was given beside the options: kept with the plan, so that it can be solved again. */
export interface KeptInputs {
  /** `parts`: a bundle of codes that one customer gets together. */
  codes: {
    offer: string
    channel: string
    cost: number
    wave?: number
    segment?: string
    parts?: number[]
    /** 1: its acceptance is believed from enough answers. */
    history?: number
  }[]
  /** What each code uses: resource (place in `limits`) and amount, in turn. */
  uses: number[][]
  /** A maximum of null is none: JSON knows no infinity. */
  limits: (Omit<Limit, 'max'> & { max: number | null })[]
  /** The same before shares and lots became numbers: a changed plan has other ones. */
  asked?: (Omit<Limit, 'max'> & { max: number | null })[]
  /** Group of each code, of which a customer gets one at most. */
  group: number[] | null
  most: number
  exactly: boolean
  /** Limits whose minimum was given up. */
  relaxed: string[]
  /** Prices the search started from, where it did: a repetition starts there too. */
  from: Record<string, number> | null
  options: number
  customers: number
}

/** Each release of the contact policy; the newest is in force. */
interface PolicyVersionsTable {
  version: Generated<number>
  body: JsonColumn<ContactPolicy>
  note: string
  /** The version it was restored from. */
  restored: number | null
  by_user: number | null
  by_name: string
  at: Instant
}

interface ScenariosTable {
  id: Generated<number>
  name: string
  note: string
  plan_id: number
  change: JsonColumn<PlanChange>
  outcome: JsonColumn<Outcome> | null
  prices: JsonColumn<Record<string, number>> | null
  /** Its rows in scenario_choices. */
  choices_run: number | null
  by_user: number
  by_name: string
  changed_at: Instant
  deleted_at: Instant | null
}

export type ApprovalState = 'asked' | 'approved' | 'refused' | 'withdrawn' | 'used'

/** Append-only: who approved or refused which plan. `used`: the campaign step took it. */
interface ApprovalsTable {
  id: Generated<number>
  plan_id: number
  state: ApprovalState
  note: string
  /** null: the turn itself. */
  user_id: number | null
  by_name: string
  at: Instant
}

export type ApprovalMode = 'automatic' | 'one' | 'two'

interface PlanSettingsTable {
  id: number
  /** automatic: each turn's plan goes straight into its campaign · one: a person approves it · two: two people do. */
  approval: ApprovalMode
  /** Plans use the factors that earlier promises taught (shrinkage/). */
  calibration: Generated<boolean>
}

declare module '../../platform/stores/workflow/schema.ts' {
  interface WorkflowSchema {
    contact_policy_versions: PolicyVersionsTable
    plan_scenarios: ScenariosTable
    plan_approvals: ApprovalsTable
    plan_settings: PlanSettingsTable
  }
}

export const scenarioMigrations: Migrations = {
  '2026-11-22-52-optimize-scenarios': {
    async up(db) {
      for (const statement of [
        sql`ALTER TABLE plans ADD COLUMN inputs jsonb, ADD COLUMN policy_version int8, ADD COLUMN offers_version text,
            ADD COLUMN scenario_id int8, ADD COLUMN base_plan int8`,
        sql`CREATE TABLE contact_policy_versions (version int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body jsonb NOT NULL,
            note text NOT NULL DEFAULT '', restored int8, by_user int8, by_name text NOT NULL, at timestamptz NOT NULL DEFAULT now())`,
        sql`CREATE TABLE plan_scenarios (id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL,
            note text NOT NULL DEFAULT '', plan_id int8 NOT NULL REFERENCES plans (id) ON DELETE CASCADE, change jsonb NOT NULL,
            outcome jsonb, prices jsonb, choices_run int8, by_user int8 NOT NULL, by_name text NOT NULL,
            changed_at timestamptz NOT NULL DEFAULT now(), deleted_at timestamptz)`,
        sql`CREATE TABLE plan_approvals (id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            plan_id int8 NOT NULL REFERENCES plans (id) ON DELETE CASCADE, state text NOT NULL, note text NOT NULL DEFAULT '',
            user_id int8, by_name text NOT NULL, at timestamptz NOT NULL DEFAULT now())`,
        sql`CREATE TABLE plan_settings (id int4 PRIMARY KEY CHECK (id = 1), approval text NOT NULL)`,
      ])
        await statement.execute(db)
    },
  },
}
