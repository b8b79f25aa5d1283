/**
 * Calls whose end the telephone system never told. One is over for the desk when what was said in it is saved, when a newer call is answered
 * at the same line and nobody writes the older down any more, when its agent says so, or when it lasts longer than any call does. A
 * hang-up that comes after all is recorded with its own time.
 */
import { sql } from 'kysely'
import { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { defineJob, type JobDefinition } from '../../platform/jobs/index.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import { deskErrors } from '../tasks/errors.ts'
import { keptFor } from '../tasks/kept-for.ts'
import type { Store } from '../tasks/task-table.ts'
import type { CallLimits } from './api.ts'
import { type Call, callById } from './call-table.ts'
import { callChanged } from './push.ts'
import type { EndedBy } from './tables.ts'

/** In call centres of banks and shops nine in ten calls are over within ten minutes; two hours leave room for any of them. */
const USUAL: CallLimits = { ringMinutes: 5, talkMinutes: 120 }

export async function readCallLimits({ workflow }: Store): Promise<CallLimits> {
  const row = await workflow.db.selectFrom('desk_settings').select('calls').where('id', '=', 1).executeTakeFirst()
  return row?.calls ?? USUAL
}

/** As desks look at it. */
export const callLimitsNow = keptFor(5000, readCallLimits)

export async function saveCallLimits(app: App, limits: CallLimits): Promise<void> {
  await app.workflow.db
    .insertInto('desk_settings')
    .values({ id: 1, calls: asJson(limits) })
    .onConflict(conflict => conflict.column('id').doUpdateSet({ calls: asJson(limits) }))
    .execute()
  await callLimitsNow.anew(app)
  await endLostCalls(app)
}

const over = (by: EndedBy) =>
  sql`UPDATE desk_calls SET state = 'ended', ended_at = now(), ended_by = ${by}, change = nextval('desk_calls_changes')`

async function tell(app: App, ended: Promise<{ rows: unknown[] }>): Promise<number> {
  const { rows } = await ended
  if (rows.length > 0) callChanged(app)
  return rows.length
}

/** Rings or lasts longer than a call does. */
export async function endLostCalls(app: App): Promise<number> {
  const { ringMinutes, talkMinutes } = await readCallLimits(app)
  return tell(
    app,
    sql`${over('limit')}
      WHERE (state = 'ringing' AND rang_at < now() - make_interval(mins => ${ringMinutes}))
        OR (state = 'answered' AND coalesce(answered_at, rang_at) < now() - make_interval(mins => ${talkMinutes}))
      RETURNING call_id`.execute(app.workflow.db),
  )
}

/** An agent who is in a newer call is in no older one, unless that is on hold: then its task is still in hand. */
export const endOlderAtLine = (app: App, { call_id, user_id }: Call): Promise<number> =>
  tell(
    app,
    sql`${over('newer')}
      WHERE user_id = ${user_id} AND call_id <> ${call_id} AND state = 'answered' AND direction <> 'counter'
        AND NOT EXISTS (SELECT 1 FROM tasks t WHERE t.task_id = desk_calls.task_id AND t.state = 'held' AND t.held_by = ${user_id})
      RETURNING call_id`.execute(app.workflow.db),
  )

/** What was said in it is saved: nothing of it is left to do at the desk. Nobody hangs up at a counter. */
export const endWrittenDown = (app: App, taskId: string): Promise<number> =>
  tell(
    app,
    sql`${over('saved')} WHERE task_id = ${taskId} AND state <> 'ended' RETURNING call_id`.execute(app.workflow.db),
  )

/** The agent at whose line it is says that it is over. */
export async function dismissCall(app: App, callId: string, userId: number): Promise<Call> {
  const ended = await tell(
    app,
    sql`${over('agent')} WHERE call_id = ${callId} AND user_id = ${userId} AND state <> 'ended' RETURNING call_id`.execute(
      app.workflow.db,
    ),
  )
  const call = await callById(app, callId)
  if (ended === 0 && call.user_id !== userId) throw deskErrors['desk.not-your-call']({ call: callId })
  return call
}

/** Every minute while any call is open. */
export const lostCallsJob: JobDefinition = defineJob({
  name: 'interact.end-lost-calls',
  version: 1,
  schema: z.object({}),
  retry: { limit: 1, delaySeconds: 60 },
  async handle(_, { services: { app } }) {
    await endLostCalls(app)
    const open = await app.workflow.db
      .selectFrom('desk_calls')
      .select('call_id')
      .where('state', '!=', 'ended')
      .limit(1)
      .execute()
    if (open.length > 0) return
    watched.delete(app.workflow)
    await app.jobs.unschedule(lostCallsJob)
  },
}) as JobDefinition

const watched = new WeakSet<App['workflow']>()

/** Begun with the first call that is reported. */
export async function watchForLost(app: App): Promise<void> {
  if (watched.has(app.workflow)) return
  watched.add(app.workflow)
  await app.jobs.schedule(lostCallsJob, '* * * * *', {})
}
