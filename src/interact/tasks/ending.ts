/**
 * The one outcome of a held task that is being written down. Two windows that end one call at the same moment would both leave their
 * events behind; and what follows from an outcome (profile, stops, cases) is only over when this says so, so that the same outcome sent
 * again after a crash finishes it.
 */
import { sql } from 'kysely'
import { deskErrors } from './errors.ts'
import { type Store, taskById } from './task-table.ts'

/** Writing an outcome takes well under a second; one that was begun this long ago is dead. */
const DEAD = sql`interval '30 seconds'`

/** Throws `desk.outcome-underway` when another outcome of the call is on its way; false: the task is not this agent's. */
export async function beginEnding(app: Store, taskId: string, userId: number, outcomeId: string): Promise<boolean> {
  const { rows } = await sql<{ task_id: string }>`
    UPDATE tasks SET ending = ${outcomeId}, ending_at = now()
    WHERE task_id = ${taskId} AND state = 'held' AND held_by = ${userId}
      AND (ending IS NULL OR ending = ${outcomeId} OR ending_at < now() - ${DEAD})
    RETURNING task_id`.execute(app.workflow.db)
  if (rows.length > 0) return true
  const { state, held_by, ending } = await taskById(app, taskId)
  if (state === 'held' && held_by === userId && ending !== null) throw deskErrors['desk.outcome-underway']()
  return false
}

/** All that follows is done: what was typed is not needed any more, unless somebody else is at the task by now. */
export async function finishEnding(
  { workflow }: Store,
  taskId: string,
  userId: number,
  outcomeId: string,
): Promise<void> {
  await sql`
    WITH over AS (DELETE FROM desk_drafts WHERE task_id = ${taskId} AND EXISTS (
      SELECT 1 FROM tasks WHERE task_id = ${taskId} AND ending = ${outcomeId} AND (state <> 'held' OR held_by = ${userId})))
    UPDATE tasks SET ending = NULL, ending_at = NULL WHERE task_id = ${taskId} AND ending = ${outcomeId}`.execute(
    workflow.db,
  )
}
