import { z } from 'zod'
import { bytesOf, composedOf, dropPack, type ManifestRow } from '../personalize/index.ts'
import type { App } from '../platform/app.ts'
import { defineJob } from '../platform/jobs/index.ts'
import { refusals } from './gate/gate.ts'
import { atGate } from './queue/at-gate.ts'
import { type DeliveryStateName, FINAL, type Known, knownStates, record } from './queue/ledger.ts'
import { recordSettled } from './record-settled.ts'
import type { Outgoing, Transport } from './transports/transport.ts'
import { transportFor } from './transports/transport-for.ts'

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

/** One part of what was composed, by a transport of this house: gate, claim, send, settle. */
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
  const known = await knownStates(app, part.runId, rows)
  const open = rows.filter(row => !FINAL.has(known.get(row.communication_id)?.state ?? ''))
  if (open.length > 0) {
    const transport = await transportFor(app, rows[0]!.channel)
    const claimed = await claim(app, part, transport, open, known)
    await send(app, part, transport, claimed)
  }
  // Also of what was settled before a kill: whoever was reached is known to have been, by ids that make it once.
  await recordSettled(app, part, rows)
  await dropPack(app, part.composeRun, part.partition)
}

/**
 * Refusals and claims go into the ledger as one block before anything is sent. What a killed process had claimed is not asked
 * at the gate again: it may be on its way already, and the transport knows.
 */
async function claim(
  app: App,
  part: DeliverPart,
  transport: Transport,
  open: Row[],
  known: ReadonlyMap<string, Known>,
): Promise<Row[]> {
  const fresh = open.filter(row => !known.has(row.communication_id))
  const refused = await refusals(app, part, fresh.map(atGate))
  await note(
    app,
    part,
    transport,
    fresh.map(row => {
      const reason = refused.get(row.communication_id)
      return { row, state: reason ? 'refused' : 'claimed', reason: reason ?? '', receipt: '' }
    }),
  )
  return open.filter(row => !refused.has(row.communication_id))
}

async function send(app: App, part: DeliverPart, transport: Transport, rows: Row[]): Promise<void> {
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
  const receipts = await transport.deliver({ app, ...part }, batch)
  const byId = new Map(receipts.map(receipt => [receipt.id, receipt]))
  await note(
    app,
    part,
    transport,
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
  state: DeliveryStateName
  reason: string
  receipt: string
}

const note = (app: App, part: DeliverPart, transport: Transport, entries: readonly Entry[]): Promise<void> =>
  record(
    app,
    part.runId,
    entries.map(({ row, state, reason, receipt }) => ({
      communicationId: row.communication_id,
      customerId: row.customer_id,
      channel: row.channel,
      state,
      reason,
      transport: transport.name,
      receipt,
      attempt: 1,
    })),
  )
