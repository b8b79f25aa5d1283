/** The way in for everything a customer writes: mail, SMS, the portal. Told twice, it is one message, and what follows from it happens once. */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { App } from '../../platform/app.ts'
import { shorten } from '../../platform/shorten.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import { type Given, keepAttachments } from './attachments.ts'
import { classify } from './classify.ts'
import { follow } from './follow.ts'
import { splitQuoted } from './quoted-part.ts'
import type { SenderProof } from './sender-proof.ts'
import type { InboxChannel } from './tables.ts'

export interface Reply {
  channel: InboxChannel
  /** 0: nobody we know. */
  customerId: number
  text: string
  /** The communication it answers. */
  about?: string | undefined
  subject?: string | undefined
  /** Where it came from: an e-mail address, a number. */
  from?: string | undefined
  language?: string | undefined
  /** What its sender or provider calls it. Default: its words. */
  key?: string | undefined
  mailId?: string | undefined
  /** Message-IDs it refers to. */
  references?: readonly string[] | undefined
  attachments?: readonly Given[] | undefined
  /** Its headers say that nobody wrote it. */
  automatic?: boolean | undefined
  /** Of a mail: what shows who wrote it. Default: nothing. */
  proof?: SenderProof | undefined
  /** Words of the provider that mean stop. */
  stopWords?: readonly string[] | undefined
  /** It is one of those, whoever reads it. */
  stop?: boolean | undefined
  /** The thread it was written in, or that it begins one, where its writer chose. Default: where it belongs. */
  thread?: number | 'new' | undefined
  at?: Date | undefined
}

const MOST_TEXT = 50_000
/** An SMS or a word in the portal belongs to what was said this lately. */
const SAME_TALK_MS = 7 * 86_400_000

export async function receiveReply(app: App, reply: Reply): Promise<{ threadId: number; messageId: number }> {
  const { channel, customerId, from = '', about = '' } = reply
  const at = reply.at ?? new Date()
  const key = createHash('sha256')
    .update(`${channel}\n${reply.key ?? `${customerId}\n${from}\n${about}\n${reply.text}`}`)
    .digest('hex')
  const known = await app.workflow.db
    .selectFrom('inbox_messages')
    .select(['thread_id', 'message_id'])
    .where('source_key', '=', key)
    .executeTakeFirst()
  if (known) {
    // Told again after a break: what follows may be missing.
    await follow(app, known.message_id)
    return { threadId: known.thread_id, messageId: known.message_id }
  }
  const { own, quoted } = splitQuoted(clean(reply.text).slice(0, MOST_TEXT))
  const said = await classify(app, {
    own,
    channel,
    automatic: reply.automatic,
    stopWords: reply.stopWords,
    stop: reply.stop,
  })
  const attachments = await keepAttachments(app, key, reply.attachments ?? [])
  const found = await threadOf(app, reply, at)
  const subject = clean(reply.subject ?? '').slice(0, 200)
  const preview = shorten(own, 140)
  const newest = { class: said.class, sure: said.sure, preview, last_at: at }
  const ids = await app.workflow.transaction(async tx => {
    // Told twice at once (a double tap), the second waits for the first and finds it.
    await sql`SELECT pg_advisory_xact_lock(hashtext(${key}))`.execute(tx)
    const meanwhile = await tx
      .selectFrom('inbox_messages')
      .select(['thread_id as threadId', 'message_id as messageId'])
      .where('source_key', '=', key)
      .executeTakeFirst()
    if (meanwhile) return meanwhile
    const { threadId } = found
      ? found
      : await tx
          .insertInto('inbox_threads')
          .values({
            ...newest,
            customer_id: customerId,
            channel,
            subject,
            address: from,
            language: reply.language ?? (/\p{Script=Han}/u.test(own) ? 'zh-CN' : 'en'),
            communication_id: about,
            state: 'open',
            snoozed_until: null,
            owner: null,
            messages: 0,
            opened_at: at,
            closed_at: null,
          })
          .returning('thread_id as threadId')
          .executeTakeFirstOrThrow()
    const { messageId } = await tx
      .insertInto('inbox_messages')
      .values({
        thread_id: threadId,
        direction: 'in',
        source_key: key,
        mail_id: reply.mailId ?? '',
        address: from,
        subject,
        text: own,
        quoted,
        proof: reply.proof ?? (channel === 'email' ? 'none' : ''),
        attachments: asJson(attachments),
        at,
        class: said.class,
        probability: said.probability,
        by: said.by,
        guesses: asJson(said.guesses),
        label: null,
        labelled_by: null,
        labelled_at: null,
        followed: null,
        user_id: null,
      })
      .returning('message_id as messageId')
      .executeTakeFirstOrThrow()
    await tx
      .updateTable('inbox_threads')
      .set(eb => ({ ...newest, messages: eb('messages', '+', 1) }))
      .where('thread_id', '=', threadId)
      .execute()
    // What an automatic answer says is noted; it opens nothing again.
    if (said.class !== 'away')
      await tx
        .updateTable('inbox_threads')
        .set({ state: 'open', snoozed_until: null, closed_at: null })
        .where('thread_id', '=', threadId)
        .execute()
    return { threadId, messageId }
  })
  await follow(app, ids.messageId)
  return ids
}

/** Zero bytes and other control characters, which no store takes and no reader needs. */
const clean = (text: string): string => text.replace(/[^\P{Cc}\n\t\r]/gu, '').replace(/\r\n?/g, '\n')

async function threadOf(app: App, reply: Reply, at: Date): Promise<{ threadId: number } | undefined> {
  const { db } = app.workflow
  const { channel, customerId, from = '', about = '', thread } = reply
  if (thread === 'new') return undefined
  if (thread !== undefined) return { threadId: thread }
  if (reply.references?.length) {
    const found = await db
      .selectFrom('inbox_messages as m')
      .innerJoin('inbox_threads as t', 't.thread_id', 'm.thread_id')
      .select('m.thread_id as threadId')
      .where('m.mail_id', 'in', [...reply.references])
      // Message-IDs can be guessed from a mail that went on to others: it must be the same person or address.
      .where(eb =>
        eb.or([eb('t.address', '=', from), ...(customerId > 0 ? [eb('t.customer_id', '=', customerId)] : [])]),
      )
      .orderBy('m.message_id', 'desc')
      .executeTakeFirst()
    if (found) return found
  }
  if (customerId === 0 && from === '') return undefined
  return db
    .selectFrom('inbox_threads')
    .select('thread_id as threadId')
    .where('channel', '=', channel)
    .where(eb => (customerId > 0 ? eb('customer_id', '=', customerId) : eb('address', '=', from)))
    .where('customer_id', '=', customerId)
    .where('communication_id', '=', about)
    .where('last_at', '>', new Date(at.getTime() - SAME_TALK_MS))
    .where(eb => (channel === 'email' && about === '' ? eb('subject', '=', bareSubject(reply.subject)) : eb.val(true)))
    .orderBy('last_at', 'desc')
    .executeTakeFirst()
}

/** A new mail about something else is a new thread. */
const bareSubject = (subject = ''): string => subject.replace(/[^\P{Cc}]/gu, '').slice(0, 200)
