/** What became of customers since a task was made for them: merged into another, split, erased, or as they were. */
import type { App } from '../../platform/app.ts'

export type Fate =
  | { kind: 'same'; customerId: number }
  /** Its records are now this customer's. */
  | { kind: 'merged'; customerId: number }
  /** Found to be several people: the one who kept the number, and the others. */
  | { kind: 'split'; customerId: number; others: number[] }
  | { kind: 'erased' }
  /** Neither known nor erased: the records that made the customer are gone. */
  | { kind: 'gone' }

const FATES = `
WITH
  asked AS (SELECT arrayJoin({ids:Array(UInt64)}) AS asked_id),
  moved AS (
    SELECT old_id, any(customer_id) AS now_id FROM customer_redirects
    WHERE run_id = {runId:UInt64} AND old_id IN {ids:Array(UInt64)} GROUP BY old_id
  ),
  alive AS (
    SELECT DISTINCT customer_id FROM golden_records
    WHERE run_id = {runId:UInt64} AND customer_id IN (SELECT asked_id FROM asked UNION ALL SELECT now_id FROM moved)
  ),
  splits AS (
    SELECT arrayJoin(old_ids) AS old_id, groupUniqArrayArray(new_ids) AS parts, max(at) AS last FROM identity_events
    WHERE kind = 'split' AND hasAny(old_ids, {ids:Array(UInt64)}) AND at > {since:DateTime64(3)} GROUP BY old_id
  )
SELECT asked_id AS id, toUInt64(moved.now_id) AS now_id, asked_id IN (SELECT customer_id FROM alive) AS is_alive,
  moved.now_id IN (SELECT customer_id FROM alive) AS now_alive, splits.parts AS parts, splits.last AS split_at
FROM asked LEFT JOIN moved ON moved.old_id = asked_id LEFT JOIN splits ON splits.old_id = asked_id`

interface Row {
  id: number
  now_id: number
  is_alive: number
  now_alive: number
  parts: number[]
  split_at: string
}

/** By the number the task was made with. `since`: when it was made; splits before that were known then. */
export async function fatesOf(
  app: App,
  asked: readonly { customerId: number; since: Date }[],
): Promise<Map<number, Fate>> {
  const runId = await app.runs.latest('identity')
  const fates = new Map<number, Fate>(
    asked.map(({ customerId }) => [customerId, { kind: 'same', customerId } satisfies Fate]),
  )
  if (runId === null || asked.length === 0) return fates
  const ids = [...fates.keys()]
  const earliest = new Date(Math.min(...asked.map(one => one.since.getTime())))
  if (await nothingHappened(app, runId, ids, earliest)) return fates
  const since = new Map(asked.map(one => [one.customerId, one.since]))
  const rows = await app.facts.query<Row>(FATES, { runId, ids, since: earliest })
  const lost = rows.filter(row => row.is_alive === 0 && row.now_alive === 0).map(row => row.id)
  const erased = await erasedAmong(app, lost)
  for (const row of rows) {
    const others = row.parts.filter(part => part !== row.id)
    const split = row.parts.length > 0 && new Date(row.split_at) > since.get(row.id)!
    if (split && row.is_alive === 1 && others.length > 0)
      fates.set(row.id, { kind: 'split', customerId: row.id, others })
    else if (row.is_alive === 1) fates.set(row.id, { kind: 'same', customerId: row.id })
    else if (row.now_alive === 1) fates.set(row.id, { kind: 'merged', customerId: row.now_id })
    else fates.set(row.id, { kind: erased.has(row.id) ? 'erased' : 'gone' })
  }
  return fates
}

/** By time, which the events of who is who are ordered by: of a million "new" ones none is read. */
const NEWS = `
SELECT count() AS there, (SELECT count() FROM identity_events WHERE kind = 'split' AND at > {since:DateTime64(3)}) AS splits
FROM golden_records WHERE run_id = {runId:UInt64} AND customer_id IN {ids:Array(UInt64)}`

/** Nearly always: everybody is there and nobody at all was split since, which costs one short statement. */
async function nothingHappened(app: App, runId: number, ids: readonly number[], since: Date): Promise<boolean> {
  const { there, splits } = await app.facts.one<{ there: number; splits: number }>(NEWS, {
    runId,
    ids: [...ids],
    since,
  })
  return there >= ids.length && splits === 0
}

async function erasedAmong({ workflow }: App, ids: readonly number[]): Promise<Set<number>> {
  if (ids.length === 0) return new Set()
  const rows = await workflow.db
    .selectFrom('rights_erased')
    .select('customer_id')
    .where('customer_id', 'in', [...ids])
    .execute()
  return new Set(rows.map(row => Number(row.customer_id)))
}
