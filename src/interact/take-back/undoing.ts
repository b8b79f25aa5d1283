/** What something that was said had set in motion is taken back where it can be; what cannot, stays, with its reason. */
import { recordEvents } from '../../collect/index.ts'
import type { App } from '../../platform/app.ts'
import { closeMistaken, mayBeMistaken } from '../cases/close-mistaken.ts'
import { openComplaintOf } from '../cases/open-cases-of.ts'
import { consentParts, giveBack, withdraw } from './consents.ts'
import type { Done } from './done.ts'
import { keptBy, type Part, type Stays } from './part.ts'

/** What was said, as whoever corrects it needs it. */
export interface Undoing {
  done: readonly Done[]
  /** As the customer is known today. */
  customerId: number
  userId: number
  /** By which the ledger of consents names the correction. */
  source: 'inbox-correction' | 'desk-correction'
  /** Of the message, of the outcome: ids are made from it. */
  key: string
  evidenceRef: string
  /** In the customer's words of a case that is closed as mistaken. */
  from: 'message' | 'call'
  /** Whether a customer who had the receipt of such a case hears that it was none; default: yes. */
  tell?: boolean | undefined
  told: Told
  /** The event that says that a channel was left at a moment; null: there is none. */
  leftEvent(channel: string, moment: number): string | null
  /** Of what only this place does: why it stays, and undoing it. */
  stays(done: Done): Promise<Stays | null>
  undo(done: Done): Promise<void>
}

/** What events that are taken back keep of what they were. */
interface Told {
  channel: string
  at: Date
  communicationId: string
  payload: Readonly<Record<string, unknown>>
}

/** Before anything is touched: what would be taken back and what not. */
export async function whatWouldGoBack(app: App, undoing: Undoing): Promise<Part[]> {
  const parts: Part[] = []
  for (const done of undoing.done)
    if (done.what === 'consents' || done.what === 'granted') parts.push(...(await consentParts(app, undoing, done)))
    else parts.push({ done, channels: [], stays: await staying(app, undoing, done) })
  return parts.map(part => ({ ...part, stays: part.stays ?? keptBy(part, parts) }))
}

async function staying(app: App, undoing: Undoing, done: Done): Promise<Stays | null> {
  if (done.what === 'case') return (await mayBeMistaken(app, done.caseId, undoing.userId)) ? null : 'worked-on'
  if (done.what === 'tasks' && done.reason === 'complaint') {
    const mine = undoing.done.flatMap(one => (one.what === 'case' ? one.caseId : []))
    return (await openComplaintOf(app, undoing.customerId, mine)) ? 'complaint-open' : null
  }
  return undoing.stays(done)
}

/** Done twice it is done once. Returns what it looked like before. */
export async function takeBack(app: App, undoing: Undoing): Promise<Part[]> {
  const parts = await whatWouldGoBack(app, undoing)
  for (const part of parts) {
    part.stays ??= keptBy(part, parts)
    if (part.stays === null && !(await undo(app, undoing, part))) part.stays = 'worked-on'
  }
  return parts
}

async function undo(app: App, undoing: Undoing, { done, channels }: Part): Promise<boolean> {
  switch (done.what) {
    case 'event':
      await retract(app, undoing, done.customerId, [{ ...undoing.told, ...done }])
      return true
    case 'consents': {
      const left = new Date(done.at)
      await giveBack(app, undoing, left, channels)
      await retract(
        app,
        undoing,
        done.customerId,
        channels.flatMap(channel => {
          const eventId = undoing.leftEvent(channel, left.getTime())
          return eventId === null ? [] : [{ type: 'unsubscribed', eventId, channel, at: left }]
        }),
      )
      return true
    }
    case 'granted':
      await withdraw(app, undoing, new Date(done.at), channels)
      return true
    case 'case':
      return closeMistaken(app, { ...done, from: undoing.from, tell: undoing.tell }, undoing.userId)
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
    default:
      await undoing.undo(done)
      return true
  }
}

interface Retracted {
  type: string
  eventId: string
  offer?: string
  channel: string
  at: Date
}

/** The same events again as what they were: nobody who counts answers finds them any more, the journal of the customer does. */
export const retract = (
  app: App,
  { told, userId }: Pick<Undoing, 'told' | 'userId'>,
  customerId: number,
  events: readonly Retracted[],
) =>
  recordEvents(
    app,
    events.map(({ type, eventId, channel, at, offer }) => ({
      eventId,
      customerId,
      type: 'retracted',
      channel,
      at,
      communicationId: told.communicationId,
      actor: String(userId),
      payload: { was: type, ...told.payload, ...(offer === undefined ? {} : { offer }) },
    })),
  )
