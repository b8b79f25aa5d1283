/** By which way a customer may be told something of the house's service now: suppression, wishes and quiet hours are asked at this moment. */
import { type CustomerContact, customerContacts, preferencesOf } from '../../collect/index.ts'
import type { App } from '../../platform/app.ts'
import { type AtGate, refusals } from '../gate/gate.ts'

export type Way = { channel: 'email' | 'sms'; address: string; contact: CustomerContact; language: string }
/** `later`: an hour that the customer or the policy keeps quiet. */
export type WayFound = Way | 'later' | { nobody: string }

/** `only`: a message that was begun by one channel goes on by that one. */
export async function wayTo(app: App, customerId: number, only = '', now = new Date()): Promise<WayFound> {
  const identityRun = await app.runs.latest('identity')
  if (identityRun === null) return { nobody: 'no-customer' }
  const [contacts, preferences] = await Promise.all([
    customerContacts(app, identityRun, [customerId]),
    preferencesOf(app, identityRun, [customerId]),
  ])
  const contact = contacts.get(customerId)
  if (!contact) return { nobody: 'no-customer' }
  const wish = preferences.get(customerId)
  const ways = (['email', 'sms'] as const)
    .toSorted((a, b) => Number(b === wish?.preferredChannel) - Number(a === wish?.preferredChannel))
    .map(channel => ({ channel, address: channel === 'email' ? contact.email : contact.mobile }))
    .filter(({ channel, address }) => address !== '' && (only === '' || channel === only))
  const gates = ways.map((way): AtGate => ({ ...way, id: way.channel, customerId, class: 'service' }))
  const refused = await refusals(app, { identityRun, asOf: now.toISOString().slice(0, 10) }, gates, now)
  const open = ways.find(({ channel }) => !refused.has(channel))
  if (open) return { ...open, contact, language: wish?.language || contact.language }
  const reasons = [...refused.values()]
  return reasons.includes('quiet-hours') ? 'later' : { nobody: reasons[0] ?? 'no-address' }
}
