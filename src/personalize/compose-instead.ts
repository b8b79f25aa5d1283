/** What did not arrive one way, composed for another: the same offer to the same customer, under a name of its own that is always the same. */
import { createHash } from 'node:crypto'
import { contactPolicy } from '../optimize/index.ts'
import type { App } from '../platform/app.ts'
import type { Outcome } from './compose/outcome.ts'
import { ledgerRows } from './compose-part.ts'
import { composers } from './composers.ts'
import { messageData } from './data/message-data.ts'
import type { ManifestRow } from './ledger.ts'
import { writePack } from './spool.ts'
import { liveTemplates } from './template-store.ts'

export type InsteadChannel = 'email' | 'sms' | 'print'

const KINDS: Record<InsteadChannel, string> = { email: 'email', sms: 'sms', print: 'letter' }

export const insteadId = (id: string, to: InsteadChannel): string =>
  createHash('sha256')
    .update(JSON.stringify(['instead', id, to]))
    .digest('hex')
    .slice(0, 32)

export interface InsteadRun {
  turnId: number
  asOf: string
  /** Of the ledger rows; a number no turn has. */
  runId: number
  identityRun: number
  partition: number
}

/** Returns how many were composed; the others are held in the ledger, with their reason. No template for it: none. */
export async function composeInstead(
  app: App,
  run: InsteadRun,
  originals: readonly ManifestRow[],
  to: InsteadChannel,
): Promise<number> {
  const kind = KINDS[to]
  const live = await liveTemplates(app)
  const template =
    live.find(({ content }) => content.id === kind) ?? live.find(({ content }) => content.manifest.kind === kind)
  if (!template || originals.length === 0) return 0
  const { currency } = await contactPolicy(app)
  const basis = { ...run, campaignRun: 0, composedRuns: [], planRun: 0, wave: 0, later: [] }
  const planned = originals.map(row => {
    const data = JSON.parse(row.data) as { product?: { code?: string } | null }
    return {
      id: insteadId(row.communication_id, to),
      customerId: row.customer_id,
      campaignId: 0,
      wave: 0,
      kind,
      offer: row.offer,
      productCode: data.product?.code ?? '',
      reason: '',
    }
  })
  const messages = await messageData(app, basis, planned, currency)
  const composed = await composers(app).compose(
    template.content,
    messages.map(({ data }) => data),
  )
  const outcomes = new Map<(typeof messages)[number], Outcome>(messages.map((message, at) => [message, composed[at]!]))
  const documents = messages.flatMap(message => {
    const outcome = outcomes.get(message)
    return outcome?.state === 'composed' ? [{ id: message.planned.id, bytes: outcome.bytes }] : []
  })
  await writePack(app, run.runId, run.partition, documents)
  await app.facts.insertColumns('communications', ledgerRows(run.runId, run.partition, template, messages, outcomes))
  return documents.length
}
