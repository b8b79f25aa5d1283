/** Messages of which nobody knows whether they went out: a person looks at each, or at all of one kill, and decides. */
import { recordEvents } from '../../collect/index.ts'
import type { App } from '../../platform/app.ts'
import { addressees } from '../answers/of-communication.ts'
import { policyChannel } from '../gate/gate.ts'
import { type DeliveryStateName, LATEST, record } from '../queue/ledger.ts'
import { keepCounts } from '../queue/run-counts.ts'
import { sendQueued } from '../queue/send-jobs.ts'

export interface Uncertain {
  id: string
  run_id: number
  partition: number
  customer_id: number
  channel: string
  kind: string
  transport: string
  holds: string
  why: string
  tries: number
  last: string
}

/** Only of messages that were uncertain once: few, whatever the ledger holds. */
const UNCERTAIN = `
SELECT communication_id AS id, run_id, any(customer_id) AS customer_id, toString(any(channel)) AS channel,
  toString(argMax(transport, ${LATEST})) AS transport, toString(argMax(state, ${LATEST})) AS holds,
  toString(argMax(reason, ${LATEST})) AS why, max(attempt) AS tries, max(at) AS last
FROM deliveries
WHERE communication_id IN (SELECT communication_id FROM deliveries WHERE state = 'uncertain')
  AND (empty({ids:Array(String)}) OR communication_id IN {ids:Array(String)})
GROUP BY run_id, communication_id
HAVING holds = 'uncertain'`

export async function countUncertain(app: Pick<App, 'facts'>): Promise<number> {
  const { total } = await app.facts.one<{ total: number }>(`SELECT count() AS total FROM (${UNCERTAIN})`, { ids: [] })
  return total
}

const rowsOf = (
  app: Pick<App, 'facts'>,
  { ids = [], offset = 0, limit = 1000 }: { ids?: string[]; offset?: number; limit?: number },
): Promise<Uncertain[]> =>
  app.facts.query<Uncertain>(
    `SELECT * FROM (${UNCERTAIN}) ORDER BY last DESC, id LIMIT {limit:UInt32} OFFSET {offset:UInt32}`,
    { ids, offset, limit },
  )

export async function listUncertain(app: App, page: { offset: number; limit: number }) {
  const [total, rows] = await Promise.all([countUncertain(app), rowsOf(app, page)])
  const known = await addressees(
    app,
    rows.map(row => row.id),
  )
  return {
    total,
    rows: rows.map(row => ({
      communicationId: row.id,
      customerId: row.customer_id,
      channel: row.channel,
      kind: known.get(row.id)?.kind ?? row.channel,
      reason: row.why,
      at: row.last,
    })),
  }
}

export type Decision = 'sent' | 'again' | 'give-up'

const STATE: Record<Decision, DeliveryStateName> = { sent: 'settled', again: 'deferred', 'give-up': 'failed' }

/** Returns of how many it was decided; the others are not uncertain any more. */
export async function decideUncertain(app: App, ids: string[], decision: Decision): Promise<number> {
  const rows = await rowsOf(app, { ids })
  if (rows.length === 0) return 0
  for (const [runId, own] of Map.groupBy(rows, row => row.run_id)) {
    await record(
      app,
      runId,
      own.map(row => ({
        communicationId: row.id,
        customerId: row.customer_id,
        channel: row.channel,
        state: STATE[decision],
        reason: 'by-person',
        transport: row.transport,
        receipt: '',
        attempt: row.tries,
      })),
    )
    await correctParts(app, runId, own, decision)
    await keepCounts(app, runId)
  }
  if (decision === 'sent') await noteSent(app, rows)
  if (decision === 'again') await sendQueued(app)
  return rows.length
}

async function correctParts(app: App, runId: number, rows: readonly Uncertain[], decision: Decision): Promise<void> {
  const partitions = await app.facts.query<{ id: string; partition: number }>(
    'SELECT communication_id AS id, any(partition) AS partition FROM communications WHERE communication_id IN {ids:Array(FixedString(32))} GROUP BY id',
    { ids: rows.map(row => row.id) },
  )
  for (const [partition, own] of Map.groupBy(partitions, row => row.partition))
    await app.workflow.db
      .updateTable('delivery_parts')
      .set(eb => ({
        uncertain: eb.fn<number>('greatest', [eb('uncertain', '-', own.length), eb.val(0)]),
        ...(decision === 'sent' ? { settled: eb('settled', '+', own.length) } : {}),
        ...(decision === 'give-up' ? { failed: eb('failed', '+', own.length) } : {}),
        ...(decision === 'again' ? { state: 'waiting' as const, next_at: new Date(), done_at: null } : {}),
      }))
      .where('run_id', '=', runId)
      .where('partition', '=', partition)
      .execute()
}

/** Counts as a contact, as every message that went out. */
async function noteSent(app: App, rows: readonly Uncertain[]): Promise<void> {
  const known = await addressees(
    app,
    rows.map(row => row.id),
  )
  const days = await app.workflow.db
    .selectFrom('delivery_parts')
    .select(['run_id', 'as_of'])
    .distinct()
    .where('run_id', 'in', [...new Set(rows.map(row => row.run_id))])
    .execute()
  const asOf = new Map(days.map(row => [row.run_id, row.as_of]))
  await recordEvents(
    app,
    rows.flatMap(row => {
      const to = known.get(row.id)
      if (!to) return []
      return [
        {
          eventId: `sent:${row.id}`,
          customerId: to.customer_id,
          type: 'sent',
          channel: policyChannel(to.channel),
          at: new Date(row.last),
          communicationId: row.id,
          payload: {
            asOf: asOf.get(row.run_id) ?? row.last.slice(0, 10),
            class: to.class,
            offer: to.offer,
            kind: to.kind,
          },
        },
      ]
    }),
  )
}
