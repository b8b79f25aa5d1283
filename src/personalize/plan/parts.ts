import type { App } from '../../platform/app.ts'
import type { Part } from './planned.ts'

/** Customers of one job: print 200 at most (2 s of a thread), the others so many that their bytes stay under 40 MB. */
const SIZES: Record<string, number> = { print: 200, email: 1000, sms: 5000, call: 1000, portal: 1000, kiosk: 1000 }

/** An e-mail that carries a document weighs 100 KB and takes as long as the document: `documents` are such ways, `kind/channel`. */
const PARTS_SQL = `
WITH ranked AS (
  SELECT toString(kind) AS kind, toString(channel) AS channel, copy, customer_id,
    dense_rank() OVER (PARTITION BY kind, channel, copy ORDER BY customer_id) AS nth
  FROM communication_plan
  WHERE run_id = {runId:UInt64} AND kind != ''
)
SELECT kind, channel, copy, min(customer_id) AS first, max(customer_id) AS last, count() AS size
FROM ranked
GROUP BY kind, channel, copy, intDiv(nth - 1,
  if(has({documents:Array(String)}, concat(kind, '/', channel)), {print:UInt32}, transform(channel, {channels:Array(String)}, {sizes:Array(UInt32)}, 1000)))
ORDER BY kind, channel, copy, first`

export type CutPart = Part & { size: number }

/**
 * Cuts a run's plan into parts of one kind, one way and neighbouring customers, so that each reads a range of the table's key. A
 * customer with several messages of a kind stays in one part.
 */
export const cutIntoParts = (
  app: Pick<App, 'facts'>,
  runId: number,
  documents: readonly string[],
): Promise<CutPart[]> =>
  app.facts.query<CutPart>(PARTS_SQL, {
    runId,
    documents: [...documents],
    print: SIZES['print']!,
    channels: Object.keys(SIZES),
    sizes: Object.values(SIZES),
  })
