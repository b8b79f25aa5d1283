/**
 * An answer in a thread: by mail with its References, by SMS; it stands in the thread once the way out took it. Who wrote in the portal
 * reads it there, and is told by mail or SMS that it waits, without a word of it.
 */
import type { App } from '../../platform/app.ts'
import { ChannelDown } from '../channels/channel.ts'
import { sendDirect } from '../direct/send-direct.ts'
import { tellCustomer } from '../tell-customer/tell-customer.ts'
import { inboxErrors } from './errors.ts'
import type { Thread } from './list-threads.ts'
import { refuseSuppressed } from './refuse-suppressed.ts'
import { standsInThread } from './stands-in-thread.ts'
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
  if (sent) return thread.channel === 'portal' ? tellOf(app, thread, sent.message_id) : undefined
  if (text.trim() === '') throw inboxErrors['inbox.no-words']()
  const way = thread.channel === 'portal' ? null : await send(app, thread, { id, text })
  const messageId = await standsInThread(app, {
    ...{ threadId, key, text, userId, subject: thread.subject },
    mailId: way?.mailId ?? '',
    address: way?.address ?? '',
  })
  if (messageId !== undefined && !way) await tellOf(app, thread, messageId)
}

const tellOf = (app: App, { customer_id }: Thread, messageId: number): Promise<void> =>
  tellCustomer(app, { kind: 'answer-waits', subject: String(messageId), customerId: customer_id })

/** Back the way it came. */
async function send(
  app: App,
  { thread_id, channel, address, customer_id, language, subject }: Thread,
  { id, text }: { id: string; text: string },
): Promise<{ address: string; mailId: string }> {
  if (channel === 'portal' || address === '') throw inboxErrors['inbox.no-address']({ id: String(thread_id) })
  await refuseSuppressed(app, channel, address)
  const mails = await app.workflow.db
    .selectFrom('inbox_messages')
    .select('mail_id')
    .where('thread_id', '=', thread_id)
    .where('mail_id', '!=', '')
    .orderBy('message_id')
    .execute()
  const done = await sendDirect(app, {
    id,
    customerId: await todaysNumber(app, customer_id),
    language,
    kind: 'answer',
    to: { channel, address },
    subject: /^(re|回复|答复)\s*[:：]/i.test(subject) ? subject : `Re: ${subject}`,
    text,
    references: mails.map(row => row.mail_id),
  }).catch((error: unknown) => {
    if (error instanceof ChannelDown) throw inboxErrors['inbox.not-sent']({ reason: error.detail || error.reason })
    throw error
  })
  if (done.verdict.state !== 'settled') throw inboxErrors['inbox.not-sent']({ reason: done.verdict.state })
  return { address, mailId: channel === 'email' ? done.messageId : '' }
}
