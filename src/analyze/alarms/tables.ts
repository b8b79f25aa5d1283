import { type Generated, sql } from 'kysely'
import { factTable } from '../../platform/stores/facts/tables.ts'
import type { Instant, Int8, JsonColumn, Migrations } from '../../platform/stores/workflow/index.ts'
import type { MeasureFigures } from './found.ts'
import type { AlarmSettings } from './settings.ts'
import type { GroupFigure } from './watch-groups.ts'

const found = {
  run_id: 'UInt64',
  customer_id: 'UInt64',
  measure: 'LowCardinality(String)',
  as_of: 'Date',
  observed: 'Float64',
  expected: 'Float64',
  low: 'Float64',
  high: 'Float64', // ends of the band in which there would be no alarm
  p: 'Float64', // rate of false alarms at which it would be the last to be raised
  q: 'Float64', // expected share of false ones among it and all more surprising
  stake_minor: 'Int64',
  about: 'String', // code of the category, where it is about one
}

/** On their way into customer_alarms: a run writes its alarms here first, so that joining them with the run before is one statement. */
export const alarmsFound = factTable({
  name: 'alarms_found',
  comment: 'Alarms as a run found them, before it is known which of them go on',
  columns: found,
  orderBy: ['customer_id', 'measure'],
  partitionBy: 'run_id',
})

export const customerAlarms = factTable({
  name: 'customer_alarms',
  comment: 'Customers who behave unlike themselves, by measure',
  columns: { ...found, since: 'Date' }, // date of the first turn of the unbroken line of turns that raised it
  orderBy: ['customer_id', 'measure'],
  partitionBy: 'run_id',
})

export const alarmFactTables = [alarmsFound, customerAlarms]

/** One row: what is watched and at which rate. */
interface AlarmSettingsTable {
  id: number
  body: JsonColumn<AlarmSettings>
  changed_by: number | null
  changed_at: Instant
}

interface AlarmRunsTable {
  run_id: Int8
  as_of: string
  settings: JsonColumn<AlarmSettings>
  figures: JsonColumn<MeasureFigures[]>
  groups: JsonColumn<GroupFigure[]>
}

export type AlarmState = 'seen' | 'task' | 'dismissed'
export type DismissReason = 'normal' | 'known' | 'handled'

/** What people did with an alarm; without a row it is new. `subject` is a customer number, or `segment:CODE`. */
interface AlarmStatesTable {
  subject: string
  measure: string
  since: string
  state: AlarmState
  /** normal: a false alarm; known: the reason was known; handled: done already. */
  reason: DismissReason | null
  note: string
  changed_by: number | null
  changed_at: Instant
}

/** Alarms that became work of an agent: interact takes the open ones up as tasks and says what became of them. */
interface AlarmTasksTable {
  id: Generated<number>
  customer_id: Int8
  measure: string
  since: string
  about: string
  priority: number
  note: string
  state: 'open' | 'done' | 'withdrawn'
  outcome: string | null
  event_id: string | null
  created_by: number | null
  created_at: Instant
  settled_at: Instant | null
}

declare module '../../platform/stores/workflow/schema.ts' {
  interface WorkflowSchema {
    alarm_settings: AlarmSettingsTable
    alarm_runs: AlarmRunsTable
    alarm_states: AlarmStatesTable
    alarm_tasks: AlarmTasksTable
  }
}

export const alarmMigrations: Migrations = {
  '2026-11-23-06-analyze-alarms': {
    async up(db) {
      for (const statement of [
        sql`CREATE TABLE alarm_settings (id int4 PRIMARY KEY, body jsonb NOT NULL, changed_by int8, changed_at timestamptz NOT NULL)`,
        sql`CREATE TABLE alarm_runs (run_id int8 PRIMARY KEY, as_of date NOT NULL, settings jsonb NOT NULL, figures jsonb NOT NULL,
            groups jsonb NOT NULL)`,
        sql`CREATE TABLE alarm_states (subject text NOT NULL, measure text NOT NULL, since date NOT NULL, state text NOT NULL,
            reason text, note text NOT NULL, changed_by int8, changed_at timestamptz NOT NULL,
            PRIMARY KEY (subject, measure, since))`,
        sql`CREATE TABLE alarm_tasks (id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY, customer_id int8 NOT NULL,
            measure text NOT NULL, since date NOT NULL, about text NOT NULL, priority float8 NOT NULL, note text NOT NULL,
            state text NOT NULL, outcome text, event_id text, created_by int8, created_at timestamptz NOT NULL,
            settled_at timestamptz, UNIQUE (customer_id, measure, since))`,
      ])
        await statement.execute(db)
    },
  },
}
