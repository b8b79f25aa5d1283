/** What we wrote, once under its key: it stands in the thread, which counts it; who answered owns a thread that nobody owned. */
import type { App } from '../../platform/app.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'

export interface Written {
  threadId: number
  key: string
  text: string
  subject: string
  mailId: string
  /** '': it waits in the portal. */
  address: string
  /** null: no person, the product itself. */
  userId: number | null
}

/** Returns the message's number; undefined: it stood there already. */
export async function standsInThread(
  { workflow: { db } }: App,
  { threadId, key, text, subject, mailId, address, userId }: Written,
): Promise<number | undefined> {
  const stands = await db
    .insertInto('inbox_messages')
    .values({
      thread_id: threadId,
      direction: 'out',
      source_key: key,
      mail_id: mailId,
      address,
      subject,
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
    .returning('message_id')
    .executeTakeFirst()
  if (stands)
    await db
      .updateTable('inbox_threads')
      .set(eb => ({
        messages: eb('messages', '+', 1),
        ...(userId === null ? {} : { last_at: new Date(), owner: eb.fn.coalesce('owner', eb.val(userId)) }),
      }))
      .where('thread_id', '=', threadId)
      .execute()
  return stands?.message_id
}
