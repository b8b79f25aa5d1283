import { sql } from 'kysely'
import type { App } from '../../platform/app.ts'
import { errors } from '../errors.ts'
import type { TaskState } from './tables.ts'

export type Store = Pick<App, 'workflow'>

/** A row of the workflow table `tasks`. */
export type Task = Awaited<ReturnType<typeof taskById>>

export async function taskById({ workflow }: Store, taskId: string) {
  const row = await workflow.db.selectFrom('tasks').selectAll().where('task_id', '=', taskId).executeTakeFirst()
  if (!row) throw errors['interact.no-task']({ task: taskId })
  return row
}

export interface TaskQuery {
  state?: TaskState | undefined
  list?: string | undefined
  customerId?: number | undefined
  /** Held by, or kept for, this agent. */
  of?: number | undefined
  offset: number
  limit: number
}

/** In the order in which they would be taken; what is held first. */
export async function listTasks(
  { workflow }: Store,
  { state, list, customerId, of, offset, limit }: TaskQuery,
): Promise<{ total: number; rows: Task[] }> {
  const matching = workflow.db
    .selectFrom('tasks')
    .$if(state !== undefined, query => query.where('state', '=', state!))
    .$if(list !== undefined, query => query.where('list', '=', list!))
    .$if(customerId !== undefined, query => query.where('customer_id', '=', customerId!))
    .$if(of !== undefined, query =>
      query.where(eb =>
        eb.or([
          eb.and([eb('state', '=', 'held'), eb('held_by', '=', of!)]),
          eb.and([eb('state', '=', 'open'), eb('for_user', '=', of!)]),
        ]),
      ),
    )
  const { total } = await matching.select(eb => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await matching
    .selectAll()
    .orderBy(sql`case state when 'held' then 0 when 'open' then 1 else 2 end`)
    .orderBy('boost', 'desc')
    .orderBy('priority', 'desc')
    .orderBy('task_id')
    .offset(offset)
    .limit(limit)
    .execute()
  return { total: Number(total), rows }
}

/** Calls that are still to be made to a customer, in the order in which they would be taken; what is held first. */
export const workAhead = ({ workflow }: Store, customerId: number): Promise<Task[]> =>
  workflow.db
    .selectFrom('tasks')
    .selectAll()
    .where('customer_id', '=', customerId)
    .where('state', 'in', ['open', 'held'])
    .orderBy(sql`state = 'held'`, 'desc')
    .orderBy('boost', 'desc')
    .orderBy('priority', 'desc')
    .orderBy('task_id')
    .limit(20)
    .execute()

/** Closes tasks without a call; those somebody is working on stay with them. */
export async function stopTasks({ workflow }: Store, taskIds: readonly string[], reason: string): Promise<void> {
  if (taskIds.length === 0) return
  await workflow.db
    .updateTable('tasks')
    .set({ state: 'stopped', stop_reason: reason, for_user: null })
    .where('task_id', 'in', [...taskIds])
    .where('state', '=', 'open')
    .execute()
}
