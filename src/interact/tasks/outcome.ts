import type { z } from 'zod'
import { type CustomerEvent, recordEvents, takeUpAnswers, tellAttributes } from '../../collect/index.ts'
import { manifestOf } from '../../personalize/index.ts'
import type { App } from '../../platform/app.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import { forgetCard } from '../ahead/cards.ts'
import type { WishChannel } from '../answers/wishes.ts'
import type { outcomeBody } from '../api.ts'
import { endWrittenDown } from '../calls/lost-calls.ts'
import { keepCounting } from '../desk/capacity.ts'
import { errors } from '../errors.ts'
import { endingOf, remember, whatFollows } from '../outcomes/endings.ts'
import { checkSurveySaid } from '../surveys/after-call.ts'
import { trialOfTask } from '../team/trial-of-task.ts'
import { afterCalls } from './after-calls.ts'
import { MOST_AHEAD_MS } from './ask-for-call.ts'
import { nextTry } from './back-off.ts'
import { notTaken } from './claim.ts'
import { dropDraft } from './drafts.ts'
import { beginEnding, finishEnding } from './ending.ts'
import { deskErrors } from './errors.ts'
import { fatesOf } from './identity-fate.ts'
import { kindOf } from './kinds/index.ts'
import { numbersOf, shutNumber } from './numbers-to-ring.ts'
import { reachedBy } from './outcome-codes.ts'
import { stopOffers } from './stop-offers.ts'
import { type Task, taskById } from './task-table.ts'

export type Outcome = z.input<typeof outcomeBody>
type Read = z.output<typeof outcomeBody>

/**
 * How a call ended. Events first, under ids made from the outcome's own, then the task: after a crash in between, the same
 * outcome sent again finishes the work and doubles nothing. What was told is in the profile, and what it closes is closed, before the
 * answer goes out.
 */
export async function recordOutcome(
  app: App,
  taskId: string,
  userId: number,
  given: Outcome,
): Promise<{ task: Task; eventId: string }> {
  const before = await taskById(app, taskId)
  const eventId = `call:${given.id}`
  // The task was closed, and something that follows was not: a crash came between.
  const finishing = before.outcome_id === given.id
  if (finishing && before.ending === null) return { task: before, eventId }
  if (!finishing && (before.state === 'done' || before.state === 'stopped')) throw notTaken(before)
  if (!finishing && (before.state !== 'held' || before.held_by !== userId))
    throw errors['interact.task-not-held']({ task: taskId })
  await checkSurveySaid(app, given.survey)
  const task = { ...before, customer_id: await customerOf(app, before, given) }
  const kind = kindOf(task.kind)
  const said = { outcome: given.outcome, answers: given.answers ?? {}, fields: given.fields ?? {} }
  const told = kind.told ? await kind.told(app, task, said) : { fields: said.fields, confirmed: false }
  const outcome: Read = {
    ...given,
    note: given.note ?? '',
    answers: said.answers,
    attributes: given.attributes ?? {},
    fields: told.fields,
    objections: given.objections ?? [],
  }
  const callback = outcome.outcome === 'callback' && !finishing ? callbackTime(outcome.callbackAt) : null
  const at = finishing ? ((await endingOf(app, outcome.id))?.at ?? new Date()) : await begin(app, task, userId, outcome)
  if (at === null) {
    // Sent twice at once, and the other one was faster: it is gone on with where that one stands.
    if ((await taskById(app, taskId)).outcome_id === given.id) return recordOutcome(app, taskId, userId, given)
    throw errors['interact.task-not-held']({ task: taskId })
  }
  const events = eventsOf(task, userId, outcome, at)
  if (!finishing) await recordEvents(app, events)
  const ended = finishing ? before : await endTask(app, task, userId, outcome, callback)
  await count(app, before, userId, outcome)
  if (ended.state === 'done')
    await kind.settle?.(app, task, { ...outcome, ...told, eventId, answerEventId: `answer:${outcome.id}` })
  if (task.customer_id > 0) {
    await tellAttributes(app, task.customer_id, outcome.attributes, at)
    const told = Object.keys(outcome.fields)
    if (told.length > 0)
      await takeUpAnswers(app, task.customer_id, told.some(field => ADDRESS.has(field)) ? 'all' : 'golden')
    if (['do-not-call', 'complaint'].includes(outcome.outcome) || closesCalls(events)) {
      const reason = outcome.outcome === 'complaint' ? 'complaint' : 'no-consent'
      const ids = await stopOffers(app, task.customer_id, reason)
      if (ids.length > 0) await remember(app, outcome.id, [{ what: 'tasks', reason, ids }])
    }
    for (const after of afterCalls)
      await remember(app, outcome.id, await after(app, { task, outcome, userId, eventId, at }))
  }
  if (task.kind === 'inbound') await endWrittenDown(app, taskId)
  await finishEnding(app, taskId, userId, outcome.id)
  forgetCard(app, task.customer_id)
  await keepCounting(app)
  return { task: ended, eventId }
}

/** When it was said, with what follows from it noted before anything is written; null: the task is not this agent's. */
async function begin(app: App, task: Task, userId: number, outcome: Read): Promise<Date | null> {
  const { task_id: taskId, customer_id: customerId } = task
  const at = new Date()
  const events = eventsOf(task, userId, outcome, at)
  const done = await whatFollows(app, {
    customerId,
    outcomeId: outcome.id,
    at,
    consents: consentsIn(events),
    attributes: outcome.attributes,
    surveyId: outcome.survey?.surveyId,
    events: events.map(({ eventId, type }) => ({ eventId, type, offer: outcome.offer ?? task.offer })),
  })
  return beginEnding(app, { taskId, userId, outcomeId: outcome.id, customerId, at, done })
}

/** Done, or open again for the next try; sent twice at once, the first does it and both are told. */
async function endTask(app: App, task: Task, userId: number, outcome: Read, callback: Date | null): Promise<Task> {
  const numbersLeft = await closeNumbers(app, task, outcome)
  const tries = { ...task.tries, [outcome.outcome]: (task.tries?.[outcome.outcome] ?? 0) + 1 }
  const attempts = task.attempts + 1
  const again =
    callback ?? nextTry(outcome.outcome, { tries: tries[outcome.outcome]!, attempts, numbersLeft, now: new Date() })
  const updated = await app.workflow.db
    .updateTable('tasks')
    .set({
      state: again ? 'open' : 'done',
      due_at: again ?? null,
      held_by: null,
      held_at: null,
      held_until: null,
      // Who promised to ring again rings again.
      for_user: callback ? userId : null,
      cleared_at: null,
      customer_id: task.customer_id,
      attempts,
      tries: asJson(tries),
      outcome: outcome.outcome,
      outcome_id: outcome.id,
      notes: [task.notes, outcome.note].filter(note => note !== '').join('\n'),
    })
    .where('task_id', '=', task.task_id)
    .where('state', '=', 'held')
    .where('held_by', '=', userId)
    .returningAll()
    .executeTakeFirst()
  if (updated) return updated
  const now = await taskById(app, task.task_id)
  if (now.outcome_id === outcome.id) return now
  throw errors['interact.task-not-held']({ task: task.task_id })
}

/** Whose call it was, as the customers are now; what is not certain is asked, and nothing is written of somebody who was erased. */
async function customerOf(app: App, task: Task, given: Outcome): Promise<number> {
  const { task_id, customer_id, created_at } = task
  if (customer_id === 0) {
    if (Object.keys({ ...given.fields, ...given.attributes }).length === 0 && NEEDS_NOBODY.has(given.outcome)) return 0
    throw deskErrors['desk.who-first']()
  }
  const fate = (await fatesOf(app, [{ customerId: customer_id, since: created_at }])).get(customer_id)!
  switch (fate.kind) {
    case 'same':
    case 'merged':
      return fate.customerId
    case 'split': {
      const parts = [fate.customerId, ...fate.others]
      if (given.customerId !== undefined && parts.includes(given.customerId)) return given.customerId
      throw deskErrors['desk.customer-split']({ task: task_id, customers: parts.join(', ') })
    }
    default:
      await app.workflow.db
        .updateTable('tasks')
        .set({ state: 'stopped', stop_reason: fate.kind, held_by: null, held_until: null, notes: '' })
        .where('task_id', '=', task_id)
        .execute()
      await dropDraft(app, task_id)
      throw deskErrors['desk.customer-erased']({ task: task_id })
  }
}

/** Ends of a call that say nothing of a customer. */
const NEEDS_NOBODY: ReadonlySet<string> = new Set(['served', 'wrong-number', 'no-answer'])

function callbackTime(given: string | undefined): Date {
  const at = new Date(given ?? '')
  if (!(at.getTime() >= Date.now() && at.getTime() < Date.now() + MOST_AHEAD_MS))
    throw errors['interact.callback-missing']()
  return at
}

/** What is known of areas hangs on them. */
const ADDRESS: ReadonlySet<string> = new Set(['district', 'city', 'province', 'postcode', 'country'])

const consentField = /^consent\.(email|sms|call|letter)$/

/** The call itself, what was learnt in it, and what closes channels. */
function eventsOf(task: Task, userId: number, outcome: Read, at: Date): CustomerEvent[] {
  if (task.customer_id === 0) return []
  const composed = task.kind === 'campaign'
  const common = {
    customerId: task.customer_id,
    channel: 'call',
    at,
    communicationId: composed ? task.task_id : '',
    taskId: task.task_id,
    actor: String(userId),
  }
  const consents = Object.entries(outcome.answers).flatMap(([field, value]) => {
    const channel = consentField.exec(field)?.[1]
    return channel && (value === 'granted' || value === 'refused') ? [{ channel, granted: value === 'granted' }] : []
  })
  if (outcome.outcome === 'do-not-call') consents.push({ channel: 'call', granted: false })
  // An offer made in a call of another kind is one all the same: whoever refused it is not asked again.
  const offer = outcome.offer ?? task.offer
  const events: CustomerEvent[] = [
    {
      ...common,
      eventId: `call:${outcome.id}`,
      type: 'called',
      payload: {
        outcome: outcome.outcome,
        asOf: task.as_of,
        class: offer === '' ? 'service' : kindOf(task.kind).contact,
        direction: task.kind === 'inbound' ? 'in' : 'out',
        offer,
        kind: 'script',
        answers: outcome.answers,
        objections: outcome.objections,
        note: outcome.note,
      },
    },
  ]
  if (consents.length + Object.keys(outcome.fields).length + Object.keys(outcome.attributes).length > 0)
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

const consentsIn = (events: readonly CustomerEvent[]) =>
  events.flatMap(event => (event.payload?.['consents'] ?? []) as { channel: WishChannel; granted: boolean }[])

const closesCalls = (events: readonly CustomerEvent[]): boolean =>
  consentsIn(events).some(({ channel, granted }) => channel === 'call' && !granted)

/** Shuts the number that was rung where the call says so; how many others there are to ring. */
async function closeNumbers(app: App, task: Task, outcome: Read): Promise<number> {
  if (outcome.outcome !== 'do-not-call' && outcome.outcome !== 'wrong-number') return 0
  const runId = await app.runs.latest('identity')
  if (runId === null || task.customer_id === 0) return 0
  const open = (await numbersOf(app, runId, [task.customer_id])).get(task.customer_id)!.open
  const planned = task.kind === 'campaign' ? (await manifestOf(app, task.task_id)).address : ''
  const rung =
    outcome.number || (planned !== '' && (open.length === 0 || open.includes(planned)) ? planned : open[0]) || ''
  if (rung !== '') await remember(app, outcome.id, [await shutNumber(app, rung, outcome.outcome)])
  return open.filter(number => number !== rung).length
}

async function count(app: App, task: Task, userId: number, outcome: Read): Promise<void> {
  const at = new Date()
  const trial = await trialOfTask(app, task)
  await app.workflow.db
    .insertInto('desk_outcomes')
    .values({
      outcome_id: outcome.id,
      task_id: task.task_id,
      customer_id: task.customer_id,
      user_id: userId,
      list: task.list,
      kind: task.kind,
      offer: outcome.offer ?? task.offer,
      outcome: outcome.outcome,
      reached: reachedBy(outcome.outcome),
      seconds: task.held_at ? (at.getTime() - task.held_at.getTime()) / 1000 : 0,
      fields: [...Object.keys(outcome.fields), ...Object.keys(outcome.attributes)],
      at,
      trial_id: trial?.trialId ?? null,
      variant: trial?.variant ?? null,
      objections: outcome.objections,
    })
    .onConflict(conflict => conflict.column('outcome_id').doNothing())
    .execute()
}
