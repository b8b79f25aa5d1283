import type { App } from '../../platform/app.ts'
import type { OpenMatters } from '../desk/open-matters.ts'
import { caseSettings } from './settings.ts'

/** Cases that are not resolved with the customer, the latest first. */
export const openCasesOf: OpenMatters = async (app, customerId) => {
  const rows = await app.workflow.db
    .selectFrom('cases')
    .select(['case_id', 'category', 'title', 'opened_at', 'state'])
    .where('customer_id', '=', customerId)
    .where('state', '!=', 'resolved')
    .orderBy('opened_at', 'desc')
    .limit(20)
    .execute()
  if (rows.length === 0) return []
  const { categories } = await caseSettings(app)
  return rows.map(row => ({
    path: `/cases/${row.case_id}`,
    title: categories.find(({ code }) => code === row.category)?.name ?? { en: row.category, zh: row.category },
    since: row.opened_at.toISOString(),
    note: row.title,
  }))
}

/** Whether the customer has a complaint that is not resolved, beside these. */
export async function openComplaintOf(
  { workflow }: Pick<App, 'workflow'>,
  customerId: number,
  beside: readonly number[],
): Promise<boolean> {
  const found = await workflow.db
    .selectFrom('cases')
    .select('case_id')
    .where('customer_id', '=', customerId)
    .where('kind', '=', 'complaint')
    .where('state', '!=', 'resolved')
    .where('case_id', 'not in', [0, ...beside])
    .limit(1)
    .execute()
  return found.length > 0
}
