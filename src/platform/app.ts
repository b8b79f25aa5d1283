import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { Logger } from 'pino'
import type { Config } from './config.ts'
import type { JobDefinition, Jobs } from './jobs/index.ts'
import type { Mart } from './marts.ts'
import type { Runs } from './runs.ts'
import type { Facts } from './stores/facts/index.ts'
import type { FactTable } from './stores/facts/tables.ts'
import type { Migrations, Workflow } from './stores/workflow/index.ts'
import type { Text } from './text.ts'

declare module './jobs/job.ts' {
  interface JobServices {
    app: App
  }
}

/** What every part of the house is handed: the stores, the jobs, the configuration. */
export interface App {
  config: Config
  facts: Facts
  workflow: Workflow
  jobs: Jobs
  runs: Runs
  log: Logger
  /** Of all stages; see marts.ts. */
  marts: readonly Mart[]
}

export type Http = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse<IncomingMessage>,
  FastifyBaseLogger,
  ZodTypeProvider
>

/** One sub-command of `huiyin`; options are parsed by commander, the result is printed by `--json` or by `print`. */
export interface Command {
  /** As commander writes it: `compose`, `plan solve <dir>`. */
  name: string
  summary: Text
  /** `['--out <dir>', 'where to write']` */
  options?: [string, string][]
  /** False, or for these options: runs without a data folder (file-only commands); `run` then gets no app. */
  needsApp?: boolean | ((options: CommandInput['options']) => boolean)
  run(input: CommandInput): Promise<CommandResult>
}

export interface CommandInput {
  args: string[]
  /** Folder that relative paths start from: the command may run in a server that was started elsewhere. */
  cwd: string
  options: Record<string, string | boolean | string[] | undefined>
  /** Present unless needsApp is false. */
  app?: App
  /** To stderr; a bar on a terminal, a line now and then otherwise. */
  progress: Progress
  lang: 'en' | 'zh-CN'
}

export interface CommandResult {
  /** Printed as one JSON object on stdout with --json. */
  json: unknown
  /** Printed with --json in its place where a command answers a line for each thing it was given. */
  jsonLines?: unknown[]
  /** Printed without --json. */
  text: string
  /** Exit code when not 0, e.g. 1 for a check that found something. */
  exit?: number
}

/** done of total, in whatever unit the step counts. */
export type Progress = (done: number, total: number, note?: string) => void

/** What a stage gives to the house; each stage's index.ts exports one as `stage`. */
export interface Stage {
  name: 'collect' | 'analyze' | 'optimize' | 'campaign' | 'personalize' | 'interact'
  title: Text
  factTables: FactTable[]
  workflowMigrations: Migrations
  /** Handlers find the app in `ctx.services.app`. */
  jobs: readonly JobDefinition[]
  /** Mounted under /api/v1. Each route names its permission: `config: { permission: 'customers.read' }`. */
  routes(http: Http, app: App): void
  /** Mounted at the root, outside the gate: what is open to the world and guards itself (the web script). */
  publicRoutes?(http: Http, app: App): void
  /** What other systems and BI tools may read: documented views over the newest committed runs. */
  marts?: readonly Mart[]
  commands: Command[]
}

/** A turn is one run of the whole loop as of a date: everything before it is known, nothing after. */
export interface Turn {
  id: number
  /** ISO date; facts at or after its midnight UTC are unknown to the turn. */
  asOf: string
}

export interface StepContext {
  app: App
  turn: Turn
  /** Every row this step writes to the facts carries this run; a step that is run again gets a new one
   *  (unless it resumes), and rows of runs that were never committed are dropped. */
  runId: number
  /** The committed run of an earlier step of the same turn. Throws when there is none. */
  runOf(step: StepId): number
  progress: Progress
}

export type StepId =
  | 'import' // collect: files → source_records, sale_lines, consents, attributes
  | 'quality' // collect: quality_marks, decay
  | 'identity' // collect: record_links, golden_records, customer_consents, customer_attributes, purchases
  | 'features' // analyze: features
  | 'models' // analyze: scores, item_pairs, next_products, models (workflow)
  | 'segments' // analyze: segment_members, board_figures
  | 'alarms' // analyze: customer_alarms; alarm_runs (workflow)
  | 'plan' // optimize: control_members, plan_assignments; plans (workflow)
  | 'campaign' // campaign: campaign_members; campaigns, waves (workflow)
  | 'compose' // personalize: communications
  | 'deliver' // interact: deliveries; tasks (workflow)
  | 'judge' // analyze: model_checks
  | 'measure' // campaign: campaign_results (workflow)

/** A wave that comes later is composed and delivered by runs of its campaign's turn, so that its counts are the turn's. */
export type WaveRun = `compose@${number}` | `deliver@${number}`

/** One step of a turn, given by its stage to the loop. */
export interface Step {
  id: StepId
  title: Text
  /** True: after a kill the step goes on with the same run id (its parts are idempotent jobs);
   *  false: its half-written rows are dropped and it starts again. */
  resumes: boolean
  /** Tables of this step that are PARTITION BY run_id, dropped for runs that were never committed. */
  writes: FactTable[]
  /** Returns figures for the summary and for `counts`; must be derivable again from the stores. */
  run(ctx: StepContext): Promise<Record<string, number | string | Record<string, number>>>
}
