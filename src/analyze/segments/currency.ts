import type { App } from '../../platform/app.ts'

/** What amounts are in: the currency most sale lines are in, as purchases are. */
export async function currencyOf(app: Pick<App, 'facts'>): Promise<string> {
  const [row] = await app.facts.query<{ currency: string }>(
    `SELECT currency FROM sale_lines WHERE import_id IN (SELECT import_id FROM import_commits)
     GROUP BY currency ORDER BY count() DESC, currency LIMIT 1`,
  )
  return row?.currency ?? 'GBP'
}
