/** What customers are called and numbered today, whatever number something was kept under. */
import type { App } from '../../platform/app.ts'

export interface Today {
  customerId: number
  /** '' of nobody, and of who is not there any more. */
  name: string
}

const TODAY = `
WITH asked AS (SELECT arrayJoin({ids:Array(UInt64)}) AS old_id),
  moved AS (
    SELECT old_id, customer_id FROM customer_redirects
    WHERE run_id = {runId:UInt64} AND old_id IN {ids:Array(UInt64)}
  ),
  today AS (SELECT old_id, if(customer_id = 0, old_id, customer_id) AS now_id FROM asked LEFT JOIN moved USING (old_id))
SELECT old_id AS oldId, now_id AS customerId, name
FROM today LEFT JOIN (
  SELECT customer_id, name FROM golden_records
  WHERE run_id = {runId:UInt64} AND customer_id IN (SELECT now_id FROM today)
) AS golden ON golden.customer_id = today.now_id`

/** By the number that was asked for; each is there. */
export async function todaysNames(app: App, ids: readonly number[]): Promise<(id: number) => Today> {
  const runId = await app.runs.latest('identity')
  const asked = [...new Set(ids)].filter(id => id > 0)
  const rows =
    runId === null || asked.length === 0
      ? []
      : await app.facts.query<Today & { oldId: number }>(TODAY, { runId, ids: asked })
  const known = new Map(rows.map(({ oldId, ...today }) => [oldId, today]))
  return id => known.get(id) ?? { customerId: id, name: '' }
}

/** Whom a name that is typed may mean, under all the numbers they had; whoever types less than a name looks in the words. */
export async function customersNamed(app: App, q: string): Promise<number[]> {
  const runId = await app.runs.latest('identity')
  if (runId === null) return []
  const rows = await app.facts.query<{ customer_id: number }>(NAMED, { runId, like: containing(q) })
  return rows.map(row => row.customer_id)
}

const NAMED = `
WITH named AS (
  SELECT customer_id FROM golden_records WHERE run_id = {runId:UInt64} AND name ILIKE {like:String} LIMIT 1000)
SELECT customer_id FROM named
UNION ALL
SELECT old_id FROM customer_redirects WHERE run_id = {runId:UInt64} AND customer_id IN (SELECT customer_id FROM named)`

/** Of LIKE, with what was typed as it is. */
export const containing = (q: string): string => `%${q.replace(/[\\%_]/g, char => `\\${char}`)}%`
