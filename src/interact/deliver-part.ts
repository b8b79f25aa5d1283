import { z } from 'zod'
import { bytesOf, composedOf, dropPack, type ManifestRow } from '../personalize/index.ts'
import type { App } from '../platform/app.ts'
import { defineJob } from '../platform/jobs/index.ts'
import { policyChannel, refusals } from './gate/gate.ts'
import { recordSettled } from './record-settled.ts'
import { transportOf } from './transports/index.ts'
import type { Outgoing } from './transports/transport.ts'

const partSchema = z.object({
  turnId: z.number(),
  asOf: z.string(),
  runId: z.number(),
  composeRun: z.number(),
  identityRun: z.number(),
  campaignRun: z.number(),
  partition: z.number(),
})
export type DeliverPart = z.infer<typeof partSchema>

/** One part of what was composed: gate, claim, send, settle. */
export const deliverPartJob = defineJob({
  name: 'interact.deliver-part',
  version: 1,
  schema: partSchema,
  concurrency: 2,
  retry: { limit: 3, delaySeconds: 2 },
  handle: (part, { services }) => deliverPart(services.app, part),
})

type Row = ManifestRow

export async function deliverPart(app: App, part: DeliverPart): Promise<void> {
  const rows: Row[] = await composedOf(app, part.composeRun, part.partition)
  const known = await statesOf(app, part.runId, rows)
  const open = rows.filter(row => known.get(row.communication_id) !== 'final')
  if (open.length > 0) {
    const claimed = await claim(app, part, open, known)
    await send(app, part, claimed)
  }
  // Also of what was settled before a kill: whoever was reached is known to have been, by ids that make it once.
  await recordSettled(app, part, rows)
  await dropPack(app, part.composeRun, part.partition)
}

/** What the ledger says already: final (settled, refused, failed) or claimed. */
async function statesOf(app: App, runId: number, rows: readonly Row[]): Promise<Map<string, 'claimed' | 'final'>> {
  const found = await app.facts.query<{ id: string; final: number }>(
    `SELECT communication_id AS id, max(state != 'claimed') AS final FROM deliveries
     WHERE run_id = {runId:UInt64} AND customer_id IN {customers:Array(UInt64)} AND communication_id IN {ids:Array(String)}
     GROUP BY communication_id`,
    { runId, customers: rows.map(row => row.customer_id), ids: rows.map(row => row.communication_id) },
  )
  return new Map(found.map(({ id, final }) => [id, final === 1 ? 'final' : 'claimed']))
}

/**
 * Refusals and claims go into the ledger as one block before anything is sent. What a killed process had claimed is not asked
 * at the gate again: it may be on its way already, and the transport knows.
 */
async function claim(app: App, part: DeliverPart, open: Row[], known: ReadonlyMap<string, string>): Promise<Row[]> {
  const fresh = open.filter(row => !known.has(row.communication_id))
  const refused = await refusals(
    app,
    part,
    fresh.map(row => ({
      id: row.communication_id,
      customerId: row.customer_id,
      channel: policyChannel(row.channel),
      class: row.class,
      address: row.address,
    })),
  )
  await record(
    app,
    part,
    fresh.map(row => {
      const reason = refused.get(row.communication_id)
      return { row, state: reason ? 'refused' : 'claimed', reason: reason ?? '', receipt: '' }
    }),
  )
  return open.filter(row => !refused.has(row.communication_id))
}

async function send(app: App, part: DeliverPart, rows: Row[]): Promise<void> {
  if (rows.length === 0) return
  const bytes = await bytesOf(app, part.composeRun, part.partition, rows)
  const batch = rows.map(
    (row): Outgoing => ({
      id: row.communication_id,
      customerId: row.customer_id,
      address: row.address,
      kind: row.kind,
      offer: row.offer,
      language: row.language,
      bytes: bytes.get(row.communication_id)!,
      sha256: row.sha256,
      pages: row.pages,
      segments: row.segments,
    }),
  )
  const receipts = await transportOf(rows[0]!.channel).deliver({ app, ...part }, batch)
  const byId = new Map(receipts.map(receipt => [receipt.id, receipt]))
  await record(
    app,
    part,
    rows.map(row => {
      const receipt = byId.get(row.communication_id)
      return {
        row,
        state: receipt?.state ?? 'failed',
        reason: receipt?.reason ?? 'no-receipt',
        receipt: receipt?.receipt ?? '',
      }
    }),
  )
}

interface Entry {
  row: Row
  state: string
  reason: string
  receipt: string
}

async function record(app: App, part: DeliverPart, entries: readonly Entry[]): Promise<void> {
  if (entries.length === 0) return
  const text = 'LowCardinality(String)'
  const at = new Date()
  const column = (type: string, value: (entry: Entry) => unknown) => ({ type, values: entries.map(value) })
  await app.facts.insertColumns('deliveries', {
    run_id: column('UInt64', () => part.runId),
    communication_id: column('FixedString(32)', ({ row }) => row.communication_id),
    customer_id: column('UInt64', ({ row }) => row.customer_id),
    channel: column(text, ({ row }) => row.channel),
    state: column(text, ({ state }) => state),
    reason: column(text, ({ reason }) => reason),
    transport: column(text, ({ row }) => transportOf(row.channel).name),
    receipt: column('String', ({ receipt }) => receipt),
    attempt: column('UInt16', () => 1),
    at: column("DateTime64(3, 'UTC')", () => at),
  })
}
