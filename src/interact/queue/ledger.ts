/** The ledger of deliveries: rows are only added. Of one message the row of the last attempt holds, and in it what came after the claim. */
import type { App } from '../../platform/app.ts'

export type DeliveryStateName = 'claimed' | 'deferred' | 'settled' | 'refused' | 'failed' | 'uncertain'

export interface LedgerEntry {
  communicationId: string
  customerId: number
  channel: string
  state: DeliveryStateName
  reason: string
  transport: string
  receipt: string
  attempt: number
  at?: Date
}

/** What holds, over rows of one message: an SQL tuple to take the argMax by. */
export const LATEST = "(attempt, state != 'claimed', at)"

/** Neither begun nor to be begun again by itself. */
export const FINAL: ReadonlySet<string> = new Set(['settled', 'refused', 'failed', 'uncertain'])

export interface Known {
  state: DeliveryStateName
  attempt: number
}

export async function knownStates(
  app: Pick<App, 'facts'>,
  runId: number,
  rows: readonly { communication_id: string; customer_id: number }[],
): Promise<Map<string, Known>> {
  const found = await app.facts.query<{ id: string; holds: DeliveryStateName; tries: number }>(
    `SELECT communication_id AS id, toString(argMax(state, ${LATEST})) AS holds, max(attempt) AS tries FROM deliveries
     WHERE run_id = {runId:UInt64} AND customer_id IN {customers:Array(UInt64)} AND communication_id IN {ids:Array(String)}
     GROUP BY communication_id`,
    { runId, customers: rows.map(row => row.customer_id), ids: rows.map(row => row.communication_id) },
  )
  return new Map(found.map(({ id, holds, tries }) => [id, { state: holds, attempt: tries }]))
}

export async function record(
  app: Pick<App, 'facts'>,
  runId: number,
  entries: readonly LedgerEntry[],
  durable = false,
): Promise<void> {
  if (entries.length === 0) return
  const text = 'LowCardinality(String)'
  const now = new Date()
  const column = (type: string, value: (entry: LedgerEntry) => unknown) => ({ type, values: entries.map(value) })
  const settings = durable ? { settings: { fsync_after_insert: 1 } } : {}
  await app.facts.insertColumns(
    'deliveries',
    {
      run_id: column('UInt64', () => runId),
      communication_id: column('FixedString(32)', entry => entry.communicationId),
      customer_id: column('UInt64', entry => entry.customerId),
      channel: column(text, entry => entry.channel),
      state: column(text, entry => entry.state),
      reason: column(text, entry => entry.reason.slice(0, 120)),
      transport: column(text, entry => entry.transport),
      receipt: column('String', entry => entry.receipt.slice(0, 500)),
      attempt: column('UInt16', entry => entry.attempt),
      at: column("DateTime64(3, 'UTC')", entry => entry.at ?? now),
    },
    settings,
  )
}
