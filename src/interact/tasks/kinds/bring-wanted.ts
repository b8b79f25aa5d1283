import type { App } from '../../../platform/app.ts'
import { type NewTask, openTasks } from '../open-tasks.ts'
import { stopTasks } from '../task-table.ts'

/** Brings the tasks of a kind to what is wanted now: new ones are opened, those taken back stopped, those asked for again opened again. */
export async function bringWanted(app: App, kind: string, wanted: readonly NewTask[]): Promise<void> {
  const { db } = app.workflow
  const known = await db
    .selectFrom('tasks')
    .select(['task_id', 'state', 'outcome', 'stop_reason'])
    .where('kind', '=', kind)
    .where(eb => eb.or([eb('state', '!=', 'done'), eb('outcome', 'is', null)]))
    .execute()
  const ids = new Set(wanted.map(task => task.taskId))
  await stopTasks(
    app,
    known.filter(task => task.state === 'open' && !ids.has(task.task_id)).map(task => task.task_id),
    'withdrawn',
  )
  const again = known.filter(
    task => task.state === 'stopped' && task.stop_reason === 'withdrawn' && ids.has(task.task_id),
  )
  if (again.length > 0)
    await db
      .updateTable('tasks')
      .set({ state: 'open', stop_reason: null })
      .where(
        'task_id',
        'in',
        again.map(task => task.task_id),
      )
      .where('state', '=', 'stopped')
      .execute()
  const held = new Set(known.map(task => task.task_id))
  await openTasks(
    app,
    wanted.filter(task => !held.has(task.taskId)),
  )
}
