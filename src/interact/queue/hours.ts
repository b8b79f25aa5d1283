/** Which messages may go at this hour, and how long the others wait: the channel's own hours, in the customer's zone. */
import { contactPolicy } from '../../optimize/index.ts'
import type { App } from '../../platform/app.ts'
import { sendingMoment } from '../gate/quiet-hours.ts'
import type { DeliverySettings } from './settings.ts'
import { untilOpen, zoneOf } from './window.ts'

const COUNTRIES = `SELECT customer_id, toString(country) AS country FROM golden_records
WHERE run_id = {identityRun:UInt64} AND customer_id IN {ids:Array(UInt64)}`

interface Waiting {
  /** Customer → milliseconds until the hours begin. */
  waits: Map<number, number>
}

export async function hoursOf(
  app: App,
  run: { identity_run: number; as_of: string },
  settings: DeliverySettings,
  channel: string,
  customers: readonly number[],
  now = new Date(),
): Promise<Waiting> {
  const hours = settings.hours[channel as keyof DeliverySettings['hours']]
  const moment = sendingMoment(run.as_of, now)
  // A replayed turn has no hour of its own.
  if (!hours || hours.from === hours.to || !('clock' in moment)) return { waits: new Map() }
  const [policy, rows] = await Promise.all([
    contactPolicy(app),
    app.facts.query<{ customer_id: number; country: string }>(COUNTRIES, {
      identityRun: run.identity_run,
      ids: [...new Set(customers)],
    }),
  ])
  const countries = new Map(rows.map(row => [row.customer_id, row.country]))
  const byZone = new Map<string, number>()
  const waits = new Map<number, number>()
  for (const customer of customers) {
    const zone = zoneOf(policy, countries.get(customer) ?? '', hours.zone)
    const wait = byZone.get(zone) ?? untilOpen(hours, zone, moment.clock)
    byZone.set(zone, wait)
    if (wait > 0) waits.set(customer, wait)
  }
  return { waits }
}
