import { type Generated, sql } from 'kysely'
import type { Instant, JsonColumn, Migrations } from '../platform/stores/workflow/index.ts'
import type { Offer } from './offers/offer.ts'
import type { PlanLimits } from './offers/plan-limits.ts'
import type { Answers } from './options/acceptance.ts'
import type { PlanInputs } from './plan/plan-input.ts'
import type { ContactPolicy } from './policy/contact-policy.ts'
import { capacityMigrations } from './policy/measured-capacity.ts'
import { type KeptInputs, scenarioMigrations } from './scenarios/workflow-tables.ts'
import { shrinkageMigrations } from './shrinkage/migration.ts'

interface OffersTable {
  id: string
  position: number
  body: JsonColumn<unknown>
}

interface NoticesTable {
  id: string
  position: number
  body: JsonColumn<unknown>
}

/** Dated parts of plans that campaigns carry out: what is open is still owed to its customers. */
interface PlanWavesTable {
  plan_id: number
  wave: number
  date: string
  open: boolean
}

interface ContactPolicyTable {
  id: number
  body: JsonColumn<unknown>
}

export interface PlanBasis {
  offers: Offer[]
  policy: ContactPolicy
  runs: { identityRun: number; featuresRun: number; modelsRun: number; segmentsRun: number }
  meanLiking: number[]
  limits?: PlanLimits
  /** How offers were taken up before, as it was known then. */
  answers?: Answers[]
  /** What was planned before any offer: waves still owed by earlier plans, and legal mail; and what their promises taught. */
  first?: Pick<PlanInputs, 'promised' | 'noticesRun' | 'noticesBy' | 'calibration'>
}

interface PlansTable {
  id: Generated<number>
  turn_id: number
  /** Visible once this run is committed. */
  run_id: number
  as_of: string
  /** What pages show: see `planView`. */
  view: JsonColumn<unknown>
  /** Shadow price of each limit by its id: where the next plan of the same limits starts from. */
  prices: JsonColumn<Record<string, number>>
  /** What the options were made with, so that one customer's can be made again: offers, policy, runs. */
  basis: JsonColumn<PlanBasis>
  made_at: Instant
  /** With the options in plan_options: all that solving it again takes; null for a scenario kept as a plan. */
  inputs: JsonColumn<KeptInputs> | null
  policy_version: number | null
  offers_version: string | null
  /** The scenario it was, and the plan that one changed. */
  scenario_id: number | null
  base_plan: number | null
}

declare module '../platform/stores/workflow/schema.ts' {
  interface WorkflowSchema {
    offers: OffersTable
    contact_policy: ContactPolicyTable
    notices: NoticesTable
    plan_waves: PlanWavesTable
    plans: PlansTable
  }
}

export const workflowMigrations: Migrations = {
  ...scenarioMigrations,
  ...capacityMigrations,
  ...shrinkageMigrations,
  '2026-11-21-optimize-plans': {
    async up(db) {
      for (const statement of [
        sql`CREATE TABLE offers (id text PRIMARY KEY, position int4 NOT NULL, body jsonb NOT NULL)`,
        sql`CREATE TABLE contact_policy (id int4 PRIMARY KEY CHECK (id = 1), body jsonb NOT NULL)`,
        sql`CREATE TABLE plans (id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY, turn_id int8 NOT NULL, run_id int8 NOT NULL UNIQUE,
            as_of date NOT NULL, view jsonb NOT NULL, prices jsonb NOT NULL, basis jsonb NOT NULL,
            made_at timestamptz NOT NULL DEFAULT now())`,
      ])
        await statement.execute(db)
    },
  },
  '2026-11-23-07-optimize-waves': {
    async up(db) {
      for (const statement of [
        sql`CREATE TABLE notices (id text PRIMARY KEY, position int4 NOT NULL, body jsonb NOT NULL)`,
        sql`CREATE TABLE plan_waves (plan_id int8 NOT NULL REFERENCES plans (id) ON DELETE CASCADE, wave int4 NOT NULL,
            date date NOT NULL, open boolean NOT NULL, PRIMARY KEY (plan_id, wave))`,
      ])
        await statement.execute(db)
    },
  },
}
