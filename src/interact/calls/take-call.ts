/** An agent answers: the call becomes a task of this agent, so that script, draft, outcome and wrap-up are those of every other call. */
import { sql } from 'kysely'
import type { App } from '../../platform/app.ts'
import { takeTask } from '../tasks/claim.ts'
import { deskErrors } from '../tasks/errors.ts'
import { openTasks } from '../tasks/open-tasks.ts'
import { type Call, callById } from './call-table.ts'
import { callChanged } from './push.ts'

export const taskOfCall = (callId: string): string => `in-${callId}`.slice(0, 64)

export async function takeCall(app: App, callId: string, userId: number, language: string): Promise<Call> {
  const taskId = taskOfCall(callId)
  const { rows } = await sql<{ call_id: string }>`
    UPDATE desk_calls SET user_id = ${userId}, task_id = ${taskId}, change = nextval('desk_calls_changes')
    WHERE call_id = ${callId} AND (task_id = '' OR user_id = ${userId}) AND (user_id IS NULL OR user_id = ${userId})
    RETURNING call_id`.execute(app.workflow.db)
  const call = await callById(app, callId)
  if (rows.length === 0) throw deskErrors['desk.call-taken']({ call: callId })
  await openTasks(app, [
    {
      taskId,
      kind: 'inbound',
      rank: 0,
      customerId: call.customer_id,
      priority: 0,
      asOf: new Date().toISOString().slice(0, 10),
      ...(call.customer_id === 0 ? { language } : {}),
      // Nobody else is given it in the moment before it is held.
      forUser: userId,
      dueAt: new Date(),
    },
  ])
  await takeTask(app, taskId, userId)
  callChanged(app)
  return call
}
