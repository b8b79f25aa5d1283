/** What did not arrive one way, composed for another: the same offer to the same customer, under a name of its own that is always the same. */
import { createHash } from 'node:crypto'
import { contactPolicy } from '../optimize/index.ts'
import type { App } from '../platform/app.ts'
import { type ComposedDocument, writeLedger } from './archive/write-ledger.ts'
import type { Data } from './compose/check-data.ts'
import { documentsOf, ledgerRows } from './compose-part.ts'
import { composers } from './composers.ts'
import { messageData } from './data/message-data.ts'
import { kinds } from './kinds/kind-store.ts'
import { templateOf } from './kinds/template-of.ts'
import { carriedBy, withDocument } from './kinds/with-document.ts'
import type { ManifestRow } from './ledger.ts'
import { linkSettings } from './links/link-settings.ts'
import type { Planned } from './plan/planned.ts'
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

/**
 * Returns how many were composed; the others are held in the ledger, with their reason. A kind that goes this way too (a bill whose
 * e-mail came back, by post) says the very same; an offer message is made anew from what is known of the customer. No template: none.
 */
export async function composeInstead(
  app: App,
  run: InsteadRun,
  originals: readonly ManifestRow[],
  to: InsteadChannel,
): Promise<number> {
  if (originals.length === 0) return 0
  const [live, all, { currency }, { publicUrl }] = await Promise.all([
    liveTemplates(app),
    kinds(app),
    contactPolicy(app),
    linkSettings(app),
  ])
  const goesToo = (code: string) => all.some(kind => kind.code === code && kind.ways.some(way => way.channel === to))
  const basis = { ...run, campaignRun: 0, composedRuns: [], planRun: 0, wave: 0, later: [] }
  const documents: ComposedDocument[] = []
  const ledger: Parameters<typeof ledgerRows>[] = []
  for (const [kind, rows] of Map.groupBy(originals, row => (goesToo(row.kind) ? row.kind : KINDS[to]))) {
    if (!live.some(({ content: { manifest } }) => manifest.channel === to && (manifest.kind === kind || goesToo(kind))))
      continue
    const template = templateOf(all, live, kind, to)
    const carried = carriedBy(
      live,
      all.find(({ code }) => code === kind),
      template.content,
      publicUrl,
    )
    const { manifest, rules } = template.content
    const wanted = { manifest, carried, rules }
    const made = await messageData(
      app,
      basis,
      rows.map(row => plannedInstead(row, kind, to)),
      currency,
      wanted,
    )
    const messages = made.map((message, at) =>
      rows[at]!.kind === kind ? { ...message, data: sameContent(message.data, rows[at]!) } : message,
    )
    const composed = await composers(app).compose(
      await withDocument(app, template.content, carried),
      messages.map(({ data }) => data),
    )
    const outcomes = new Map(messages.map((message, at) => [message, composed[at]!] as const))
    documents.push(...documentsOf(messages, outcomes))
    ledger.push([run.runId, run.partition, template, messages, outcomes])
  }
  await writePack(app, run.runId, run.partition, documents)
  for (const rows of ledger) await writeLedger(app, ledgerRows(...rows), documents)
  return documents.length
}

function plannedInstead(row: ManifestRow, kind: string, channel: InsteadChannel): Planned {
  const data = JSON.parse(row.data) as { product?: { code?: string } | null }
  return {
    id: insteadId(row.communication_id, channel),
    customerId: row.customer_id,
    campaignId: 0,
    wave: 0,
    kind,
    channel,
    copy: false,
    offer: row.offer,
    productCode: data.product?.code ?? '',
    reason: '',
    why: `${channel}:instead`,
  }
}

/** What it says is what was sent; whom and how it reaches is of today. */
const sameContent = (today: Data, row: ManifestRow): Data => {
  const { document: _, links: __, ...sent } = JSON.parse(row.data) as Data
  const { id, to, document, links } = today
  return { ...sent, id, to, ...(document ? { document } : {}), ...(links ? { links } : {}) }
}
