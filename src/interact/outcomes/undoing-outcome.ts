/** What an outcome of a call had set in motion, for ../take-back: what only the desk does is here. */
import { untellAttributes } from '../../collect/index.ts'
import type { App } from '../../platform/app.ts'
import { todaysNumber } from '../inbox/todays-number.ts'
import type { Done, DoneOf } from '../take-back/done.ts'
import type { Stays } from '../take-back/part.ts'
import type { Undoing } from '../take-back/undoing.ts'
import { kindOf } from '../tasks/kinds/index.ts'
import { openNumber } from '../tasks/numbers-to-ring.ts'
import type { Task } from '../tasks/task-table.ts'
import type { Ending } from './endings.ts'

export async function undoingOutcome(app: App, ending: Ending, task: Task, userId: number): Promise<Undoing> {
  const { outcome_id: outcomeId, at } = ending
  const customerId = await todaysNumber(app, ending.customer_id)
  const answerId = `call:${outcomeId}`
  return {
    done: [...ending.done, ...settledBy(task, outcomeId)],
    customerId,
    userId,
    source: 'desk-correction',
    key: outcomeId,
    evidenceRef: `call/${outcomeId}`,
    from: 'call',
    told: {
      channel: 'call',
      at,
      communicationId: task.kind === 'campaign' ? task.task_id : '',
      payload: { outcome: task.outcome ?? '', call: outcomeId },
    },
    leftEvent: () => null,
    stays: done => staying(app, ending, task, done),
    async undo(done) {
      if (done.what === 'number') await openNumber(app, done)
      else if (done.what === 'attributes') await untellAttributes(app, customerId, done.told, new Date(done.at))
      else if (done.what === 'survey') await askAgain(app, done)
      else if (done.what === 'settled') await kindOf(task.kind).reopen?.(app, task, answerId)
    },
  }
}

/** A call that was not to be made again had settled what it was about. */
const settledBy = ({ state, kind, outcome_id }: Task, outcomeId: string): Done[] =>
  state !== 'open' && outcome_id === outcomeId && kindOf(kind).reopen ? [{ what: 'settled', kind }] : []

async function staying(app: App, ending: Ending, task: Task, done: Done): Promise<Stays | null> {
  if (done.what === 'number') return !done.fresh || (await shutByAnother(app, ending, done)) ? 'other-stop' : null
  if (done.what !== 'settled') return null
  return (await kindOf(task.kind).mayReopen?.(app, task)) === false ? 'asked-again' : null
}

/** Another call that stands shuts the same number. */
async function shutByAnother({ workflow }: App, { outcome_id }: Ending, { hash }: DoneOf<'number'>): Promise<boolean> {
  const rows = await workflow.db
    .selectFrom('desk_endings')
    .select('done')
    .where('outcome_id', '!=', outcome_id)
    .where('taken_back_at', 'is', null)
    .where(eb => eb(eb.cast<string>('done', 'text'), 'like', `%${hash}%`))
    .execute()
  return rows.some(({ done }) => done.some(one => one.what === 'number' && one.hash === hash))
}

/** The invitation as it was, or none. */
async function askAgain({ workflow }: App, { surveyId, customerId, before }: DoneOf<'survey'>): Promise<void> {
  const { db } = workflow
  if (before === null)
    await db
      .deleteFrom('survey_invitations')
      .where('survey_id', '=', surveyId)
      .where('customer_id', '=', customerId)
      .execute()
  else
    await db
      .updateTable('survey_invitations')
      .set({
        state: before.state as 'asked',
        reason: before.reason,
        asked_at: new Date(before.asked_at),
        answered_at: before.answered_at === null ? null : new Date(before.answered_at),
      })
      .where('survey_id', '=', surveyId)
      .where('customer_id', '=', customerId)
      .execute()
}
