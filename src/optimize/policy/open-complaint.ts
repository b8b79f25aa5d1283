import { randomUUID } from 'node:crypto'
import { recordEvents } from '../../collect/index.ts'
import type { App } from '../../platform/app.ts'
import { optimizeErrors } from '../errors.ts'
import { contactPolicy } from '../settings.ts'

export interface Complaint {
  /** The last complaint; null: there was none. */
  at: string | null
  /** No word came after it that it is settled. */
  open: boolean
  /** Last day on which it keeps offers away even though it is settled; null: it does not. */
  quietUntil: string | null
}

const LAST = `
SELECT
  toString(toDate(maxIf(at, type = 'complaint'))) AS day,
  countIf(type = 'complaint') AS complaints,
  maxIf(at, type = 'complaint') > maxIf(at, has({resolvedBy:Array(String)}, type)) AS open
FROM events FINAL
WHERE customer_id = {customer:UInt64} AND (type = 'complaint' OR has({resolvedBy:Array(String)}, type))`

/** Where a customer's complaint stands, as the contact policy in force looks at it. */
export async function complaintOf(app: App, customer: number): Promise<Complaint> {
  const { complaints } = await contactPolicy(app)
  const {
    day,
    complaints: n,
    open,
  } = await app.facts.one<{ day: string; complaints: number; open: number }>(LAST, {
    customer,
    resolvedBy: complaints?.resolved_by ?? RESOLVED,
  })
  if (n === 0) return { at: null, open: false, quietUntil: null }
  const until = new Date(Date.parse(`${day}T00:00:00Z`) + ((complaints?.days ?? 0) - 1) * 86_400_000)
  const quiet = complaints !== undefined && until.getTime() >= Date.now() - 86_400_000
  return { at: day, open: open === 1, quietUntil: quiet ? until.toISOString().slice(0, 10) : null }
}

const RESOLVED = ['complaint-resolved']

/** Somebody settled it with the customer: an event like any other, so offers start again as the policy says. */
export async function resolveComplaint(app: App, customer: number, note: string, userId: number): Promise<Complaint> {
  const before = await complaintOf(app, customer)
  if (!before.open) throw optimizeErrors['optimize.no-open-complaint']({ customer })
  const { complaints } = await contactPolicy(app)
  await recordEvents(app, [
    {
      eventId: `resolved:${randomUUID()}`,
      customerId: customer,
      type: complaints?.resolved_by[0] ?? RESOLVED[0]!,
      at: new Date(),
      actor: String(userId),
      payload: { note },
    },
  ])
  return complaintOf(app, customer)
}
