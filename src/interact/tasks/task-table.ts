import { sql } from 'kysely'
import type { App } from '../../platform/app.ts'
import { errors } from '../errors.ts'

type Store = Pick<App, 'workflow'>

/** A row of the workflow table `tasks`. */
export type Task = Awaited<ReturnType<typeof taskById>>

/** An agent whose browser died does not keep a customer for ever. */
const LAPSE = sql<boolean>`held_at < now() - interval '30 minutes'`

/** Open, due, and held by nobody who still gives a sign. */
const isFree = sql<boolean>`((state = 'open' and (due_at is null or due_at <= now())) or (state = 'held' and ${LAPSE}))`

export async function taskById({ workflow }: Store, taskId: string) {
  const row = await workflow.db.selectFrom('tasks').selectAll().where('task_id', '=', taskId).executeTakeFirst()
  if (!row) throw errors['interact.no-task']({ task: taskId })
  return row
}

/** The task this agent holds already, else the most valuable free one, taken in the same statement: no two agents get it. */
export async function takeNext({ workflow }: Store, userId: number): Promise<Task | undefined> {
  const held = await workflow.db
    .selectFrom('tasks')
    .selectAll()
    .where('state', '=', 'held')
    .where('held_by', '=', userId)
    .where(sql<boolean>`not ${LAPSE}`)
    .orderBy('held_at')
    .limit(1)
    .executeTakeFirst()
  if (held) return held
  return workflow.db
    .updateTable('tasks')
    .set({ state: 'held', held_by: userId, held_at: new Date() })
    .where('task_id', '=', eb =>
      eb
        .selectFrom('tasks')
        .select('task_id')
        .where(isFree)
        .orderBy(sql`due_at is null`)
        .orderBy('priority', 'desc')
        .orderBy('task_id')
        .limit(1)
        .forUpdate()
        .skipLocked(),
    )
    .returningAll()
    .executeTakeFirst()
}

/** Takes one named task; whoever holds it already keeps it. */
export async function takeTask(app: Store, taskId: string, userId: number): Promise<Task> {
  const taken = await app.workflow.db
    .updateTable('tasks')
    .set({ state: 'held', held_by: userId, held_at: new Date() })
    .where('task_id', '=', taskId)
    .where(sql<boolean>`(state = 'open' or (state = 'held' and (held_by = ${userId} or ${LAPSE})))`)
    .returningAll()
    .executeTakeFirst()
  if (taken) return taken
  const task = await taskById(app, taskId)
  throw task.state === 'done'
    ? errors['interact.task-done']({ task: taskId })
    : errors['interact.task-held']({ task: taskId })
}

export async function releaseTask(app: Store, taskId: string, userId: number): Promise<Task> {
  const released = await app.workflow.db
    .updateTable('tasks')
    .set({ state: 'open', held_by: null, held_at: null })
    .where('task_id', '=', taskId)
    .where('state', '=', 'held')
    .where('held_by', '=', userId)
    .returningAll()
    .executeTakeFirst()
  if (released) return released
  await taskById(app, taskId)
  throw errors['interact.task-not-held']({ task: taskId })
}

export interface TaskQuery {
  state?: Task['state'] | undefined
  offset: number
  limit: number
}

/** In the order in which they would be taken; what is held first. */
export async function listTasks(
  { workflow }: Store,
  { state, offset, limit }: TaskQuery,
): Promise<{ total: number; rows: Task[] }> {
  const matching = workflow.db
    .selectFrom('tasks')
    .$if(state !== undefined, query => query.where('state', '=', state ?? 'open'))
  const { total } = await matching.select(eb => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await matching
    .selectAll()
    .orderBy(sql`case state when 'held' then 0 when 'open' then 1 else 2 end`)
    .orderBy('priority', 'desc')
    .orderBy('task_id')
    .offset(offset)
    .limit(limit)
    .execute()
  return { total: Number(total), rows }
}
