/** Lists of calls: opened when their first call comes, paused, filled again and put into another order while agents work on them. */
import { sql } from 'kysely'
import type { App } from '../../platform/app.ts'
import { deskErrors } from './errors.ts'
import { kinds } from './kinds/index.ts'
import type { Store } from './task-table.ts'

export interface ListFigures {
  list_id: string
  kind: string
  offer: string
  rank: number
  paused: boolean
  skill: string
  open: number
  /** Of the open ones, those that may be rung now. */
  due: number
  held: number
  done: number
  stopped: number
  reached: number
}

export async function listsWithCounts({ workflow }: Store): Promise<ListFigures[]> {
  const { rows } = await sql<ListFigures>`
    SELECT l.list_id, l.kind, l.offer, l.rank, l.paused, l.skill,
      count(*) FILTER (WHERE t.state = 'open')::int4 AS open,
      count(*) FILTER (WHERE t.state = 'open' AND (t.due_at IS NULL OR t.due_at <= now()))::int4 AS due,
      count(*) FILTER (WHERE t.state = 'held')::int4 AS held,
      count(*) FILTER (WHERE t.state = 'done')::int4 AS done,
      count(*) FILTER (WHERE t.state = 'stopped')::int4 AS stopped,
      count(*) FILTER (WHERE t.state = 'done' AND t.outcome NOT IN ('no-answer', 'busy', 'voicemail', 'wrong-number'))::int4 AS reached
    FROM desk_lists l LEFT JOIN tasks t ON t.list = l.list_id
    GROUP BY l.list_id ORDER BY l.rank, l.list_id`.execute(workflow.db)
  return rows
}

async function change({ workflow }: Store, list: string, set: { paused?: boolean; skill?: string }): Promise<void> {
  const done = await workflow.db.updateTable('desk_lists').set(set).where('list_id', '=', list).executeTakeFirst()
  if (done.numUpdatedRows === 0n) throw deskErrors['desk.no-list']({ list })
}

/** Nobody gets a new call of it; whoever is in one ends it. */
export const pauseList = (app: Store, list: string, paused: boolean): Promise<void> => change(app, list, { paused })

/** What an agent must be able to do for calls of the list, those that are there and those to come. */
export async function setListSkill(app: Store, list: string, skill: string): Promise<void> {
  await change(app, list, { skill })
  await app.workflow.db
    .updateTable('tasks')
    .set({ skill })
    .where('list', '=', list)
    .where('state', 'in', ['open', 'held'])
    .execute()
}

/** The lists as they are to be worked, the first first; lists not named keep their order behind these. */
export async function orderLists(app: Store, order: readonly string[]): Promise<void> {
  const known = await app.workflow.db
    .selectFrom('desk_lists')
    .select('list_id')
    .orderBy('rank')
    .orderBy('list_id')
    .execute()
  const ids = known.map(row => row.list_id)
  const stranger = order.find(list => !ids.includes(list))
  if (stranger !== undefined) throw deskErrors['desk.no-list']({ list: stranger })
  const wanted = [...order, ...ids.filter(id => !order.includes(id))]
  await sql`UPDATE desk_lists AS l SET rank = w.place FROM unnest(${wanted}::text[]) WITH ORDINALITY AS w(list_id, place)
    WHERE l.list_id = w.list_id`.execute(app.workflow.db)
}

/** Puts calls forward within their list (1), back in line (0), or behind all others (-1). Returns what they were. */
export async function boostTasks(
  { workflow }: Store,
  taskIds: readonly string[],
  boost: -1 | 0 | 1,
): Promise<{ changed: number }> {
  if (taskIds.length === 0) return { changed: 0 }
  const { numUpdatedRows } = await workflow.db
    .updateTable('tasks')
    .set({ boost })
    .where('task_id', 'in', [...taskIds])
    .where('state', 'in', ['open', 'held'])
    .executeTakeFirst()
  return { changed: Number(numUpdatedRows) }
}

/**
 * Takes up what its kind has to bring and, where asked, opens again the calls that nobody answered. The rules of the next try start
 * anew for them.
 */
export async function refillList(app: App, list: string, unanswered: boolean): Promise<{ opened: number }> {
  const row = await app.workflow.db.selectFrom('desk_lists').selectAll().where('list_id', '=', list).executeTakeFirst()
  if (!row) throw deskErrors['desk.no-list']({ list })
  const before = await openIn(app, list)
  await kinds.find(kind => kind.id === row.kind)?.bring?.(app)
  if (unanswered)
    await app.workflow.db
      .updateTable('tasks')
      .set({ state: 'open', due_at: null, tries: null, for_user: null, cleared_at: null })
      .where('list', '=', list)
      .where('state', '=', 'done')
      .where('outcome', 'in', ['no-answer', 'busy', 'voicemail'])
      .execute()
  return { opened: Math.max(0, (await openIn(app, list)) - before) }
}

async function openIn({ workflow }: Store, list: string): Promise<number> {
  const { open } = await workflow.db
    .selectFrom('tasks')
    .select(eb => eb.fn.countAll<number>().as('open'))
    .where('list', '=', list)
    .where('state', '=', 'open')
    .executeTakeFirstOrThrow()
  return Number(open)
}
