import type { OpenMatters } from '../desk/open-matters.ts'
import { caseSettings } from './settings.ts'

/** Cases that are not resolved with the customer, the latest first. */
export const openCasesOf: OpenMatters = async (app, customerId) => {
  const [rows, { categories }] = await Promise.all([
    app.workflow.db
      .selectFrom('cases')
      .select(['case_id', 'category', 'title', 'opened_at', 'state'])
      .where('customer_id', '=', customerId)
      .where('state', '!=', 'resolved')
      .orderBy('opened_at', 'desc')
      .limit(20)
      .execute(),
    caseSettings(app),
  ])
  return rows.map(row => ({
    path: `/cases/${row.case_id}`,
    title: categories.find(({ code }) => code === row.category)?.name ?? { en: row.category, zh: row.category },
    since: row.opened_at.toISOString(),
    note: row.title,
  }))
}
