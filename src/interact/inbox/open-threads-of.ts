import type { OpenMatters } from '../desk/open-matters.ts'

/** Threads with the customer, under every number they had, that wait for an answer. */
export const openThreadsOf: OpenMatters = async (app, customerId, former) => {
  const rows = await app.workflow.db
    .selectFrom('inbox_threads')
    .select(['thread_id', 'preview', 'last_at'])
    .where('customer_id', 'in', [customerId, ...former])
    .where('state', '!=', 'closed')
    .orderBy('last_at', 'desc')
    .limit(20)
    .execute()
  return rows.map(row => ({
    path: `/inbox?thread=${row.thread_id}`,
    title: { en: 'Wrote to us', zh: '客户来信' },
    since: row.last_at.toISOString(),
    note: row.preview,
  }))
}
