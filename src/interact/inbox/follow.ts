/**
 * What follows from a reply by itself: nothing below the doubt threshold, except that a stop is always kept. Each consequence has an id
 * made from the message, so that a second run after a crash doubles nothing.
 */
import type { Selectable } from 'kysely'
import { recordEvents } from '../../collect/index.ts'
import type { App } from '../../platform/app.ts'
import type { WorkflowSchema } from '../../platform/stores/workflow/index.ts'
import { type Addressee, addressees } from '../answers/of-communication.ts'
import { suppress } from '../answers/suppress.ts'
import { changeWishes, type WishChannel } from '../answers/wishes.ts'
import { openCase } from '../cases/open-case.ts'
import { stopOffers } from '../tasks/stop-offers.ts'
import { changedFields } from './changed-fields.ts'
import { SURE } from './classify.ts'
import { meansEverything } from './stop-words.ts'
import { todaysNumber } from './todays-number.ts'

type Message = Selectable<WorkflowSchema['inbox_messages']>
type Thread = Selectable<WorkflowSchema['inbox_threads']>
interface Heard {
  message: Message
  thread: Thread
  customerId: number
  to: Addressee | undefined
}

export async function follow(app: App, messageId: number): Promise<void> {
  const { db } = app.workflow
  const message = await db
    .selectFrom('inbox_messages')
    .selectAll()
    .where('message_id', '=', messageId)
    .executeTakeFirstOrThrow()
  if (message.direction === 'out' || message.followed !== null) return
  const thread = await db
    .selectFrom('inbox_threads')
    .selectAll()
    .where('thread_id', '=', message.thread_id)
    .executeTakeFirstOrThrow()
  const id = thread.communication_id
  const to = id === '' ? undefined : (await addressees(app, [id])).get(id)
  const heard = { message, thread, to, customerId: await todaysNumber(app, thread.customer_id) }
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

/** Nothing is left for a person to do. */
const CLOSES: ReadonlySet<string> = new Set(['declined', 'stopped', 'noted'])

async function consequence(app: App, heard: Heard): Promise<string> {
  const { message, customerId } = heard
  const said = message.label ?? message.class
  const sure = message.label !== null || (message.probability ?? 0) >= SURE
  if (said === 'stop') return stop(app, heard, sure)
  // A machine wrote it, or somebody whose absence the model only guesses.
  if (said === 'away') return message.by === 'rule' || sure ? 'noted' : 'person'
  if (!sure || customerId === 0) return 'person'
  switch (said) {
    case 'accept':
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

async function stop(app: App, { message, thread, customerId, to }: Heard, sure: boolean): Promise<string> {
  const own: Record<Thread['channel'], WishChannel[]> = { email: ['email'], sms: ['sms'], portal: ['email', 'sms'] }
  if (customerId === 0) {
    if (thread.address !== '' && thread.channel !== 'portal')
      await suppress(app, thread.channel, thread.address, 'opt-out')
    return sure ? 'stopped' : 'person'
  }
  const about = to?.channel === 'print' ? 'letter' : to?.channel
  const channels = new Set<WishChannel>(own[thread.channel])
  if (about === 'letter' || about === 'email' || about === 'sms' || about === 'call') channels.add(about)
  if (meansEverything(message.text)) for (const one of ['email', 'sms', 'call', 'letter'] as const) channels.add(one)
  const said = to
    ? { ...to, customer_id: customerId }
    : { id: String(message.message_id), customer_id: customerId, kind: '', offer: '', place: 'inbox' }
  await changeWishes(app, said, { channels: Object.fromEntries([...channels].map(one => [one, false])) }, 'inbox')
  await stopOffers(app, customerId, 'no-consent')
  return sure ? 'stopped' : 'person'
}

async function answerOffer(
  app: App,
  { message, thread, customerId, to }: Heard,
  said: 'accept' | 'refuse',
): Promise<string> {
  if (!to || to.offer === '') return 'person'
  const type = said === 'accept' ? 'accepted' : 'declined'
  await recordEvents(app, [
    {
      eventId: `${type}:inbox:${message.source_key.slice(0, 32)}`,
      customerId,
      type,
      channel: thread.channel,
      at: message.at,
      communicationId: to.id,
      payload: { offer: to.offer, how: 'inbox' },
    },
  ])
  // Calls that would make the same offer are not made: it is answered.
  await app.workflow.db
    .updateTable('tasks')
    .set({ state: 'stopped', stop_reason: type, for_user: null })
    .where('customer_id', '=', customerId)
    .where('offer', '=', to.offer)
    .where('state', '=', 'open')
    .where(eb => eb.or([eb('outcome', 'is', null), eb('outcome', '!=', 'callback')]))
    .execute()
  return type
}

async function caseOf(
  app: App,
  { message, thread, customerId }: Heard,
  kind: 'complaint' | 'request',
): Promise<number> {
  const fields = kind === 'request' ? changedFields(message.text) : []
  const words = [message.text, ...fields.map(({ field, value }) => `${field}: ${value}`)].join('\n')
  const { caseId } = await openCase(app, {
    customerId,
    kind,
    words: words.trim() === '' ? '–' : words,
    title: (kind === 'request' ? 'change: ' : '') + message.text.replace(/\s+/g, ' ').slice(0, 80),
    language: thread.language,
    communicationId: thread.communication_id,
    source: 'inbox',
    sourceKey: `inbox:${message.source_key}`,
  })
  return caseId
}
