import { sql } from 'kysely'
import type { App } from '../../platform/app.ts'
import { numbersOf } from './known-by.ts'

/** Answers that wait, over all threads. */
export async function unreadOf(app: App, customerId: number): Promise<number> {
  const { n } = await app.workflow.db
    .selectFrom('inbox_messages as m')
    .innerJoin('inbox_threads as t', 't.thread_id', 'm.thread_id')
    .leftJoin('portal_thread_reads as r', 'r.thread_id', 't.thread_id')
    .select(eb => eb.fn.countAll<number>().as('n'))
    .where('t.customer_id', 'in', await numbersOf(app, customerId))
    .where('m.direction', '=', 'out')
    .where(sql<boolean>`m.message_id > coalesce(r.read_to, 0)`)
    .executeTakeFirstOrThrow()
  return Number(n)
}
