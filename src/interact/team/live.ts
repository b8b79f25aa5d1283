import { sql } from 'kysely'
import type { App } from '../../platform/app.ts'
import type { Text } from '../../platform/text.ts'
import { capacityOfDesk } from '../desk/capacity.ts'
import { listsWithCounts } from '../tasks/lists.ts'
import { countCalls } from './counts.ts'
import { namesOf } from './names.ts'
import { sharesOf } from './shares.ts'

const NOTHING = { calls: 0, reached: 0, completed: 0, accepted: 0, told: 0, fields: 0, hours: 0 }

/** The desk as it is this moment. */
export async function liveView(app: App) {
  const now = new Date()
  const today = now.toISOString().slice(0, 10)
  const [agents, lists, waits, callbacks, byAgent, [all], capacity, names] = await Promise.all([
    agentsNow(app, now),
    listsWithCounts(app),
    waitsOf(app),
    callbacksDue(app),
    countCalls(app, { from: today, to: today, by: 'agent' }),
    countCalls(app, { from: today, to: today, by: 'all' }),
    capacityOfDesk(app),
    namesOf(app),
  ])
  const counts = new Map(byAgent.map(({ key, ...rest }) => [Number(key), rest]))
  const waiting = new Map(waits.map(row => [row.list, row]))
  const listName = (list: string): Text => names.list(list)
  return {
    at: now.toISOString(),
    all: sharesOf(all ?? NOTHING),
    capacity,
    agents: agents.map(row => ({
      userId: row.user_id,
      name: names.user(row.user_id),
      state: row.task_id === null ? row.state : ('calling' as const),
      since: row.since?.toISOString() ?? null,
      task: row.task_id === null ? null : { taskId: row.task_id, list: listName(row.list ?? '') },
      today: sharesOf(counts.get(row.user_id) ?? NOTHING),
    })),
    queues: lists.map(row => ({
      list: row.list_id,
      name: listName(row.list_id),
      kind: row.kind,
      paused: row.paused,
      open: row.open,
      due: row.due,
      held: row.held,
      attempts: waiting.get(row.list_id)?.attempts ?? null,
      oldest: waiting.get(row.list_id)?.oldest?.toISOString() ?? null,
    })),
    callbacks: {
      late: callbacks.filter(row => row.due_at <= now).length,
      rows: callbacks.slice(0, 20).map(row => ({
        taskId: row.task_id,
        list: listName(row.list),
        dueAt: row.due_at.toISOString(),
        agent: row.for_user === null ? '' : names.user(row.for_user),
      })),
    },
  }
}

interface AgentNow {
  user_id: number
  state: 'ready' | 'break' | 'away'
  since: Date | null
  task_id: string | null
  list: string | null
}

/** Everybody who said where the telephone stands, holds a task, or ended a call today. */
async function agentsNow({ workflow }: App, now: Date): Promise<AgentNow[]> {
  const { rows } = await sql<AgentNow>`
    WITH
      held AS (
        SELECT DISTINCT ON (held_by) held_by AS user_id, task_id, list, held_at FROM tasks
        WHERE state = 'held' AND held_until > ${now} ORDER BY held_by, held_at DESC
      ),
      working AS (
        SELECT user_id FROM desk_agents
        UNION SELECT user_id FROM held
        UNION SELECT user_id FROM desk_outcomes WHERE at >= ${now.toISOString().slice(0, 10)}::date
      )
    SELECT w.user_id::int4 AS user_id, coalesce(a.state, 'ready') AS state, coalesce(h.held_at, a.since) AS since, h.task_id, h.list
    FROM working w LEFT JOIN desk_agents a USING (user_id) LEFT JOIN held h USING (user_id)
    ORDER BY h.task_id IS NULL, w.user_id`.execute(workflow.db)
  return rows
}

async function waitsOf({ workflow }: App): Promise<{ list: string; attempts: number; oldest: Date | null }[]> {
  const { rows } = await sql<{ list: string; attempts: number; oldest: Date | null }>`
    SELECT list, avg(attempts)::float8 AS attempts, min(created_at) AS oldest FROM tasks
    WHERE state = 'open' GROUP BY list`.execute(workflow.db)
  return rows
}

/** Promised to customers, late ones first; a day ahead. */
async function callbacksDue({ workflow }: App) {
  const { rows } = await sql<{ task_id: string; list: string; due_at: Date; for_user: number | null }>`
    SELECT task_id, list, due_at, for_user::int4 AS for_user FROM tasks
    WHERE state = 'open' AND due_at IS NOT NULL AND due_at < now() + interval '1 day' AND (outcome = 'callback' OR kind = 'callback')
    ORDER BY due_at LIMIT 500`.execute(workflow.db)
  return rows
}
