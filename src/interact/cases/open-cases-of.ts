import type { App } from '../../platform/app.ts'
import type { OpenMatters } from '../desk/open-matters.ts'
import { todaysNumber } from '../inbox/todays-number.ts'
import { numbersOf } from '../portal/known-by.ts'
import { caseSettings } from './settings.ts'

/** Cases that are not resolved with the customer, under every number they had, the latest first. */
export const openCasesOf: OpenMatters = async (app, customerId, former) => {
  const rows = await app.workflow.db
    .selectFrom('cases')
    .select(['case_id', 'category', 'title', 'opened_at', 'state'])
    .where('customer_id', 'in', [customerId, ...former])
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

/** Whether the customer, by whatever number they were or are known, has a complaint that is not resolved, beside these. */
export async function openComplaintOf(app: App, customerId: number, beside: readonly number[]): Promise<boolean> {
  const ids = await numbersOf(app, await todaysNumber(app, customerId))
  const found = await app.workflow.db
    .selectFrom('cases')
    .select('case_id')
    .where('customer_id', 'in', ids)
    .where('kind', '=', 'complaint')
    .where('state', '!=', 'resolved')
    .where('case_id', 'not in', [0, ...beside])
    .limit(1)
    .execute()
  return found.length > 0
}
