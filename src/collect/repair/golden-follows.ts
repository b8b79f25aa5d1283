import type { App } from '../../platform/app.ts'
import { refreshGolden } from '../identity/refresh.ts'

/** More customers than this are rebuilt with the next turn. */
const AT_ONCE = 2000

/** Customers whose records a repair touches get their golden records anew. */
export async function goldenFollows(app: App, repairId: number): Promise<{ customers: number; followed: boolean }> {
  const runId = await app.runs.latest('identity')
  if (runId === null) return { customers: 0, followed: false }
  const rows = await app.facts.query<{ customer_id: number }>(
    `SELECT DISTINCT customer_id FROM record_links
     WHERE run_id = {run_id:UInt64} AND (source, row_key) IN (SELECT source, row_key FROM corrections WHERE repair_id = {repair:UInt64})
     ORDER BY customer_id LIMIT {most:UInt32}`,
    { run_id: runId, repair: repairId, most: AT_ONCE + 1 },
  )
  if (rows.length > AT_ONCE) return { customers: rows.length, followed: false }
  await refreshGolden(
    app,
    rows.map(row => row.customer_id),
  )
  return { customers: rows.length, followed: true }
}
