/**
 * What follows from a reply by itself: nothing below the doubt threshold, except that a stop is always kept. Each consequence has an id
 * made from the message, so that a second run after a crash doubles nothing, and is kept with it (../take-back/done.ts), so that it can be taken back.
 */
import type { Selectable } from 'kysely'
import { recordEvents } from '../../collect/index.ts'
import type { App } from '../../platform/app.ts'
import { shorten } from '../../platform/shorten.ts'
import type { WorkflowSchema } from '../../platform/stores/workflow/index.ts'
import { type Addressee, addressees } from '../answers/of-communication.ts'
import { suppress } from '../answers/suppress.ts'
import { changeWishes, type SaidAt, type WishChannel, wishesOf } from '../answers/wishes.ts'
import { openCase } from '../cases/open-case.ts'
import { customersAt } from '../portal/known-by.ts'
import { type Done, doneOf } from '../take-back/done.ts'
import { stopOffer, stopOffers } from '../tasks/stop-offers.ts'
import { changedFields } from './changed-fields.ts'
import type { ReplyClass } from './classes.ts'
import { SURE } from './classify.ts'
import { askBack, confirmedBy } from './confirm-acceptance.ts'
import { keepDone } from './done.ts'
import { isProven } from './sender-proof.ts'
import { readInboxSettings } from './settings.ts'
import { meansEverything } from './stop-words.ts'
import { todaysNumber } from './todays-number.ts'

type Message = Selectable<WorkflowSchema['inbox_messages']>
type Thread = Selectable<WorkflowSchema['inbox_threads']>
export interface Heard {
  message: Message
  thread: Thread
  customerId: number
  to: Addressee | undefined
}

export async function follow(app: App, messageId: number): Promise<void> {
  const { db } = app.workflow
  const heard = await heardOf(app, messageId)
  if (!heard) return
  const { message, thread } = heard
  if (message.direction === 'out' || message.followed !== null) return
  const followed = await consequence(app, heard)
  await db.updateTable('inbox_messages').set({ followed }).where('message_id', '=', messageId).execute()
  if (CLOSES.has(followed) && (thread.messages <= 1 || message.label !== null))
    await db
      .updateTable('inbox_threads')
      .set({ state: 'closed', closed_at: new Date() })
      .where('thread_id', '=', thread.thread_id)
      .where('state', '=', 'open')
      .execute()
}

export async function heardOf(app: App, messageId: number): Promise<Heard | undefined> {
  const message = await app.workflow.db
    .selectFrom('inbox_messages')
    .selectAll()
    .where('message_id', '=', messageId)
    .executeTakeFirst()
  if (!message) return undefined
  const thread = await app.workflow.db
    .selectFrom('inbox_threads')
    .selectAll()
    .where('thread_id', '=', message.thread_id)
    .executeTakeFirstOrThrow()
  const id = thread.communication_id
  const to = id === '' ? undefined : (await addressees(app, [id])).get(id)
  return { message, thread, to, customerId: await todaysNumber(app, thread.customer_id) }
}

/** Nothing is left for a person to do. */
const CLOSES: ReadonlySet<string> = new Set(['declined', 'stopped', 'noted'])

/** What follows once a person has said that it means this; `case` and the kind of it, or as in `followed`. */
export function wouldFollow({ customerId, to }: Heard, said: ReplyClass): string {
  if (said === 'stop') return 'stopped'
  if (said === 'away') return 'noted'
  if (customerId === 0) return 'person'
  if (said === 'complaint') return 'case:complaint'
  if (said === 'change') return 'case:request'
  if ((said !== 'accept' && said !== 'refuse') || !to || to.offer === '') return 'person'
  return said === 'accept' ? 'accepted' : 'declined'
}

async function consequence(app: App, heard: Heard): Promise<string> {
  const { message, thread, customerId } = heard
  const confirmed = await confirmedBy(app, heard)
  if (confirmed !== null) return confirm(app, confirmed)
  const said = message.label ?? message.class
  const sure = message.label !== null || (message.probability ?? 0) >= SURE
  if (said === 'stop') return stop(app, heard, sure)
  // A machine wrote it, or somebody whose absence the model only guesses.
  if (said === 'away') return message.by === 'rule' || sure ? 'noted' : 'person'
  if (!sure || customerId === 0) return 'person'
  // A mail that went on to others is answered by others. To stop writing harms nobody; all else waits for a person.
  if (message.label === null && !(await isTheirs(app, heard))) return 'person'
  // Whoever forges an address may make us offer less or look into a matter, but not order or change anything in a customer's name.
  if (message.label === null && BINDS.has(said) && !mayBind(heard)) return 'person'
  switch (said) {
    case 'accept':
      if (thread.channel === 'sms' && message.label === null && (await readInboxSettings(app)).confirmSms)
        return askBack(app, heard)
      return answerOffer(app, heard, said)
    case 'refuse':
      return answerOffer(app, heard, said)
    case 'complaint':
      return `case:${await caseOf(app, heard, 'complaint')}`
    case 'change':
      return `case:${await caseOf(app, heard, 'request')}`
    default:
      return 'person'
  }
}

/** What a customer owes something by, or is reached by afterwards. */
const BINDS: ReadonlySet<string | null> = new Set<ReplyClass>(['accept', 'change'])

const mayBind = ({ message, thread }: Heard): boolean => thread.channel !== 'email' || isProven(message.proof)

/** Of the address that was written to, or of one we know as theirs. Who wrote a mail is what it says: that proves little, else nothing. */
async function isTheirs(app: App, { message, thread, customerId, to }: Heard): Promise<boolean> {
  if (thread.channel !== 'email' || !to || message.address === to.address.toLowerCase()) return true
  return (await customersAt(app, { channel: 'email', address: message.address })).includes(customerId)
}

/** Where a wish to hear no more holds: where it was said, where the message it answers came from, or everywhere. */
export function leftChannels({ message, thread, to }: Heard): WishChannel[] {
  const own: Record<Thread['channel'], WishChannel[]> = { email: ['email'], sms: ['sms'], portal: ['email', 'sms'] }
  const about = to?.channel === 'print' ? 'letter' : to?.channel
  const channels = new Set<WishChannel>(own[thread.channel])
  if (about === 'letter' || about === 'email' || about === 'sms' || about === 'call') channels.add(about)
  if (meansEverything(message.text)) for (const one of ['email', 'sms', 'call', 'letter'] as const) channels.add(one)
  return [...channels]
}

/** Under which the ledger and the events know it. */
export const saidIn = ({ message, to, customerId }: Heard): SaidAt =>
  to
    ? { ...to, customer_id: customerId }
    : { id: String(message.message_id), customer_id: customerId, kind: '', offer: '', place: 'inbox' }

async function stop(app: App, heard: Heard, sure: boolean): Promise<string> {
  const { message, thread, customerId } = heard
  if (customerId === 0) {
    if (thread.address !== '' && thread.channel !== 'portal') {
      const fresh = await suppress(app, thread.channel, thread.address, 'opt-out')
      if (fresh) await remember(app, heard, { what: 'address', at: new Date().toISOString() })
    }
    return sure ? 'stopped' : 'person'
  }
  // Told again after a break, or confirmed by a person: the same statement once more, which is one.
  let left = doneOf(message.done, 'consents')
  if (!left) {
    const channels = leftChannels(heard)
    const before = (await wishesOf(app, { customer_id: customerId })).channels
    left = {
      what: 'consents',
      at: new Date().toISOString(),
      channels,
      had: channels.filter(one => before[one]),
      customerId,
    }
    await remember(app, heard, left)
  }
  await changeWishes(
    app,
    { ...saidIn(heard), at: new Date(left.at) },
    { channels: Object.fromEntries(left.channels.map(one => [one, false])) },
    thread.channel === 'sms' ? 'sms-reply' : 'inbox',
  )
  await rememberStopped(app, heard, 'no-consent', await stopOffers(app, customerId, 'no-consent'))
  return sure ? 'stopped' : 'person'
}

async function remember(app: App, { message }: Heard, one: Done): Promise<void> {
  message.done = [...message.done, one]
  await keepDone(app, message.message_id, message.done)
}

const rememberStopped = async (app: App, heard: Heard, reason: string, ids: string[]): Promise<void> => {
  if (ids.length > 0) await remember(app, heard, { what: 'tasks', reason, ids })
}

async function answerOffer(app: App, heard: Heard, said: 'accept' | 'refuse'): Promise<string> {
  const { message, thread, customerId, to } = heard
  if (!to || to.offer === '') return 'person'
  const type = said === 'accept' ? 'accepted' : 'declined'
  const eventId = `${type}:inbox:${message.source_key.slice(0, 32)}`
  if (!doneOf(message.done, 'event'))
    await remember(app, heard, { what: 'event', type, eventId, offer: to.offer, customerId })
  await recordEvents(app, [
    {
      eventId,
      customerId,
      type,
      channel: thread.channel,
      at: message.at,
      communicationId: to.id,
      payload: { offer: to.offer, how: 'inbox' },
    },
  ])
  // Calls that would make the same offer are not made: it is answered.
  await rememberStopped(app, heard, type, await stopOffer(app, customerId, to.offer, type))
  return type
}

/** The code came back: the yes it was made from counts from now on. */
async function confirm(app: App, messageId: number): Promise<string> {
  const heard = await heardOf(app, messageId)
  if (!heard) return 'person'
  const followed = await answerOffer(app, heard, 'accept')
  await app.workflow.db.updateTable('inbox_messages').set({ followed }).where('message_id', '=', messageId).execute()
  return 'confirmed'
}

async function caseOf(app: App, heard: Heard, kind: 'complaint' | 'request'): Promise<number> {
  const { message, thread, customerId } = heard
  const fields = kind === 'request' ? changedFields(message.text) : []
  const words = [message.text, ...fields.map(({ field, value }) => `${field}: ${value}`)].join('\n')
  const { caseId, stopped } = await openCase(app, {
    customerId,
    kind,
    words: words.trim() === '' ? '–' : words,
    title: (kind === 'request' ? 'change: ' : '') + shorten(message.text, 80),
    language: thread.language,
    communicationId: thread.communication_id,
    source: 'inbox',
    // Corrected by a person, it is a case of its own: the first may be closed, and of another kind.
    sourceKey: ['inbox', message.source_key, message.labelled_at?.getTime()]
      .filter(part => part !== undefined)
      .join(':'),
  })
  if (!doneOf(message.done, 'case')) await remember(app, heard, { what: 'case', caseId, customerId })
  await rememberStopped(app, heard, 'complaint', stopped)
  return caseId
}
