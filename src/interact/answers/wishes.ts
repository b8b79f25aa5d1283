/** What customers decide about being written to: recorded before they get an answer, and in force for the next message. */
import {
  type CustomerEvent,
  preferencesOf,
  recordEvents,
  recordStatements,
  type Statement,
  standingConsents,
} from '../../collect/index.ts'
import type { App } from '../../platform/app.ts'
import type { Addressee } from './of-communication.ts'

export type WishChannel = 'email' | 'sms' | 'call' | 'letter'

/** The number under which the customer is known today: merged since, it is another one. */
async function todays(app: App, customerId: number): Promise<{ customerId: number; identityRun: number }> {
  const identityRun = (await app.runs.latest('identity')) ?? 0
  const [moved] = await app.facts.query<{ customer_id: number }>(
    'SELECT customer_id FROM customer_redirects WHERE run_id = {run:UInt64} AND old_id = {id:UInt64} LIMIT 1',
    { run: identityRun, id: customerId },
  )
  return { customerId: moved?.customer_id ?? customerId, identityRun }
}

export interface Wishes {
  channels: Record<WishChannel, boolean>
  preferred: string
  language: string
  quietHours: { from: string; to: string } | null
  frequency: number | null
}

export async function wishesOf(app: App, to: Pick<Addressee, 'customer_id'>): Promise<Wishes> {
  const { customerId, identityRun } = await todays(app, to.customer_id)
  const [consents, preferences] = await Promise.all([
    standingConsents(app, identityRun, [customerId]),
    preferencesOf(app, identityRun, [customerId]),
  ])
  const own = preferences.get(customerId)
  const granted = (channel: WishChannel) => consents.get(`${customerId}/${channel}`)?.granted === true
  return {
    channels: { email: granted('email'), sms: granted('sms'), call: granted('call'), letter: granted('letter') },
    preferred: own?.preferredChannel ?? '',
    language: own?.language ?? '',
    quietHours: own?.quietHours ?? null,
    frequency: own?.frequency ?? null,
  }
}

export interface WishChange {
  channels?: Partial<Record<WishChannel, boolean>>
  /** Preference → value, '' takes it back. */
  preferences?: Partial<Record<'preferred-channel' | 'language' | 'quiet-hours' | 'frequency', string>>
}

/** Where it was said: on a page behind a message, or in another place under a key that is used once. */
export type SaidAt = Pick<Addressee, 'id' | 'customer_id' | 'kind' | 'offer'> & {
  place?: string
  /** When; said twice for one moment, it is one statement and one event. Default: now. */
  at?: Date
}

/** Of the event that says that a channel was left. */
export const unsubscribedId = (saidIn: string, channel: string, moment: number): string =>
  `unsubscribed:${saidIn}:${channel}:${moment}`

/**
 * Says it in the ledger of consents. `how` is where it was said (one-click, preference-centre, reply …); said twice within a second by
 * the same message it is one statement, unless both moments are told.
 */
export async function changeWishes(app: App, to: SaidAt, change: WishChange, how: string): Promise<void> {
  const { customerId } = await todays(app, to.customer_id)
  const { place = 'communication', at = new Date() } = to
  const common = { customerId, at, source: how, evidenceHow: how, evidenceRef: `${place}/${to.id}` }
  const moment = to.at ? at.getTime() : Math.floor(at.getTime() / 1000)
  const statements: Statement[] = []
  for (const [channel, granted] of Object.entries(change.channels ?? {}))
    statements.push({
      ...common,
      kind: 'consent',
      id: `${how}:${to.id}:${channel}:${moment}`,
      channel,
      state: granted ? 'granted' : 'withdrawn',
    })
  for (const [name, value] of Object.entries(change.preferences ?? {}))
    statements.push({
      ...common,
      kind: 'preference',
      id: `${how}:${to.id}:${name}:${moment}`,
      name: name as 'language',
      value,
    })
  await recordStatements(app, statements)
  const off = Object.entries(change.channels ?? {}).filter(([, granted]) => !granted)
  const events = off.map(
    ([channel]): CustomerEvent => ({
      eventId: unsubscribedId(to.id, channel, moment),
      customerId,
      type: 'unsubscribed',
      channel,
      at,
      communicationId: place === 'communication' ? to.id : '',
      payload: { how, kind: to.kind, offer: to.offer },
    }),
  )
  await recordEvents(app, events)
}
