import { availableParallelism } from 'node:os'
import { z } from 'zod'
import type { App } from '../platform/app.ts'
import { defineJob } from '../platform/jobs/index.ts'
import type { ColumnData } from '../platform/stores/facts/index.ts'
import { type ComposedDocument, writeLedger } from './archive/write-ledger.ts'
import { engineOf, fontsOf } from './compose/engine.ts'
import { type HoldReason, held, type Outcome } from './compose/outcome.ts'
import { composers } from './composers.ts'
import { type Message, messageData } from './data/message-data.ts'
import { carriedSchema, withDocument } from './kinds/with-document.ts'
import { basisSchema, partRange, planned } from './plan/planned.ts'
import { writePack } from './spool.ts'
import { type StoredVersion, templateVersion } from './template-store.ts'

const partSchema = z.object({
  basis: basisSchema,
  currency: z.string(),
  template: z.string(),
  version: z.number(),
  partition: z.number(),
  part: partRange,
  /** What its e-mails carry or lead to. */
  document: carriedSchema.optional(),
})
export type ComposePart = z.infer<typeof partSchema>

/** One part of the plan: composed, its bytes spooled, its rows in the ledger in one block, so all of them or none. */
export const composePartJob = defineJob({
  name: 'personalize.compose-part',
  version: 1,
  schema: partSchema,
  // One more than the threads that compose: the next part's data are read meanwhile.
  concurrency: Math.min(8, availableParallelism()) + 1,
  retry: { limit: 3, delaySeconds: 2 },
  handle: (part, { services }) => composePart(services.app, part),
})

export async function composePart(
  app: App,
  { basis, currency, template, version, partition, part, document }: ComposePart,
): Promise<void> {
  if (await isWritten(app, basis.runId, partition)) return
  const stored = await templateVersion(app, template, version)
  const { manifest, rules } = stored.content
  const rows = await planned(app, basis, part)
  const messages = await messageData(app, basis, rows, currency, { manifest, carried: document, rules })
  const possible = messages.filter(({ planned: { reason } }) => reason === '')
  const composed = await composers(app).compose(
    await withDocument(app, stored.content, document),
    possible.map(({ data }) => data),
  )
  const outcomes = new Map<Message, Outcome>(possible.map((message, index) => [message, composed[index]!]))
  for (const message of messages)
    if (!outcomes.has(message)) outcomes.set(message, held(message.planned.reason as HoldReason, ''))
  const documents = documentsOf(possible, outcomes)
  await writePack(app, basis.runId, partition, documents)
  await writeLedger(app, ledgerRows(basis.runId, partition, stored, messages, outcomes), documents)
}

export const documentsOf = (
  messages: readonly Message[],
  outcomes: ReadonlyMap<Message, Outcome>,
): ComposedDocument[] =>
  messages.flatMap(message => {
    const outcome = outcomes.get(message)
    return outcome?.state === 'composed'
      ? [{ id: message.planned.id, bytes: outcome.bytes, sha256: outcome.sha256, words: outcome.words }]
      : []
  })

async function isWritten(app: App, runId: number, partition: number): Promise<boolean> {
  const { rows } = await app.facts.one<{ rows: number }>(
    'SELECT count() AS rows FROM communications WHERE run_id = {runId:UInt64} AND partition = {partition:UInt32}',
    { runId, partition },
  )
  return rows > 0
}

export function ledgerRows(
  runId: number,
  partition: number,
  { number, content }: StoredVersion,
  messages: readonly Message[],
  outcomes: ReadonlyMap<Message, Outcome>,
): Record<string, ColumnData> {
  const { manifest } = content
  const text = 'LowCardinality(String)'
  const column = (type: string, value: (message: Message) => unknown): ColumnData => ({
    type,
    values: messages.map(value),
  })
  const of = <T>(
    message: Message,
    ifComposed: (outcome: Extract<Outcome, { state: 'composed' }>) => T,
    otherwise: T,
  ): T => {
    const outcome = outcomes.get(message)
    return outcome?.state === 'composed' ? ifComposed(outcome) : otherwise
  }
  const whyHeld = (message: Message) => {
    const outcome = outcomes.get(message)
    return outcome?.state === 'held' ? outcome : { reason: '', detail: '' }
  }
  const now = new Date()
  return {
    run_id: column('UInt64', () => runId),
    communication_id: column('FixedString(32)', message => message.planned.id),
    customer_id: column('UInt64', message => message.planned.customerId),
    campaign_id: column('UInt64', message => message.planned.campaignId),
    wave: column('UInt16', message => message.planned.wave),
    kind: column(text, message => message.planned.kind),
    class: column(text, () => manifest.class),
    channel: column(text, () => manifest.channel),
    // An offer for which there was no room, or no place, was not made.
    offer: column(text, message => (wasLeftOut(outcomes.get(message)) ? '' : message.planned.offer)),
    template: column(text, () => content.id),
    template_version: column('UInt32', () => number),
    language: column(text, message => message.language),
    partition: column('UInt32', () => partition),
    address: column('String', message => message.address),
    state: column(text, message => outcomes.get(message)?.state ?? 'held'),
    reason: column(text, message => whyHeld(message).reason),
    reason_detail: column('String', message => whyHeld(message).detail),
    data: column('String', message => JSON.stringify(message.data)),
    engine: column(text, () => engineOf(manifest.channel)),
    fonts: column(text, () => fontsOf(manifest.channel)),
    sha256: column('String', message => of(message, outcome => outcome.sha256, '')),
    size: column('UInt32', message => of(message, outcome => outcome.bytes.length, 0)),
    pages: column('UInt16', message => of(message, outcome => outcome.pages, 0)),
    segments: column('UInt16', message => of(message, outcome => outcome.segments, 0)),
    subject: column('String', message => of(message, outcome => outcome.subject, '')),
    copy: column('UInt8', message => (message.planned.copy ? 1 : 0)),
    why: column(text, message => message.planned.why),
    slots: column('String', message =>
      of(message, ({ slots = [] }) => (slots.length > 0 ? JSON.stringify(slots) : ''), ''),
    ),
    composed_at: column("DateTime64(3, 'UTC')", () => now),
  }
}

/** True where a slot was to hold the offer and holds something else, or nothing. */
const wasLeftOut = (outcome: Outcome | undefined): boolean => {
  const slots = outcome?.state === 'composed' ? (outcome.slots ?? []) : []
  return slots.length > 0 && slots.every(({ content }) => content !== 'offer')
}
