import { type Generated, sql } from 'kysely'
import type { Instant, Int8, JsonColumn, Migrations } from '../../platform/stores/workflow/index.ts'
import type { Text } from '../../platform/text.ts'

/** open → held → done, or back to open; stopped: closed without a call, `stop_reason` says why. */
export type TaskState = 'open' | 'held' | 'done' | 'stopped'

/** What a call is about that somebody asked for: no campaign composed anything for it. */
export interface TaskSubject {
  title: Text
  /** In the words of whoever asked for it. */
  reason: string
}

export interface TasksTable {
  /** The communication it comes from, or the name its kind gives it: a call is planned once, so it is one task. */
  task_id: string
  run_id: Int8
  as_of: string
  customer_id: Int8
  offer: string
  language: string
  priority: number
  state: TaskState
  held_by: number | null
  held_at: Instant | null
  /** The lease: a browser that gives no sign until then has lost the task. */
  held_until: Instant | null
  /** Not before: a callback, or the next try. */
  due_at: Instant | null
  attempts: number
  outcome: string | null
  /** Of the last outcome recorded: sent twice, it is one. */
  outcome_id: string | null
  notes: string
  created_at: Instant
  /** Of `kinds/index.ts`. */
  kind: Generated<string>
  list: Generated<string>
  /** What an agent must be able to do; '' nothing in particular. */
  skill: Generated<string>
  /** Where the customer's clock goes; '': at any hour (a replayed turn has none of its own). */
  zone: Generated<string>
  /** Put forward by a person: within its list before all of a lower one. */
  boost: Generated<number>
  /** Whose call it is first: the agent who had it before. */
  for_user: number | null
  /** When consent, lists and contact policy were last asked. */
  cleared_at: Instant | null
  stop_reason: string | null
  subject: JsonColumn<TaskSubject> | null
  /** The outcome that is being written down, until all that follows from it is. */
  ending: string | null
  ending_at: Instant | null
  /** Outcome → how often, for the rules of the next try. */
  tries: JsonColumn<Record<string, number>> | null
}

/** A list of calls: what agents work through, in the order of `rank`. */
interface ListsTable {
  list_id: string
  kind: string
  offer: string
  rank: number
  paused: boolean
  skill: string
  opened_at: Instant
}

/** What an agent can do, and where the telephone stands. */
interface AgentsTable {
  user_id: number
  /** None: everything. */
  skills: string[]
  languages: string[]
  /** As the telephone system calls the agent's line. */
  extension: string
  state: 'ready' | 'break' | 'away'
  since: Instant
  seen_at: Instant
}

/** All that was typed in a call, as it is typed. */
interface DraftsTable {
  task_id: string
  user_id: number
  /** Grows with each save: one that comes late does not win. */
  revision: number
  body: JsonColumn<Record<string, unknown>>
  saved_at: Instant
}

/** How each call ended: what capacity, contact and completion are counted from. */
interface OutcomesTable {
  outcome_id: string
  task_id: string
  customer_id: Int8
  user_id: number
  list: string
  kind: string
  offer: string
  outcome: string
  reached: boolean
  /** Seconds from the moment the task was taken. */
  seconds: number
  /** Fields of the golden record or of research that the call told. */
  fields: string[]
  at: Instant
  /** Of two scripts against each other: 'a' or 'b'. */
  variant: Generated<string | null>
  trial_id: Generated<number | null>
  /** Fragments: what the customer said against the offer. */
  objections: Generated<string[]>
}

declare module '../../platform/stores/workflow/schema.ts' {
  interface WorkflowSchema {
    tasks: TasksTable
    desk_lists: ListsTable
    desk_agents: AgentsTable
    desk_drafts: DraftsTable
    desk_outcomes: OutcomesTable
  }
}

export const deskMigrations: Migrations = {
  '2026-11-25-50-interact-ending': {
    up: db =>
      sql`ALTER TABLE tasks ADD COLUMN ending text, ADD COLUMN ending_at timestamptz`.execute(db).then(() => undefined),
  },
  '2026-11-24-07-interact-desk': {
    async up(db) {
      for (const statement of [
        sql`ALTER TABLE tasks ADD COLUMN kind text NOT NULL DEFAULT 'campaign', ADD COLUMN list text NOT NULL DEFAULT 'campaign',
            ADD COLUMN skill text NOT NULL DEFAULT '', ADD COLUMN zone text NOT NULL DEFAULT '', ADD COLUMN boost int4 NOT NULL DEFAULT 0,
            ADD COLUMN held_until timestamptz, ADD COLUMN for_user int8, ADD COLUMN cleared_at timestamptz, ADD COLUMN stop_reason text,
            ADD COLUMN subject json, ADD COLUMN tries json`,
        sql`UPDATE tasks SET kind = 'verification', list = 'verification' WHERE task_id LIKE 'verify-%'`,
        sql`UPDATE tasks SET kind = 'alarm', list = 'alarm' WHERE task_id LIKE 'alarm-%'`,
        sql`UPDATE tasks SET list = 'campaign:' || offer WHERE kind = 'campaign' AND offer <> ''`,
        sql`UPDATE tasks SET held_until = held_at + interval '15 minutes' WHERE state = 'held'`,
        // One branch of it is read for each list, skill, language and zone that is open: the best task is the first row.
        sql`CREATE INDEX tasks_queue ON tasks (list, skill, language, zone, boost DESC, priority DESC, task_id) WHERE state = 'open'`,
        sql`CREATE INDEX tasks_due ON tasks (due_at) WHERE state = 'open' AND due_at IS NOT NULL`,
        sql`CREATE INDEX tasks_of_customer ON tasks (customer_id)`,
        sql`CREATE TABLE desk_lists (list_id text PRIMARY KEY, kind text NOT NULL, offer text NOT NULL, rank int4 NOT NULL,
            paused boolean NOT NULL DEFAULT false, skill text NOT NULL DEFAULT '', opened_at timestamptz NOT NULL)`,
        sql`INSERT INTO desk_lists (list_id, kind, offer, rank, opened_at)
            SELECT list, min(kind), min(offer), 50, now() FROM tasks GROUP BY list`,
        sql`CREATE TABLE desk_agents (user_id int8 PRIMARY KEY, skills text[] NOT NULL, languages text[] NOT NULL,
            extension text NOT NULL, state text NOT NULL, since timestamptz NOT NULL, seen_at timestamptz NOT NULL)`,
        sql`CREATE TABLE desk_drafts (task_id text PRIMARY KEY, user_id int8 NOT NULL, revision int8 NOT NULL, body json NOT NULL,
            saved_at timestamptz NOT NULL)`,
        sql`CREATE TABLE desk_outcomes (outcome_id text PRIMARY KEY, task_id text NOT NULL, customer_id int8 NOT NULL, user_id int8 NOT NULL,
            list text NOT NULL, kind text NOT NULL, offer text NOT NULL, outcome text NOT NULL, reached boolean NOT NULL,
            seconds float8 NOT NULL, fields text[] NOT NULL, at timestamptz NOT NULL)`,
        sql`CREATE INDEX desk_outcomes_at ON desk_outcomes (at)`,
        sql`CREATE SEQUENCE desk_calls_changes`,
        sql`CREATE TABLE desk_calls (call_id text PRIMARY KEY, direction text NOT NULL, number text NOT NULL, number_state text NOT NULL,
            state text NOT NULL, user_id int8, customer_id int8 NOT NULL DEFAULT 0, how text NOT NULL, candidates json NOT NULL,
            wrong int4 NOT NULL DEFAULT 0, task_id text NOT NULL DEFAULT '', recording text NOT NULL DEFAULT '', rang_at timestamptz NOT NULL, answered_at timestamptz,
            ended_at timestamptz, change int8 NOT NULL DEFAULT nextval('desk_calls_changes'))`,
        sql`CREATE INDEX desk_calls_change ON desk_calls (change)`,
        sql`CREATE INDEX desk_calls_of ON desk_calls (user_id) WHERE state <> 'ended'`,
        sql`CREATE INDEX desk_calls_customer ON desk_calls (customer_id)`,
      ])
        await statement.execute(db)
    },
  },
}
