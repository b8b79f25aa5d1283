import { preferencesOf, standingConsents, stoppedByLists } from '../../collect/index.ts'
import { type ContactPolicy, contactPolicy } from '../../optimize/index.ts'
import type { App } from '../../platform/app.ts'
import { addressHash } from './address-hash.ts'
import { isQuiet, isQuietFor, sendingMoment } from './quiet-hours.ts'
import type { DeliveryReason } from './reasons.ts'
import { COUNTRIES_SQL, HISTORY_SQL } from './standing-sql.ts'

/** A message at the gate; channel as the policy names it (letter, not print). */
export interface AtGate {
  id: string
  customerId: number
  channel: 'letter' | 'email' | 'sms' | 'call'
  class: string
  address: string
}

interface Contact {
  type: string
  channel: string
  communication_id: string
  class: string
  day: string
}

const policyChannels: Record<string, AtGate['channel']> = { print: 'letter', email: 'email', sms: 'sms', call: 'call' }
export const policyChannel = (channel: string): AtGate['channel'] => policyChannels[channel] ?? 'letter'

/**
 * Asked at the moment of sending, not of planning: which of the messages must not go, and why. Service and legal mail needs no
 * consent and is not counted by the policy; suppression and quiet hours hold for everything. Consent comes straight from the
 * ledger, so what was taken back a second ago counts.
 */
export async function refusals(
  app: App,
  run: { identityRun: number; asOf: string },
  batch: readonly AtGate[],
  now = new Date(),
): Promise<Map<string, DeliveryReason>> {
  const ids = [...new Set(batch.map(({ customerId }) => customerId))]
  const policy = await contactPolicy(app)
  const [consents, preferences, listed, history, countries, suppressed] = await Promise.all([
    standingConsents(app, run.identityRun, ids),
    preferencesOf(app, run.identityRun, ids),
    stoppedByLists(app, run.identityRun, batch),
    historyOf(app, policy, ids),
    countriesOf(app, run.identityRun, ids),
    suppressedAmong(app, batch),
  ])
  const moment = sendingMoment(run.asOf, now)
  const refused = new Map<string, DeliveryReason>()
  for (const message of batch) {
    const { id, customerId, channel } = message
    const contacts = history.get(customerId) ?? []
    const isOffer = message.class === 'offer'
    const wishes = preferences.get(customerId)
    const country = countries.get(customerId) ?? ''
    const reason =
      suppressed.has(id) || listed.has(id)
        ? 'suppressed'
        : isOffer && consents.get(`${customerId}/${channel}`)?.granted !== true
          ? 'no-consent'
          : isOffer && inBlackout(policy, channel, contacts, run.asOf)
            ? 'blackout'
            : isOffer &&
                (overLimit(policy, message, contacts, run.asOf) || tooOften(wishes?.frequency, id, contacts, run.asOf))
              ? 'contact-limit'
              : isQuiet(policy, channel, country, moment) ||
                  isQuietFor(wishes?.quietHours, policy, channel, country, moment)
                ? 'quiet-hours'
                : undefined
    if (reason) refused.set(id, reason)
  }
  return refused
}

const before = (asOf: string, days: number): string =>
  new Date(Date.parse(`${asOf}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10)

/** A complaint closes the channels also when it came after the turn's date: it has come. */
const inBlackout = (policy: ContactPolicy, channel: string, contacts: readonly Contact[], asOf: string): boolean =>
  policy.blackouts.some(
    ({ after, days, channels }) =>
      (channels as string[]).includes(channel) &&
      contacts.some(({ type, day }) => type === after && day > before(asOf, days)),
  )

const overLimit = (
  policy: ContactPolicy,
  { id, channel }: AtGate,
  contacts: readonly Contact[],
  asOf: string,
): boolean =>
  policy.limits.some(({ channels, days, max }) => {
    if (!(channels as string[]).includes(channel)) return false
    const counted = contacts.filter(
      contact =>
        contact.type === 'sent' &&
        contact.class === 'offer' &&
        contact.communication_id !== id &&
        (channels as string[]).includes(contact.channel) &&
        contact.day > before(asOf, days) &&
        contact.day <= asOf,
    )
    return counted.length >= max
  })

/** Days over which a customer's own wish counts offers, by whatever channel. */
const WISH_DAYS = 30

const tooOften = (most: number | undefined, id: string, contacts: readonly Contact[], asOf: string): boolean =>
  most !== undefined &&
  contacts.filter(
    contact =>
      contact.type === 'sent' &&
      contact.class === 'offer' &&
      contact.communication_id !== id &&
      contact.day > before(asOf, WISH_DAYS) &&
      contact.day <= asOf,
  ).length >= most

async function historyOf(app: App, policy: ContactPolicy, ids: number[]): Promise<Map<number, Contact[]>> {
  const blackoutTypes = policy.blackouts.map(({ after }) => after)
  const rows = await app.facts.query<Contact & { customer_id: number }>(HISTORY_SQL, { ids, blackoutTypes })
  return Map.groupBy(rows, row => row.customer_id)
}

async function countriesOf(app: App, identityRun: number, ids: number[]): Promise<Map<number, string>> {
  const rows = await app.facts.query<{ customer_id: number; country: string }>(COUNTRIES_SQL, { identityRun, ids })
  return new Map(rows.map(row => [row.customer_id, row.country]))
}

async function suppressedAmong(app: App, batch: readonly AtGate[]): Promise<Set<string>> {
  const byHash = Map.groupBy(batch, ({ channel, address }) => addressHash(channel, address))
  const hashes = [...byHash.keys()]
  const found = new Set<string>()
  for (let from = 0; from < hashes.length; from += 5000) {
    const rows = await app.workflow.db
      .selectFrom('suppressions')
      .select(['channel', 'address_hash'])
      .where('address_hash', 'in', hashes.slice(from, from + 5000))
      .execute()
    for (const row of rows) for (const message of byHash.get(row.address_hash) ?? []) found.add(message.id)
  }
  return found
}
