/** What a person does with a thread: takes it, lets it rest, closes it, says whose it is and what a message means. */
import { sql } from 'kysely'
import type { App } from '../../platform/app.ts'
import { peopleWho } from '../../platform/auth/users.ts'
import type { Part } from '../take-back/part.ts'
import type { ReplyClass } from './classes.ts'
import { incoming } from './correction.ts'
import { inboxErrors } from './errors.ts'
import { follow } from './follow.ts'
import { retrainJob } from './model-store.ts'
import type { ThreadState } from './tables.ts'
import { takeBack } from './take-back.ts'
import { threadById } from './thread-view.ts'

export async function setOwner(app: App, threadId: number, owner: number | null): Promise<void> {
  await threadById(app, threadId)
  await app.workflow.db.updateTable('inbox_threads').set({ owner }).where('thread_id', '=', threadId).execute()
}

/** Gives it to a colleague, who must be able to answer it. */
export async function giveTo(app: App, threadId: number, owner: number): Promise<void> {
  const able = await peopleWho(app, 'inbox.work')
  if (!able.some(({ userId }) => userId === owner)) throw inboxErrors['inbox.no-owner']({ user: owner })
  await setOwner(app, threadId, owner)
}

export async function setState(app: App, threadId: number, state: ThreadState, until?: string): Promise<void> {
  await threadById(app, threadId)
  const rests = until ? new Date(until) : null
  if (state === 'snoozed' && (rests === null || rests <= new Date())) throw inboxErrors['inbox.bad-snooze']()
  await app.workflow.db
    .updateTable('inbox_threads')
    .set({
      state,
      snoozed_until: state === 'snoozed' ? rests : null,
      closed_at: state === 'closed' ? new Date() : null,
    })
    .where('thread_id', '=', threadId)
    .execute()
}

/** Of a thread of nobody: what waited for a person because nobody was known follows now. */
export async function setCustomer(app: App, threadId: number, customerId: number): Promise<void> {
  await threadById(app, threadId)
  const runId = await app.runs.latest('identity')
  const { there } = await app.facts.one<{ there: number }>(
    'SELECT count() AS there FROM golden_records WHERE run_id = {runId:UInt64} AND customer_id = {customerId:UInt64}',
    { runId: runId ?? 0, customerId },
  )
  if (there === 0) throw inboxErrors['inbox.no-customer']({ id: String(customerId) })
  const { db } = app.workflow
  await db.updateTable('inbox_threads').set({ customer_id: customerId }).where('thread_id', '=', threadId).execute()
  const waiting = await db
    .updateTable('inbox_messages')
    .set({ followed: null })
    .where('thread_id', '=', threadId)
    .where('direction', '=', 'in')
    .where('followed', 'in', ['person', 'stopped'])
    .returning('message_id')
    .execute()
  for (const { message_id } of waiting) await follow(app, message_id)
}

/** Corrections since the newest model from which a new one is made by itself. */
const ENOUGH = 25

/**
 * A person says what a message means: an example for the next model. What had followed from a wrong class is taken back where it can be,
 * and what follows from the right one follows now.
 */
export async function setClass(
  app: App,
  messageId: number,
  userId: number,
  label: ReplyClass,
  /** Whether a customer who had the receipt of a case that is closed by it hears that it was none. */
  tell = true,
): Promise<{ threadId: number; from: ReplyClass | null; back: Part[] }> {
  const { db } = app.workflow
  const heard = await incoming(app, messageId)
  const { message } = heard
  const from = message.label ?? message.class
  const back = from === label ? [] : await takeBack(app, heard, userId, tell)
  const confirmed = from === label && message.followed !== 'person' && message.followed !== 'confirming'
  await db
    .updateTable('inbox_messages')
    .set({ label, labelled_by: userId, labelled_at: new Date(), ...(confirmed ? {} : { followed: null }) })
    .where('message_id', '=', messageId)
    .execute()
  await db
    .updateTable('inbox_threads')
    // What a machine had closed may have to be answered after all; what follows closes it again.
    .set({ class: label, sure: true, ...(from === label ? {} : { state: 'open', closed_at: null }) })
    .where('thread_id', '=', message.thread_id)
    .execute()
  await follow(app, messageId)
  if ((await labelsWaiting(app)) === ENOUGH) await app.jobs.send(retrainJob, {})
  return { threadId: message.thread_id, from, back }
}

export async function labelsWaiting({ workflow }: Pick<App, 'workflow'>): Promise<number> {
  const { waiting } = await workflow.db
    .selectFrom('inbox_messages')
    .select(eb => eb.fn.countAll<number>().as('waiting'))
    .where('label', 'is not', null)
    .where(sql<boolean>`labelled_at > (SELECT coalesce(max(made_at), 'epoch') FROM inbox_models)`)
    .executeTakeFirstOrThrow()
  return Number(waiting)
}
