import type { Selectable } from 'kysely'
import type { WorkflowSchema } from '../../platform/stores/workflow/index.ts'
import { deskErrors } from '../tasks/errors.ts'
import type { Store } from '../tasks/task-table.ts'
import './tables.ts'

export type Call = Selectable<WorkflowSchema['desk_calls']>

export async function callById({ workflow }: Store, callId: string): Promise<Call> {
  const row = await workflow.db.selectFrom('desk_calls').selectAll().where('call_id', '=', callId).executeTakeFirst()
  if (!row) throw deskErrors['desk.no-call']({ call: callId })
  return row
}

/** Longer than any limit that can be set (lost-calls.ts): what is older need not be looked at. */
const OLDEST_MS = 24 * 3600_000

/** Calls that ring or are spoken: this agent's, those that ring for everybody, and ended ones that are still being written down. */
export const openCalls = ({ workflow }: Store, userId: number): Promise<Call[]> =>
  workflow.db
    .selectFrom('desk_calls')
    .selectAll()
    .where('rang_at', '>', new Date(Date.now() - OLDEST_MS))
    .where(eb =>
      eb.or([
        eb.and([eb('state', '!=', 'ended'), eb.or([eb('user_id', '=', userId), eb('user_id', 'is', null)])]),
        eb(
          'task_id',
          'in',
          eb.selectFrom('tasks').select('task_id').where('state', '=', 'held').where('held_by', '=', userId),
        ),
      ]),
    )
    .orderBy('rang_at')
    .limit(50)
    .execute()

export const changedSince = ({ workflow }: Store, change: number): Promise<Call[]> =>
  workflow.db.selectFrom('desk_calls').selectAll().where('change', '>', change).orderBy('change').limit(500).execute()

export async function newestChange({ workflow }: Store): Promise<number> {
  const row = await workflow.db
    .selectFrom('desk_calls')
    .select(eb => eb.fn.max('change').as('change'))
    .executeTakeFirst()
  return Number(row?.change ?? 0)
}
