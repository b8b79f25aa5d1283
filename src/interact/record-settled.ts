import { recordEvents } from '../collect/index.ts'
import { contactPolicy } from '../optimize/index.ts'
import type { ManifestRow } from '../personalize/index.ts'
import type { App } from '../platform/app.ts'
import { policyChannel } from './gate/gate.ts'

interface Settled {
  id: string
  at: string
}

/**
 * The event `sent` of every settled message of a part: the contact history that plans and gates read. Calls are recorded when
 * they are made; a task in a list has reached nobody.
 */
export async function recordSettled(
  app: App,
  run: { runId: number; asOf: string },
  rows: readonly ManifestRow[],
): Promise<void> {
  const settled = new Map(
    (
      await app.facts.query<Settled>(
        `SELECT communication_id AS id, max(at) AS at FROM deliveries
         WHERE run_id = {runId:UInt64} AND state = 'settled' AND customer_id IN {customers:Array(UInt64)}
           AND communication_id IN {ids:Array(String)}
         GROUP BY communication_id`,
        { runId: run.runId, customers: rows.map(row => row.customer_id), ids: rows.map(row => row.communication_id) },
      )
    ).map(row => [row.id, row.at]),
  )
  const channels: Record<string, { unit_cost_minor: number } | undefined> = (await contactPolicy(app)).channels
  // What the policy says one contact of that way costs: an offer in a bill goes with the bill.
  const costOf = ({ kind, channel }: ManifestRow): number | undefined =>
    channels[kind === 'bill' && channel === 'print' ? 'bill' : policyChannel(channel)]?.unit_cost_minor
  await recordEvents(
    app,
    rows
      .filter(row => settled.has(row.communication_id))
      .map(row => ({
        eventId: `sent:${row.communication_id}`,
        customerId: row.customer_id,
        type: 'sent',
        channel: policyChannel(row.channel),
        at: settled.get(row.communication_id)!,
        communicationId: row.communication_id,
        payload: { asOf: run.asOf, class: row.class, offer: row.offer, kind: row.kind, costMinor: costOf(row) },
      })),
  )
}
