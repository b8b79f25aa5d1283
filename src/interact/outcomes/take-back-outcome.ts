/**
 * A saved outcome is taken back: the task is held by whoever does it until all that followed is undone, then it is again as it was before
 * and goes back to the agent or its list. Cut off in between, it is gone through again: every step done twice is done once.
 */
import { sql } from 'kysely'
import { takeUpAnswers } from '../../collect/index.ts'
import type { App } from '../../platform/app.ts'
import { asJson, type WorkflowTransaction } from '../../platform/stores/workflow/index.ts'
import { forgetCard } from '../ahead/cards.ts'
import type { Part } from '../take-back/part.ts'
import { takeBack, whatWouldGoBack } from '../take-back/undoing.ts'
import { forgetGroups } from '../tasks/claim.ts'
import { type Task, taskById } from '../tasks/task-table.ts'
import { type Ending, endingOf } from './endings.ts'
import { outcomeErrors } from './errors.ts'
import { type By, companyZone, DEAD_MS, whyNot } from './may-take-back.ts'
import { undoingOutcome } from './undoing-outcome.ts'

/** Where the task goes: to the agent who had it, or to whoever is free. */
export type To = 'agent' | 'list'

async function mayBe(app: App, outcomeId: string, by: By): Promise<{ ending: Ending; task: Task }> {
  const ending = await endingOf(app, outcomeId)
  if (!ending) throw outcomeErrors['outcomes.none']({ outcome: outcomeId })
  const task = await taskById(app, ending.task_id)
  const why = whyNot(ending, task, by, await companyZone(app))
  if (why) throw why
  return { ending, task }
}

/** What a person is told before: this is taken back, this stays and why. */
export async function outcomeParts(app: App, outcomeId: string, by: By): Promise<{ parts: Part[]; toList: boolean }> {
  const { ending, task } = await mayBe(app, outcomeId, by)
  const parts = await whatWouldGoBack(app, await undoingOutcome(app, ending, task, by.userId))
  return { parts, toList: mayGoToList(task) }
}

/** A call that came in is its agent's. */
const mayGoToList = ({ kind }: Task): boolean => kind !== 'inbound'

export async function takeBackOutcome(
  app: App,
  outcomeId: string,
  by: By,
  to: To,
): Promise<{ task: Task; parts: Part[] }> {
  const { ending, task } = await mayBe(app, outcomeId, by)
  if (to === 'list' && !mayGoToList(task)) throw outcomeErrors['outcomes.not-to-list']()
  await layHandsOn(app, ending, task, by.userId)
  const undoing = await undoingOutcome(app, ending, task, by.userId)
  const parts = await takeBack(app, undoing)
  const told = await toldFields(app, outcomeId)
  if (parts.some(({ done, stays }) => !stays && (done.what === 'attributes' || (told && isAnswer(done)))))
    await takeUpAnswers(app, undoing.customerId)
  await app.workflow.transaction(tx => putBack(tx, ending, task, by, to))
  forgetGroups(app)
  forgetCard(app, undoing.customerId)
  return { task: await taskById(app, ending.task_id), parts }
}

/** An answer may be of consents alone: the profile is not made anew for it. */
async function toldFields({ workflow }: App, outcomeId: string): Promise<boolean> {
  const row = await workflow.db
    .selectFrom('desk_outcomes')
    .select('fields')
    .where('outcome_id', '=', outcomeId)
    .executeTakeFirst()
  return (row?.fields.length ?? 0) > 0
}

const isAnswer = (done: Part['done']): boolean => done.what === 'event' && done.type === 'answer'

/** Nobody else is given the call meanwhile, and of two who take it back one does. */
async function layHandsOn(app: App, { outcome_id, task_id }: Ending, task: Task, userId: number): Promise<void> {
  const begun = await app.workflow.transaction(async tx => {
    const { rows } =
      await sql`UPDATE desk_endings SET begun_at = now(), taken_back_by = ${userId} WHERE outcome_id = ${outcome_id}
      AND taken_back_at IS NULL AND (begun_at IS NULL OR begun_at < now() - make_interval(secs => ${DEAD_MS / 1000}))
      RETURNING outcome_id`.execute(tx)
    if (rows.length === 0) return false
    if (task.state === 'stopped') return true
    const held = await sql`UPDATE tasks SET state = 'held', held_by = ${userId}, held_at = now(),
        held_until = now() + interval '5 minutes'
      WHERE task_id = ${task_id} AND outcome_id = ${outcome_id} AND ending IS NULL
        AND (state IN ('open', 'done') OR (state = 'held' AND held_by = ${userId})) RETURNING task_id`.execute(tx)
    if (held.rows.length === 0) throw outcomeErrors['outcomes.in-hand']({ task: task_id })
    return true
  })
  if (!begun) throw outcomeErrors['outcomes.underway']()
}

/** The task as it was before, the row of the figures kept with the ending, what was typed back with the agent. */
async function putBack(tx: WorkflowTransaction, ending: Ending, task: Task, by: By, to: To): Promise<void> {
  const { outcome_id, before, user_id, draft } = ending
  const moved = await tx
    .deleteFrom('desk_outcomes')
    .where('outcome_id', '=', outcome_id)
    .returningAll()
    .executeTakeFirst()
  await tx
    .updateTable('desk_endings')
    .set({
      taken_back_at: new Date(),
      draft: null,
      ...(moved ? { was: asJson({ ...moved, at: moved.at.toISOString() }) } : {}),
    })
    .where('outcome_id', '=', outcome_id)
    .execute()
  // Not heard yet, it need not be; a score already given stays.
  await tx.deleteFrom('listening_samples').where('outcome_id', '=', outcome_id).where('scored_at', 'is', null).execute()
  const mine = to === 'agent' && by.userId === user_id
  const seconds = moved?.seconds ?? 0
  await tx
    .updateTable('tasks')
    .set({
      customer_id: before.customer_id,
      attempts: before.attempts,
      tries: before.tries === null ? null : asJson(before.tries),
      outcome: before.outcome,
      outcome_id: before.outcome_id,
      notes: before.notes,
      cleared_at: null,
      ...(task.state === 'stopped'
        ? {}
        : mine
          ? {
              state: 'held' as const,
              held_by: user_id,
              // The talk is not longer because it is written down again.
              held_at: sql<Date>`now() - make_interval(secs => ${seconds})`,
              held_until: sql<Date>`now() + interval '15 minutes'`,
              due_at: before.due_at === null ? null : new Date(before.due_at),
              for_user: null,
            }
          : {
              state: 'open' as const,
              held_by: null,
              held_at: null,
              held_until: null,
              due_at: to === 'agent' ? new Date() : before.due_at === null ? null : new Date(before.due_at),
              for_user: to === 'agent' ? user_id : before.for_user,
            }),
    })
    .where('task_id', '=', task.task_id)
    .where('outcome_id', '=', outcome_id)
    .execute()
  if (to === 'agent' && draft && task.state !== 'stopped') await giveDraft(tx, task.task_id, user_id, draft)
}

/** All but the end itself, which is said anew, under a new id. Newer than what any browser still has. */
async function giveDraft(
  tx: WorkflowTransaction,
  taskId: string,
  userId: number,
  { id: _, outcome: __, suggested: ___, ...body }: Record<string, unknown>,
): Promise<void> {
  const row = { user_id: userId, revision: Date.now(), body: asJson(body), saved_at: new Date() }
  await tx
    .insertInto('desk_drafts')
    .values({ task_id: taskId, ...row })
    .onConflict(conflict => conflict.column('task_id').doUpdateSet(row))
    .execute()
}
