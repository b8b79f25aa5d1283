/** Schedules of sources: kept for people in the workflow store, fired by the jobs. */
import type { App } from '../../platform/app.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import type { Text } from '../../platform/text.ts'
import { collectErrors } from '../errors.ts'
import { sourceNamed } from '../sources.ts'
import { loadJob, scheduledLoadJob } from './jobs.ts'
import { beginLoad } from './load.ts'
import { cronOf, nextTime, type Timing } from './timing.ts'

export interface Schedule {
  source: string
  timing: Timing
  timeZone: string
  paused: boolean
  changedAt: Date
  next: Date | null
}

export interface Load {
  id: number
  source: string
  trigger: 'hand' | 'schedule'
  state: 'waiting' | 'running' | 'done' | 'failed'
  done: number
  total: number
  note: string
  result: Record<string, unknown>
  error: Text | null
  startedAt: Date
  finishedAt: Date | null
}

export interface ScheduleChange {
  timing: Timing
  timeZone: string
  paused: boolean
}

export async function setSchedule(app: App, name: string, change: ScheduleChange, by: number): Promise<void> {
  await sourceNamed(app, name)
  const cron = cronOf(change.timing)
  if (!Intl.supportedValuesOf('timeZone').includes(change.timeZone) && change.timeZone !== 'UTC')
    throw collectErrors['collect.schedule-bad']({ reason: change.timeZone })
  const row = {
    timing: asJson<Timing>(change.timing),
    time_zone: change.timeZone,
    paused: change.paused,
    changed_by: by,
    changed_at: new Date(),
  }
  await app.workflow.db
    .insertInto('collect_schedules')
    .values({ source: name, ...row })
    .onConflict(conflict => conflict.column('source').doUpdateSet(row))
    .execute()
  if (change.paused) await app.jobs.unschedule(scheduledLoadJob, { key: name })
  else await app.jobs.schedule(scheduledLoadJob, cron, { source: name }, { key: name, timeZone: change.timeZone })
}

export async function removeSchedule(app: App, name: string): Promise<void> {
  await app.jobs.unschedule(scheduledLoadJob, { key: name })
  await app.workflow.db.deleteFrom('collect_schedules').where('source', '=', name).execute()
}

export async function schedules(app: App, now = new Date()): Promise<Schedule[]> {
  const rows = await app.workflow.db.selectFrom('collect_schedules').selectAll().orderBy('source').execute()
  return rows.map(row => ({
    source: row.source,
    timing: row.timing,
    timeZone: row.time_zone,
    paused: row.paused,
    changedAt: row.changed_at,
    next: row.paused ? null : nextTime(row.timing, row.time_zone, now),
  }))
}

/** Begins a load in the background; one that waits or runs already is the answer. */
export async function loadNow(app: App, name: string, by: number): Promise<number> {
  await sourceNamed(app, name)
  const running = await app.workflow.db
    .selectFrom('collect_loads')
    .select('id')
    .where('source', '=', name)
    .where('state', 'in', ['waiting', 'running'])
    .where('started_at', '>', new Date(Date.now() - 6 * 3600_000))
    .orderBy('id', 'desc')
    .executeTakeFirst()
  const loadId = running?.id ?? (await beginLoad(app, name, 'hand', by))
  await app.jobs.send(loadJob, { loadId }, { group: `load-${loadId}`, key: String(loadId) })
  return loadId
}

export async function loads(app: App, source?: string, limit = 50): Promise<Load[]> {
  let query = app.workflow.db.selectFrom('collect_loads').selectAll().orderBy('id', 'desc').limit(limit)
  if (source) query = query.where('source', '=', source)
  return (await query.execute()).map(row => ({
    id: row.id,
    source: row.source,
    trigger: row.trigger,
    state: row.state,
    done: row.done,
    total: row.total,
    note: row.note,
    result: row.result,
    error: row.error,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  }))
}
