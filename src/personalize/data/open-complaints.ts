import { contactPolicy } from '../../optimize/index.ts'
import type { App } from '../../platform/app.ts'

/** A complaint nobody ever closed is not held against offers for ever. */
const FORGOTTEN_DAYS = 365

const OPEN_SQL = `
SELECT customer_id
FROM events FINAL
WHERE customer_id IN {ids:Array(UInt64)} AND type IN {types:Array(String)}
  AND at > now64(3) - toIntervalDay(${FORGOTTEN_DAYS})
GROUP BY customer_id
HAVING maxIf(at, type = 'complaint') > maxIf(at, type != 'complaint')`

/** Who complained and has no answer yet: no offer stands beside what they are sent. As of now, later than the plan looked. */
export async function openComplaints(app: App, ids: readonly number[]): Promise<Set<number>> {
  if (ids.length === 0) return new Set()
  const { complaints } = await contactPolicy(app)
  const types = ['complaint', ...(complaints?.resolved_by ?? ['complaint-resolved'])]
  const rows = await app.facts.query<{ customer_id: number }>(OPEN_SQL, { ids: [...ids], types })
  return new Set(rows.map(row => row.customer_id))
}
