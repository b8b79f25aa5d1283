/** Asked at the moment of sending: which messages a suppression list stops, and which list. */
import type { App } from '../../../platform/app.ts'
import { type KeyKind, keyOf } from './keys.ts'
import { LISTED_KEYS_SQL, suppressedCustomersSql } from './suppressed-sql.ts'

export interface ToSend {
  id: string
  customerId: number
  channel: 'email' | 'sms' | 'call' | 'letter'
  /** Service and legal mail is stopped only by lists that say so. */
  class: string
  address: string
}

const KINDS: Record<ToSend['channel'], KeyKind[]> = {
  email: ['email'],
  sms: ['phone', 'phone-digits', 'phone-national'],
  call: ['phone', 'phone-digits', 'phone-national'],
  letter: ['address'],
}

/** Message id → list. Both whom it is for and where it goes are looked up: the address may be an older one. */
export async function stoppedByLists(
  app: Pick<App, 'facts'>,
  identityRun: number,
  messages: readonly ToSend[],
): Promise<Map<string, string>> {
  if (messages.length === 0) return new Map()
  const keys = new Map<string, { message: ToSend; kind: string }[]>()
  for (const message of messages)
    for (const kind of KINDS[message.channel]) {
      const key = keyOf(kind, message.address, false)
      if (key === '') continue
      const its = keys.get(key)
      if (its) its.push({ message, kind })
      else keys.set(key, [{ message, kind }])
    }
  const [people, places] = await Promise.all([
    app.facts.query<{ customer_id: number; closed: string[]; closed_to_service: string[]; lists: string[] }>(
      suppressedCustomersSql('run_id', 'customer_id IN {ids:Array(UInt64)}'),
      { run_id: identityRun, ids: [...new Set(messages.map(message => message.customerId))] },
    ),
    listedKeys(app, [...keys.keys()]),
  ])
  const stopped = new Map<string, string>()
  for (const { kind, key, list, channels, service } of places)
    for (const its of keys.get(key) ?? [])
      if (
        its.kind === kind &&
        channels.includes(its.message.channel) &&
        (service === 1 || its.message.class === 'offer')
      )
        stopped.set(its.message.id, list)
  const byCustomer = new Map(people.map(row => [row.customer_id, row]))
  for (const message of messages) {
    const row = byCustomer.get(message.customerId)
    const closed = message.class === 'offer' ? row?.closed : row?.closed_to_service
    if (closed?.includes(message.channel)) stopped.set(message.id, row!.lists.join(', '))
  }
  return stopped
}

interface Listed {
  kind: string
  key: string
  list: string
  channels: string[]
  service: number
}

/** A statement's parameters hold a megabyte, a key 67 bytes of it. */
const AT_A_TIME = 8000

export async function listedKeys(app: Pick<App, 'facts'>, keys: readonly string[]): Promise<Listed[]> {
  const found: Listed[] = []
  for (let from = 0; from < keys.length; from += AT_A_TIME)
    found.push(...(await app.facts.query<Listed>(LISTED_KEYS_SQL, { keys: keys.slice(from, from + AT_A_TIME) })))
  return found
}
