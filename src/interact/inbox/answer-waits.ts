/** That an answer stands in the portal; what it says is read there alone. Subject: the number of the message. */
import type { NoticeKind } from '../tell-customer/notice.ts'

export const answerWaits: NoticeKind = {
  async read({ workflow }, subject) {
    const row = await workflow.db
      .selectFrom('inbox_messages as m')
      .innerJoin('inbox_threads as t', 't.thread_id', 'm.thread_id')
      .select(['t.thread_id', 't.customer_id', 't.language'])
      .where('m.message_id', '=', Number(subject))
      .executeTakeFirst()
    if (!row || row.customer_id === 0) return null
    return { path: `/portal/messages/${row.thread_id}`, language: row.language, values: () => ({}) }
  },
}
