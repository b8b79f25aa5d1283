/** An answer in a thread: by mail with its References, by SMS; it stands in the thread once the way out took it. */
import { type CustomerContact, customerContacts } from '../../collect/index.ts'
import type { App } from '../../platform/app.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import { ChannelDown } from '../channels/channel.ts'
import { sendDirect } from '../direct/send-direct.ts'
import { addressHash } from '../gate/address-hash.ts'
import { inboxErrors } from './errors.ts'
import type { Thread } from './list-threads.ts'
import { threadById } from './thread-view.ts'
import { todaysNumber } from './todays-number.ts'

/** `id`: 32 hex digits; sent twice under one, it goes once. */
export async function answerThread(
  app: App,
  threadId: number,
  userId: number,
  { id, text }: { id: string; text: string },
): Promise<void> {
  const thread = await threadById(app, threadId)
  const { db } = app.workflow
  const key = `answer:${id}`
  const sent = await db
    .selectFrom('inbox_messages')
    .select('message_id')
    .where('source_key', '=', key)
    .executeTakeFirst()
  if (sent) return
  if (text.trim() === '') throw inboxErrors['inbox.no-words']()
  const customerId = await todaysNumber(app, thread.customer_id)
  const { channel, address } = await wayTo(app, thread, customerId)
  await refuseSuppressed(app, channel, address)
  const mails = await db
    .selectFrom('inbox_messages')
    .select('mail_id')
    .where('thread_id', '=', threadId)
    .where('mail_id', '!=', '')
    .orderBy('message_id')
    .execute()
  const done = await sendDirect(app, {
    id,
    customerId,
    language: thread.language,
    kind: 'answer',
    to: { channel, address },
    subject: /^(re|回复|答复)\s*[:：]/i.test(thread.subject) ? thread.subject : `Re: ${thread.subject}`,
    text,
    references: mails.map(row => row.mail_id),
  }).catch((error: unknown) => {
    if (error instanceof ChannelDown) throw inboxErrors['inbox.not-sent']({ reason: error.detail || error.reason })
    throw error
  })
  if (done.verdict.state !== 'settled') throw inboxErrors['inbox.not-sent']({ reason: done.verdict.state })
  const mailId = channel === 'email' ? done.messageId : ''
  await db
    .insertInto('inbox_messages')
    .values({
      thread_id: threadId,
      direction: 'out',
      source_key: key,
      mail_id: mailId,
      address,
      subject: thread.subject,
      text,
      quoted: '',
      attachments: asJson([]),
      at: new Date(),
      class: null,
      probability: null,
      by: '',
      guesses: asJson([]),
      label: null,
      labelled_by: null,
      labelled_at: null,
      followed: 'sent',
      user_id: userId,
    })
    .onConflict(conflict => conflict.column('source_key').doNothing())
    .execute()
  await db
    .updateTable('inbox_threads')
    .set(eb => ({
      messages: eb('messages', '+', 1),
      last_at: new Date(),
      owner: eb.fn.coalesce('owner', eb.val(userId)),
    }))
    .where('thread_id', '=', threadId)
    .execute()
}

/** Back the way it came; who wrote in the portal is answered by mail. */
async function wayTo(
  app: App,
  { thread_id, channel, address }: Thread,
  customerId: number,
): Promise<{ channel: 'email' | 'sms'; address: string }> {
  if (channel !== 'portal' && address !== '') return { channel, address }
  const runId = await app.runs.latest('identity')
  const known =
    channel === 'portal' && runId !== null
      ? await customerContacts(app, runId, [customerId])
      : new Map<number, CustomerContact>()
  const email = known.get(customerId)?.email ?? ''
  if (email === '') throw inboxErrors['inbox.no-address']({ id: String(thread_id) })
  return { channel: 'email', address: email }
}

/** A hard bounce or a refusal by the owner of the address. A customer who stopped offers and asks something still gets an answer. */
async function refuseSuppressed({ workflow }: App, channel: string, address: string): Promise<void> {
  const row = await workflow.db
    .selectFrom('suppressions')
    .select('reason')
    .where('channel', '=', channel)
    .where('address_hash', '=', addressHash(channel, address))
    .executeTakeFirst()
  if (row) throw inboxErrors['inbox.suppressed']()
}
