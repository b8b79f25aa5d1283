import { type Generated, sql } from 'kysely'
import type { Instant, JsonColumn, Migrations } from './stores/workflow/index.ts'

interface TurnsTable {
  id: Generated<number>
  as_of: string
  state: 'running' | 'done' | 'failed'
  error: string | null
  started_at: Instant
  finished_at: Instant | null
  /** Renewed every few seconds by the process that runs the turn, so that another can tell when it died. */
  heartbeat: Instant
}

interface RunsTable {
  id: Generated<number>
  turn_id: number
  step: string
  state: 'running' | 'committed' | 'abandoned' | 'failed'
  figures: JsonColumn<Record<string, unknown>>
  done: number
  total: number
  note: string
  started_at: Instant
  finished_at: Instant | null
}

interface RunCountsTable {
  run_id: number
  /** What is counted, e.g. a channel. */
  scope: string
  name: string
  value: number
}

interface CountersTable {
  kind: string
  next: number
}

interface UsersTable {
  id: Generated<number>
  login: string
  name: string
  roles: string[]
  password: string
  lang: string
  disabled: boolean
  created_at: Instant
}

interface SessionsTable {
  /** SHA-256 of the token: the token itself is only in the cookie. */
  token_hash: string
  user_id: number
  expires_at: Instant
}

interface AuditTable {
  id: Generated<number>
  at: Instant
  user_id: number
  action: string
  object: string
  detail: JsonColumn<Record<string, unknown>>
}

declare module './stores/workflow/schema.ts' {
  interface WorkflowSchema {
    turns: TurnsTable
    runs: RunsTable
    run_counts: RunCountsTable
    counters: CountersTable
    users: UsersTable
    sessions: SessionsTable
    audit: AuditTable
  }
}

export const platformMigrations: Migrations = {
  '2026-11-21-platform': {
    async up(db) {
      for (const statement of [
        sql`CREATE TABLE turns (id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY, as_of date NOT NULL, state text NOT NULL,
            error text, started_at timestamptz NOT NULL DEFAULT now(), finished_at timestamptz,
            heartbeat timestamptz NOT NULL DEFAULT now())`,
        sql`CREATE UNIQUE INDEX one_turn_at_a_time ON turns (state) WHERE state = 'running'`,
        sql`CREATE TABLE runs (id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY, turn_id int8 NOT NULL REFERENCES turns (id),
            step text NOT NULL, state text NOT NULL, figures jsonb NOT NULL DEFAULT '{}', done float8 NOT NULL DEFAULT 0,
            total float8 NOT NULL DEFAULT 0, note text NOT NULL DEFAULT '', started_at timestamptz NOT NULL DEFAULT now(),
            finished_at timestamptz)`,
        sql`CREATE INDEX runs_by_step ON runs (step, state, id)`,
        sql`CREATE TABLE run_counts (run_id int8 NOT NULL REFERENCES runs (id), scope text NOT NULL, name text NOT NULL,
            value int8 NOT NULL, PRIMARY KEY (run_id, scope, name))`,
        sql`CREATE TABLE counters (kind text PRIMARY KEY, next int8 NOT NULL)`,
        sql`CREATE TABLE users (id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY, login text NOT NULL UNIQUE, name text NOT NULL,
            roles text[] NOT NULL, password text NOT NULL, lang text NOT NULL DEFAULT 'en',
            disabled boolean NOT NULL DEFAULT false, created_at timestamptz NOT NULL DEFAULT now())`,
        sql`CREATE TABLE sessions (token_hash text PRIMARY KEY, user_id int8 NOT NULL REFERENCES users (id),
            expires_at timestamptz NOT NULL)`,
        sql`CREATE TABLE audit (id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz NOT NULL DEFAULT now(),
            user_id int8 NOT NULL, action text NOT NULL, object text NOT NULL, detail jsonb NOT NULL DEFAULT '{}')`,
      ])
        await statement.execute(db)
    },
  },
  // A page of one object asks who looked at it.
  '2026-11-24-05-platform-audit-by-object': {
    up: db => sql`CREATE INDEX audit_by_object ON audit (object, id)`.execute(db),
  },
}
