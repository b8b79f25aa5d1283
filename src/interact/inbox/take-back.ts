/** What a wrong class had set in motion is taken back where it can be; what cannot, stays, with its reason. */
import { recordEvents, recordStatements, standingConsents } from '../../collect/index.ts'
import type { App } from '../../platform/app.ts'
import { unsubscribedId, type WishChannel } from '../answers/wishes.ts'
import { closeMistaken, mayBeMistaken } from '../cases/close-mistaken.ts'
import { openComplaintOf } from '../cases/open-cases-of.ts'
import { addressHash } from '../gate/address-hash.ts'
import { type Done, keepDone } from './done.ts'
import { type Heard, saidIn } from './follow.ts'

/** Why something stays: refused elsewhere too; not consented before; another message of that address says stop; somebody works on it. */
export type Stays = 'refused-elsewhere' | 'no-consent-before' | 'other-stop' | 'worked-on' | 'complaint-open'

export interface Part {
  done: Done
  /** Of `consents`: those it is about. */
  channels: WishChannel[]
  stays: Stays | null
}

/** Part by part, before anything is touched: what would be taken back and what not. */
export async function whatWouldGoBack(app: App, heard: Heard, userId: number): Promise<Part[]> {
  const parts: Part[] = []
  for (const done of heard.message.done)
    if (done.what === 'consents') parts.push(...(await consentParts(app, heard, done)))
    else parts.push({ done, channels: [], stays: await staying(app, heard, done, userId) })
  return parts.map(part => ({ ...part, stays: part.stays ?? keptBy(part, parts) }))
}

/** Calls come back with what had stopped them. A channel that was closed before had not stopped any. */
function keptBy({ done }: Part, parts: readonly Part[]): Stays | null {
  if (done.what !== 'tasks') return null
  const cause = { 'no-consent': 'consents', complaint: 'case' }[done.reason]
  const left = parts.find(part => part.done.what === cause && part.stays && part.stays !== 'no-consent-before')
  return left?.stays ?? null
}

type DoneOf<W extends Done['what']> = Extract<Done, { what: W }>

/** A channel is given back only if it was open before and nothing since says no: the newest word on it must be ours. */
async function consentParts(app: App, { customerId }: Heard, done: DoneOf<'consents'>): Promise<Part[]> {
  const runId = (await app.runs.latest('identity')) ?? 0
  const standing = await standingConsents(app, runId, [customerId])
  const at = new Date(done.at).getTime()
  const ours = (channel: WishChannel): boolean => standing.get(`${customerId}/${channel}`)?.at.getTime() === at
  const part = (channels: WishChannel[], stays: Stays | null): Part[] =>
    channels.length === 0 ? [] : [{ done, channels, stays }]
  const granted = done.channels.filter(one => standing.get(`${customerId}/${one}`)?.granted)
  const left = done.channels.filter(one => !granted.includes(one))
  return [
    ...part(
      left.filter(one => done.had.includes(one) && ours(one)),
      null,
    ),
    ...part(
      left.filter(one => done.had.includes(one) && !ours(one)),
      'refused-elsewhere',
    ),
    ...part(
      left.filter(one => !done.had.includes(one)),
      'no-consent-before',
    ),
  ]
}

async function staying(app: App, heard: Heard, done: Done, userId: number): Promise<Stays | null> {
  if (done.what === 'case') return (await mayBeMistaken(app, done.caseId, userId)) ? null : 'worked-on'
  if (done.what === 'address') return (await otherStop(app, heard)) ? 'other-stop' : null
  if (done.what === 'tasks' && done.reason === 'complaint') {
    const mine = heard.message.done.flatMap(one => (one.what === 'case' ? one.caseId : []))
    return (await openComplaintOf(app, heard.customerId, mine)) ? 'complaint-open' : null
  }
  return null
}

/** Another message from there that means stop. */
async function otherStop({ workflow }: App, { message, thread }: Heard): Promise<boolean> {
  const found = await workflow.db
    .selectFrom('inbox_messages')
    .innerJoin('inbox_threads', 'inbox_threads.thread_id', 'inbox_messages.thread_id')
    .select('message_id')
    .where('inbox_threads.channel', '=', thread.channel)
    .where('inbox_threads.address', '=', thread.address)
    .where('message_id', '!=', message.message_id)
    .where(eb => eb.fn.coalesce('inbox_messages.label', 'inbox_messages.class'), '=', 'stop')
    .limit(1)
    .execute()
  return found.length > 0
}

/** Done twice it is done once. Returns what it looked like before. */
export async function takeBack(app: App, heard: Heard, userId: number): Promise<Part[]> {
  const parts = await whatWouldGoBack(app, heard, userId)
  for (const part of parts) {
    part.stays ??= keptBy(part, parts)
    if (part.stays === null && !(await undo(app, heard, part, userId))) part.stays = 'worked-on'
  }
  // What stays is not this message's any more: it is the new class that says what follows from it.
  heard.message.done = []
  await keepDone(app, heard.message.message_id, heard.message.done)
  return parts
}

async function undo(app: App, heard: Heard, { done, channels }: Part, userId: number): Promise<boolean> {
  switch (done.what) {
    case 'event':
      await retract(app, heard, userId, done.customerId, [
        { ...done, channel: heard.thread.channel, at: heard.message.at },
      ])
      return true
    case 'consents':
      await giveBack(app, heard, done, channels, userId)
      return true
    case 'address':
      await liftAddress(app, heard, new Date(done.at))
      return true
    case 'case':
      return closeMistaken(app, done, userId)
    case 'tasks':
      // Whoever takes one is asked again by the gate whether it may be made.
      await app.workflow.db
        .updateTable('tasks')
        .set({ state: 'open', stop_reason: null })
        .where('task_id', 'in', done.ids)
        .where('state', '=', 'stopped')
        .where('stop_reason', '=', done.reason)
        .execute()
      return true
  }
}

/** The ledger says who gave the consent back and because of which message. */
async function giveBack(
  app: App,
  heard: Heard,
  done: DoneOf<'consents'>,
  channels: WishChannel[],
  userId: number,
): Promise<void> {
  const { message, customerId } = heard
  const left = new Date(done.at)
  const at = new Date()
  await recordStatements(
    app,
    channels.map(channel => ({
      kind: 'consent' as const,
      id: `inbox-correction:${message.message_id}:${channel}:${left.getTime()}`,
      customerId,
      channel,
      state: 'granted' as const,
      at,
      source: 'inbox-correction',
      evidenceHow: 'correction',
      evidenceRef: `inbox/${message.thread_id}#${message.message_id}`,
      actor: userId,
    })),
  )
  await retract(
    app,
    heard,
    userId,
    done.customerId,
    channels.map(channel => ({
      type: 'unsubscribed',
      eventId: unsubscribedId(saidIn(heard).id, channel, left.getTime()),
      channel,
      at: left,
    })),
  )
}

interface Told {
  type: string
  eventId: string
  channel: string
  at: Date
}

/** The same events again as what they were: nobody who counts answers finds them any more, the journal of the customer does. */
const retract = (app: App, { message, to }: Heard, userId: number, customerId: number, told: readonly Told[]) =>
  recordEvents(
    app,
    told.map(({ type, eventId, channel, at }) => ({
      eventId,
      customerId,
      type: 'retracted',
      channel,
      at,
      communicationId: to?.id ?? '',
      actor: String(userId),
      payload: { was: type, message: message.message_id, offer: to?.offer ?? '' },
    })),
  )

/** Only if nothing was said of the address since. */
async function liftAddress({ workflow }: App, { thread }: Heard, left: Date): Promise<void> {
  await workflow.db
    .deleteFrom('suppressions')
    .where('channel', '=', thread.channel)
    .where('address_hash', '=', addressHash(thread.channel, thread.address))
    .where('reason', '=', 'opt-out')
    .where('at', '<=', left)
    .execute()
}
