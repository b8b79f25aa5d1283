import type { z } from 'zod'
import { userNames } from '../../collect/index.ts'
import { offers } from '../../optimize/index.ts'
import type { App } from '../../platform/app.ts'
import type { Text } from '../../platform/text.ts'
import { addressees } from '../answers/of-communication.ts'
import { detailsOf } from '../portal/details.ts'
import type { threadDetail } from './api.ts'
import { inboxErrors } from './errors.ts'
import { type Thread, threadRows } from './list-threads.ts'

export async function threadById({ workflow }: Pick<App, 'workflow'>, threadId: number): Promise<Thread> {
  const row = await workflow.db
    .selectFrom('inbox_threads')
    .selectAll()
    .where('thread_id', '=', threadId)
    .executeTakeFirst()
  if (!row) throw inboxErrors['inbox.no-thread']({ id: String(threadId) })
  return row
}

/** Where mail of this customer comes from, as far as we know; null: nobody is known, so nothing can be foreign. */
async function addressesOf(app: App, customerId: number, writtenTo = ''): Promise<Set<string> | null> {
  if (customerId === 0) return null
  return new Set([writtenTo, (await detailsOf(app, customerId)).email].map(address => address.toLowerCase()))
}

/** One that is no more is called by its code. */
async function offerName(app: App, offer: string): Promise<Text> {
  const known = offer === '' ? [] : await offers(app).catch(() => [])
  return known.find(one => one.id === offer)?.name ?? { en: offer, zh: offer }
}

export async function threadView(app: App, threadId: number, whole: boolean): Promise<z.output<typeof threadDetail>> {
  const thread = await threadById(app, threadId)
  const [[common], messages, known, people] = await Promise.all([
    threadRows(app, [thread], whole),
    app.workflow.db
      .selectFrom('inbox_messages')
      .selectAll()
      .where('thread_id', '=', threadId)
      .orderBy('message_id')
      .execute(),
    addressees(app, [thread.communication_id]),
    userNames(app),
  ])
  const about = known.get(thread.communication_id)
  const theirs = await addressesOf(app, common!.customerId, about?.address)
  return {
    ...common!,
    language: thread.language,
    about: about
      ? {
          communicationId: about.id,
          kind: about.kind,
          offer: about.offer,
          offerName: await offerName(app, about.offer),
          channel: about.channel,
          sentAt: about.sent_at,
        }
      : null,
    log: messages.map(row => ({
      messageId: row.message_id,
      direction: row.direction,
      at: row.at.toISOString(),
      address: whole ? row.address : '',
      foreign: thread.channel === 'email' && row.direction === 'in' && theirs !== null && !theirs.has(row.address),
      proof: row.proof,
      userName: row.user_id === null ? '' : people(row.user_id),
      text: row.text,
      quoted: row.quoted,
      attachments: row.attachments,
      class: row.label ?? row.class,
      probability: row.probability,
      by: row.label === null ? row.by : 'person',
      guesses: row.guesses,
      label: row.label,
      followed: row.followed,
    })),
  }
}
