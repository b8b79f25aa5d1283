import type { App } from '../../platform/app.ts'

/** The number under which a customer is known today: merged since, it is another one. */
export async function todaysNumber(app: App, customerId: number): Promise<number> {
  const runId = await app.runs.latest('identity')
  if (runId === null || customerId === 0) return customerId
  const [moved] = await app.facts.query<{ customer_id: number }>(
    'SELECT customer_id FROM customer_redirects WHERE run_id = {runId:UInt64} AND old_id = {customerId:UInt64} LIMIT 1',
    { runId, customerId },
  )
  return moved?.customer_id ?? customerId
}
