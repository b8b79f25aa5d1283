import type { App } from '../../platform/app.ts'

/** A call that no campaign planned: a question of collect, an alarm of analyze. */
export interface OwnTask {
  taskId: string
  customerId: number
  priority: number
  notes: string
}

/** Puts calls into the agents' list, in their customers' languages; those that are there already stay as they are. */
export async function openTasks(app: App, tasks: readonly OwnTask[]): Promise<void> {
  if (tasks.length === 0) return
  const languages = await languagesOf(
    app,
    tasks.map(task => task.customerId),
  )
  const asOf = (await app.runs.latestTurn())?.asOf ?? new Date().toISOString().slice(0, 10)
  await app.workflow.db
    .insertInto('tasks')
    .values(
      tasks.map(({ taskId, customerId, priority, notes }) => ({
        task_id: taskId,
        run_id: 0,
        as_of: asOf,
        customer_id: customerId,
        offer: '',
        language: languages.get(customerId) ?? 'en',
        priority,
        state: 'open' as const,
        held_by: null,
        held_at: null,
        due_at: null,
        attempts: 0,
        outcome: null,
        outcome_id: null,
        notes,
        created_at: new Date(),
      })),
    )
    .onConflict(conflict => conflict.column('task_id').doNothing())
    .execute()
}

async function languagesOf(app: App, ids: readonly number[]): Promise<Map<number, string>> {
  const runId = await app.runs.latest('identity')
  if (runId === null) return new Map()
  const rows = await app.facts.query<{ customer_id: number; language: string }>(
    'SELECT customer_id, language FROM golden_records WHERE run_id = {runId:UInt64} AND customer_id IN {ids:Array(UInt64)}',
    { runId, ids: [...ids] },
  )
  return new Map(rows.map(row => [row.customer_id, row.language]))
}
