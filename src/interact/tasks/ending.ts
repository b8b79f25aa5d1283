/**
 * The one outcome of a held task that is being written down. Two windows that end one call at the same moment would both leave their
 * events behind; and what follows from an outcome (profile, stops, cases) is only over when this says so, so that the same outcome sent
 * again after a crash finishes it. With it goes down what the task was before and what follows, by which it can be taken back.
 */
import { sql } from 'kysely'
import { asJson } from '../../platform/stores/workflow/index.ts'
import { endingOf } from '../outcomes/endings.ts'
import { outcomeErrors } from '../outcomes/errors.ts'
import type { Done } from '../take-back/done.ts'
import { deskErrors } from './errors.ts'
import { type Store, taskById } from './task-table.ts'

/** Writing an outcome takes well under a second; one that was begun this long ago is dead. */
const DEAD = sql`interval '30 seconds'`

interface Beginning {
  taskId: string
  userId: number
  outcomeId: string
  customerId: number
  at: Date
  done: readonly Done[]
}

/**
 * When it was said: of an outcome sent again, the first time. null: the task is not this agent's. Throws `desk.outcome-underway` when
 * another outcome of the call is on its way.
 */
export async function beginEnding(app: Store, begun: Beginning): Promise<Date | null> {
  const { taskId, userId, outcomeId, customerId, at, done } = begun
  const { rows } = await sql<{ at: Date }>`
    WITH begun AS (
      UPDATE tasks SET ending = ${outcomeId}, ending_at = now()
      WHERE task_id = ${taskId} AND state = 'held' AND held_by = ${userId}
        AND (ending IS NULL OR ending = ${outcomeId} OR ending_at < now() - ${DEAD})
        AND NOT EXISTS (SELECT 1 FROM desk_endings WHERE outcome_id = ${outcomeId} AND taken_back_at IS NOT NULL)
      RETURNING *)
    INSERT INTO desk_endings (outcome_id, task_id, customer_id, user_id, at, before, done)
    SELECT ${outcomeId}::text, task_id, ${customerId}::int8, ${userId}::int8, ${at}::timestamptz, json_build_object('customer_id', customer_id, 'due_at', due_at,
      'for_user', for_user, 'attempts', attempts, 'outcome', outcome, 'outcome_id', outcome_id, 'tries', tries, 'notes', notes), ${asJson([...done])}::json
    FROM begun
    ON CONFLICT (outcome_id) DO UPDATE SET at = desk_endings.at
    RETURNING at`.execute(app.workflow.db)
  if (rows[0]) return rows[0].at
  if ((await endingOf(app, outcomeId))?.taken_back_at) throw outcomeErrors['outcomes.taken-back']({ task: taskId })
  const { state, held_by, ending } = await taskById(app, taskId)
  if (state === 'held' && held_by === userId && ending !== null) throw deskErrors['desk.outcome-underway']()
  return null
}

/**
 * All that follows is done: what was typed is not needed on the desk any more, unless somebody else is at the task by now; it stays with
 * the outcome as long as that may be taken back.
 */
export async function finishEnding(
  { workflow }: Store,
  taskId: string,
  userId: number,
  outcomeId: string,
): Promise<void> {
  await sql`
    WITH
      over AS (DELETE FROM desk_drafts WHERE task_id = ${taskId} AND EXISTS (
        SELECT 1 FROM tasks WHERE task_id = ${taskId} AND ending = ${outcomeId} AND (state <> 'held' OR held_by = ${userId})) RETURNING body),
      kept AS (UPDATE desk_endings SET draft = (SELECT body FROM over) WHERE outcome_id = ${outcomeId} AND EXISTS (SELECT 1 FROM over))
    UPDATE tasks SET ending = NULL, ending_at = NULL WHERE task_id = ${taskId} AND ending = ${outcomeId}`.execute(
    workflow.db,
  )
}
