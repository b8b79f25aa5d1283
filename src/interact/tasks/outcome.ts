import type { z } from 'zod'
import { type CustomerEvent, recordEvents } from '../../collect/index.ts'
import { manifestOf } from '../../personalize/index.ts'
import type { App } from '../../platform/app.ts'
import type { outcomeBody } from '../api.ts'
import { errors } from '../errors.ts'
import { addressHash } from '../gate/address-hash.ts'
import { alarmOf, ofCommunication, settleAlarm } from './alarm-task.ts'
import { type Task, taskById } from './task-table.ts'
import { questionOf, settleQuestion, toldFields } from './verification-task.ts'

export type Outcome = z.output<typeof outcomeBody>

/** Nobody is rung more often; then the task is done without an answer. */
const MOST_ATTEMPTS = 3
const AGAIN_AFTER_MS = 4 * 3600_000

/**
 * How a call ended. Events first, under ids made from the outcome's own, then the task: after a crash in between, the same
 * outcome sent again finishes the work and doubles nothing.
 */
export async function recordOutcome(
  app: App,
  taskId: string,
  userId: number,
  given: Outcome,
): Promise<{ task: Task; eventId: string }> {
  const task = await taskById(app, taskId)
  const question = questionOf(taskId)
  const told = question === null ? { fields: given.fields, confirmed: false } : await toldFields(app, question, given)
  const outcome = { ...given, fields: told.fields }
  const eventId = `call:${outcome.id}`
  if (task.outcome_id === outcome.id) return { task, eventId }
  if (task.state === 'done') throw errors['interact.task-done']({ task: taskId })
  if (task.state !== 'held' || task.held_by !== userId) throw errors['interact.task-not-held']({ task: taskId })
  const callback = outcome.outcome === 'callback' ? callbackTime(outcome.callbackAt) : undefined
  await recordEvents(app, eventsOf(task, userId, outcome, eventId))
  if (outcome.outcome === 'do-not-call' || outcome.outcome === 'wrong-number')
    await suppress(app, task, outcome.outcome)
  const attempts = task.attempts + 1
  const again =
    callback ??
    (outcome.outcome === 'no-answer' && attempts < MOST_ATTEMPTS ? new Date(Date.now() + AGAIN_AFTER_MS) : undefined)
  const updated = await app.workflow.db
    .updateTable('tasks')
    .set({
      state: again ? 'open' : 'done',
      due_at: again ?? null,
      held_by: null,
      held_at: null,
      attempts,
      outcome: outcome.outcome,
      outcome_id: outcome.id,
      notes: [task.notes, outcome.note].filter(note => note !== '').join('\n'),
    })
    .where('task_id', '=', taskId)
    .where('state', '=', 'held')
    .where('held_by', '=', userId)
    .returningAll()
    .executeTakeFirst()
  if (!updated) throw errors['interact.task-not-held']({ task: taskId })
  const alarm = alarmOf(taskId)
  if (alarm !== null && !again) await settleAlarm(app, alarm, { outcome: outcome.outcome, eventId })
  if (question !== null && !again) await settleQuestion(app, question, { ...told, eventId: `answer:${outcome.id}` })
  return { task: updated, eventId }
}

function callbackTime(given: string | undefined): Date {
  const at = new Date(given ?? '')
  if (Number.isNaN(at.getTime()) || at.getTime() < Date.now()) throw errors['interact.callback-missing']()
  return at
}

const consentField = /^consent\.(email|sms|call|letter)$/

/** The call itself, what was learnt in it, and what closes channels. */
function eventsOf(task: Task, userId: number, outcome: Outcome, eventId: string): CustomerEvent[] {
  const common = {
    customerId: task.customer_id,
    channel: 'call',
    at: new Date(),
    communicationId: ofCommunication(task.task_id) ? task.task_id : '',
    taskId: task.task_id,
    actor: String(userId),
  }
  const consents = Object.entries(outcome.answers).flatMap(([field, value]) => {
    const channel = consentField.exec(field)?.[1]
    return channel && (value === 'granted' || value === 'refused') ? [{ channel, granted: value === 'granted' }] : []
  })
  if (outcome.outcome === 'do-not-call') consents.push({ channel: 'call', granted: false })
  const events: CustomerEvent[] = [
    {
      ...common,
      eventId,
      type: 'called',
      payload: {
        outcome: outcome.outcome,
        asOf: task.as_of,
        class: ofCommunication(task.task_id) ? 'offer' : 'service',
        offer: task.offer,
        kind: 'script',
        answers: outcome.answers,
        note: outcome.note,
      },
    },
  ]
  if (consents.length > 0 || Object.keys(outcome.fields).length > 0)
    events.push({
      ...common,
      eventId: `answer:${outcome.id}`,
      type: 'answer',
      payload: { fields: outcome.fields, consents, note: '' },
    })
  if (outcome.outcome === 'complaint')
    events.push({ ...common, eventId: `complaint:${outcome.id}`, type: 'complaint', payload: { note: outcome.note } })
  return events
}

/** The number is not rung again, whoever it comes to belong to in our records. */
async function suppress(app: App, task: Task, reason: string): Promise<void> {
  const address = ofCommunication(task.task_id)
    ? (await manifestOf(app, task.task_id)).address
    : await numberOf(app, task)
  if (address === '') return
  await app.workflow.db
    .insertInto('suppressions')
    .values({ channel: 'call', address_hash: addressHash('call', address), reason, at: new Date() })
    .onConflict(conflict => conflict.columns(['channel', 'address_hash']).doNothing())
    .execute()
}

/** Nothing was composed for a question, so the number is the one the task shows. */
async function numberOf(app: App, task: Task): Promise<string> {
  const runId = await app.runs.latest('identity')
  if (runId === null) return ''
  const [row] = await app.facts.query<{ phone: string }>(
    "SELECT if(mobile != '', mobile, landline) AS phone FROM golden_records WHERE run_id = {runId:UInt64} AND customer_id = {id:UInt64}",
    { runId, id: task.customer_id },
  )
  return row?.phone ?? ''
}
