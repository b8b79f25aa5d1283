/** What a customer wrote to us and what we answered, whichever way it went: threads of the inbox as their owner sees them. */
import { type Selectable, sql } from 'kysely'
import type { App } from '../../platform/app.ts'
import type { WorkflowSchema } from '../../platform/stores/workflow/index.ts'
import { numbersOf } from './known-by.ts'
import { type Guest, notYours } from './visit.ts'

export type Thread = Selectable<WorkflowSchema['inbox_threads']>

export interface ThreadLine {
  thread_id: number
  channel: string
  /** Its subject, or the beginning of the first message. */
  title: string
  last_at: Date
  /** Answers of ours that were not looked at here. */
  unread: number
  /** The newest message is ours. */
  answered: boolean
  total: number
}

/** What a machine of the customer's wrote for them (out of office) is no talk. */
const TALK = sql`(direction = 'out' OR coalesce(label, class) <> 'away')`

export async function threadsOf(
  app: App,
  customerId: number,
  { offset, limit }: { offset: number; limit: number },
): Promise<ThreadLine[]> {
  const ids = await numbersOf(app, customerId)
  const { rows } = await sql<ThreadLine>`
    WITH
      talks AS (
        SELECT t.* FROM inbox_threads t
        WHERE customer_id = ANY(${ids}::int8[])
          AND EXISTS (SELECT 1 FROM inbox_messages WHERE thread_id = t.thread_id AND ${TALK})
      ),
      page AS (
        SELECT *, count(*) OVER () AS total FROM talks ORDER BY last_at DESC, thread_id DESC LIMIT ${limit} OFFSET ${offset}
      ),
      said AS (
        SELECT thread_id,
          (array_agg(text ORDER BY message_id))[1] AS first_text,
          (array_agg(direction ORDER BY message_id DESC))[1] = 'out' AS answered,
          count(*) FILTER (WHERE direction = 'out'
            AND message_id > coalesce((SELECT read_to FROM portal_thread_reads r WHERE r.thread_id = m.thread_id), 0)) AS unread
        FROM inbox_messages m WHERE thread_id IN (SELECT thread_id FROM page) GROUP BY thread_id
      )
    SELECT thread_id, channel, last_at, answered, unread::int4 AS unread, total::int4 AS total,
      coalesce(nullif(subject, ''), left(regexp_replace(first_text, '\\s+', ' ', 'g'), 80)) AS title
    FROM page JOIN said USING (thread_id) ORDER BY last_at DESC, thread_id DESC`.execute(app.workflow.db)
  return rows
}

export async function ownThread(guest: Guest, id: string): Promise<Thread> {
  const { app, customerId } = guest
  const row = /^\d{1,9}$/.test(id)
    ? await app.workflow.db
        .selectFrom('inbox_threads')
        .selectAll()
        .where('thread_id', '=', Number(id))
        .where('customer_id', 'in', await numbersOf(app, customerId))
        .executeTakeFirst()
    : undefined
  return row ?? notYours(guest, id)
}

export const messagesIn = ({ workflow }: App, threadId: number) =>
  workflow.db
    .selectFrom('inbox_messages')
    .select(['message_id', 'direction', 'text', 'attachments', 'at', 'followed'])
    .where('thread_id', '=', threadId)
    .where(sql<boolean>`${TALK}`)
    .orderBy('message_id')
    .limit(500)
    .execute()

/** Looked at so far; never back. */
export const noteThreadRead = ({ workflow }: App, thread_id: number, read_to: number): Promise<unknown> =>
  workflow.db
    .insertInto('portal_thread_reads')
    .values({ thread_id, read_to })
    .onConflict(conflict =>
      conflict
        .column('thread_id')
        .doUpdateSet({ read_to: sql`greatest(portal_thread_reads.read_to, excluded.read_to)` }),
    )
    .execute()
