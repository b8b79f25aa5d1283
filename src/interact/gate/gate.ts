import { preferencesOf, standingConsents, stoppedByLists } from '../../collect/index.ts'
import {
  type ContactPolicy,
  contactKinds,
  contactPolicy,
  offers,
  type Refusal,
  refusedByPolicy,
} from '../../optimize/index.ts'
import { withoutPaperConsent } from '../../personalize/index.ts'
import type { App } from '../../platform/app.ts'
import { addressHash } from './address-hash.ts'
import { COUNTRIES_SQL } from './countries-sql.ts'
import { isQuiet, isQuietFor, sendingMoment } from './quiet-hours.ts'
import type { DeliveryReason } from './reasons.ts'

/** A message at the gate; channel as the policy names it (letter, not print). */
export interface AtGate {
  id: string
  customerId: number
  channel: 'letter' | 'email' | 'sms' | 'call' | 'portal' | 'kiosk'
  class: string
  /** Of communication; a bill on a screen needs the consent to electronic papers. */
  kind?: string
  /** Of the offer it makes; '' for none. */
  offer?: string
  address: string
}

const policyChannels: Record<string, AtGate['channel']> = {
  print: 'letter',
  email: 'email',
  sms: 'sms',
  call: 'call',
  portal: 'portal',
  kiosk: 'kiosk',
}
/** What waits in the portal or at a kiosk goes to nobody: no hour is too late for it, and it is no contact the policy counts. */
type GoingOut = AtGate & { channel: ContactChannel }
type ContactChannel = Exclude<AtGate['channel'], 'portal' | 'kiosk'>
const goesOut = (message: AtGate): message is GoingOut => message.channel !== 'portal' && message.channel !== 'kiosk'

export const policyChannel = (channel: string): AtGate['channel'] => policyChannels[channel] ?? 'letter'

/**
 * Asked at the moment of sending, not of planning: which of the messages must not go, and why. What the contact policy forbids is
 * judged by optimize with the functions that planned it; service and legal mail is exempt unless the policy says otherwise and
 * needs no consent; suppression and quiet hours hold for everything. Consent and wishes come straight from the ledger, so what was
 * taken back a second ago counts.
 */
export async function refusals(
  app: App,
  run: { identityRun: number; asOf: string },
  all: readonly AtGate[],
  now = new Date(),
): Promise<Map<string, DeliveryReason>> {
  const batch = all.filter(goesOut)
  const ids = [...new Set(batch.map(({ customerId }) => customerId))]
  const [policy, known] = await Promise.all([contactPolicy(app), offers(app)])
  const [consents, preferences, listed, countries, suppressed, onPaper] = await Promise.all([
    standingConsents(app, run.identityRun, ids),
    preferencesOf(app, run.identityRun, ids),
    stoppedByLists(app, run.identityRun, batch),
    countriesOf(app, run.identityRun, ids),
    suppressedAmong(app, batch),
    withoutPaperConsent(app, run.identityRun, all),
  ])
  const refused = new Map<string, DeliveryReason>()
  for (const id of onPaper) refused.set(id, 'no-paper-consent')
  for (const { id, customerId, channel, class: kind } of batch)
    if (suppressed.has(id) || listed.has(id)) refused.set(id, 'suppressed')
    else if (
      kind === 'offer' &&
      !mayOffer(policy, channel, consents.get(`${customerId}/${policy.channels[channel]?.consent ?? channel}`)?.granted)
    )
      refused.set(id, 'no-consent')
  const moment = sendingMoment(run.asOf, now)
  for (const { id, customerId, channel } of batch) {
    const country = countries.get(customerId) ?? ''
    const wish = preferences.get(customerId)?.quietHours
    if (refused.has(id)) continue
    if (isQuiet(policy, channel, country, moment) || isQuietFor(wish, policy, channel, country, moment))
      refused.set(id, 'quiet-hours')
  }
  // Last, so that only what may go otherwise counts against what comes behind it.
  const forbidden = await refusedByPolicy(
    app,
    { policy, offers: known, identityRun: run.identityRun, asOf: run.asOf },
    batch
      .filter(({ id }) => !refused.has(id))
      .map(({ id, customerId, channel, class: kind, offer = '' }) => ({
        id,
        customerId,
        channel,
        kind: contactKinds.find(k => k === kind) ?? 'offer',
        offer,
      })),
    preferences,
  )
  for (const [id, { rule }] of forbidden) refused.set(id, reasonOf[rule])
  return refused
}

/** A channel with a consent of its own needs it said; one without is open to whoever did not refuse. */
const mayOffer = (policy: ContactPolicy, channel: ContactChannel, granted: boolean | undefined): boolean =>
  policy.channels[channel]?.consent === null ? granted !== false : granted === true

const reasonOf: Record<Refusal['rule'], DeliveryReason> = {
  limit: 'contact-limit',
  blackout: 'blackout',
  quiet: 'quiet-period',
  complaint: 'complaint',
  'service-first': 'service-first',
  'own-wish': 'own-wish',
  'preferred-channel': 'preferred-channel',
  offer: 'other-offer',
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
