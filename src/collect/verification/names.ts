import type { App } from '../../platform/app.ts'

/** Names and languages of customers, as the newest golden records have them. */
export async function namesOf(
  app: App,
  ids: readonly number[],
): Promise<{ customerId: number; name: string; language: string }[]> {
  const runId = await app.runs.latest('identity')
  if (runId === null || ids.length === 0) return []
  return app.facts.query(
    `SELECT customer_id AS customerId, name, language FROM golden_records
     WHERE run_id = {run_id:UInt64} AND customer_id IN {ids:Array(UInt64)}`,
    { run_id: runId, ids: [...new Set(ids)] },
  )
}
