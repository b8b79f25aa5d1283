/** Rows of known customers that were imported after the newest identity run: they count without waiting for the next one. */
import type { App } from '../../platform/app.ts'
import { refreshGolden } from './refresh.ts'

/** More than that is an import that only a turn should take up. */
const MOST = 20_000

const LATE = `
WITH late AS (SELECT import_id FROM import_commits WHERE committed_at > {since:DateTime64(3)})
SELECT DISTINCT customer_id AS id FROM record_links
WHERE run_id = {runId:UInt64}
  AND ((account_no != '' AND account_no IN (SELECT account_no FROM sale_lines WHERE import_id IN (SELECT import_id FROM late)))
    OR (source, row_key) IN (SELECT source, row_key FROM source_records WHERE import_id IN (SELECT import_id FROM late)))
LIMIT {most:UInt32}`

/** Brings customers up to date whose sales or records came since the run; new people wait for the next. Returns how many. */
export async function takeLateRows(app: App, runId: number): Promise<number> {
  const run = await app.workflow.db.selectFrom('runs').select('started_at').where('id', '=', runId).executeTakeFirst()
  if (!run) return 0
  const rows = await app.facts.query<{ id: number }>(LATE, { runId, since: run.started_at, most: MOST + 1 })
  if (rows.length === 0 || rows.length > MOST) return 0
  await refreshGolden(
    app,
    rows.map(row => row.id),
  )
  return rows.length
}
