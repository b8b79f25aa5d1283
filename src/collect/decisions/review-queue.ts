/** The queue as a person works through it: what the run proposed, less what is answered. */
import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import type { flaggedClusters, reviewQueue } from './api.ts'
import type { ReviewReason } from './informative-pairs.ts'
import { standingDecisions } from './keep-decisions.ts'
import { pairViews } from './pair-view.ts'
import { pairKey, type RecordRef } from './record-ref.ts'

type Reader = { roles: readonly string[] }

interface StoredPair {
  rank: number
  reason: ReviewReason
  groupSize: number
  logOdds: number
  steps: string
  left_source: string
  left_key: string
  right_source: string
  right_key: string
}

const refsOf = (row: StoredPair): { left: RecordRef; right: RecordRef } => ({
  left: { source: row.left_source, rowKey: row.left_key },
  right: { source: row.right_source, rowKey: row.right_key },
})

const COLUMNS =
  'rank, reason, group_size AS groupSize, log_odds AS logOdds, left_source, left_key, right_source, right_key'

/** Everything the run proposed, without its steps: some thousand rows at most. */
const proposed = (app: App, runId: number): Promise<StoredPair[]> =>
  app.facts.query<StoredPair>(
    `SELECT ${COLUMNS}, '' AS steps FROM review_pairs WHERE run_id = {run_id:UInt64} AND rank > 0 ORDER BY rank`,
    { run_id: runId },
  )

const decidedPairs = async (app: App): Promise<Set<string>> =>
  new Set((await standingDecisions(app)).map(({ left, right }) => pairKey(left, right)))

export async function reviewQueueOf(
  app: App,
  runId: number,
  reader: Reader,
  { reason, limit }: { reason: ReviewReason | ''; limit: number },
): Promise<z.input<typeof reviewQueue>> {
  const [all, decided, today] = await Promise.all([proposed(app, runId), decidedPairs(app), answeredToday(app)])
  const asked = all.filter(row => reason === '' || row.reason === reason)
  const isOpen = (row: StoredPair) => {
    const { left, right } = refsOf(row)
    return !decided.has(pairKey(left, right))
  }
  const open = asked.filter(isOpen)
  const next = open.slice(0, limit)
  const steps = await stepsOf(
    app,
    runId,
    next.map(({ rank }) => rank),
  )
  const rows = await pairViews(
    app,
    runId,
    reader,
    next.map(row => ({
      ...refsOf(row),
      rank: row.rank,
      reason: row.reason,
      groupSize: row.groupSize,
      logOdds: row.logOdds,
      steps: JSON.parse(steps.get(row.rank) ?? '[]'),
    })),
  )
  return { runId, total: asked.length, answered: asked.length - open.length, today, rows }
}

async function stepsOf(app: App, runId: number, ranks: number[]): Promise<Map<number, string>> {
  if (ranks.length === 0) return new Map()
  const rows = await app.facts.query<{ rank: number; steps: string }>(
    'SELECT rank, steps FROM review_pairs WHERE run_id = {run_id:UInt64} AND rank IN {ranks:Array(UInt32)}',
    { run_id: runId, ranks },
  )
  return new Map(rows.map(({ rank, steps }) => [rank, steps]))
}

async function answeredToday(app: App): Promise<number> {
  const since = new Date()
  since.setUTCHours(0, 0, 0, 0)
  const { count } = await app.workflow.db
    .selectFrom('collect_identity_actions')
    .select(where => where.fn.countAll<string>().as('count'))
    .where('kind', '=', 'review')
    .where('at', '>=', since)
    .where('revoked_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** The reason a pair was in the run's queue; '' when it was not. */
export async function reasonOf(app: App, runId: number, left: RecordRef, right: RecordRef): Promise<string> {
  const [row] = await app.facts.query<{ reason: string }>(
    `SELECT reason FROM review_pairs WHERE run_id = {run_id:UInt64} AND rank > 0
       AND ((left_source = {s1:String} AND left_key = {k1:String} AND right_source = {s2:String} AND right_key = {k2:String})
         OR (left_source = {s2:String} AND left_key = {k2:String} AND right_source = {s1:String} AND right_key = {k1:String}))`,
    { run_id: runId, s1: left.source, k1: left.rowKey, s2: right.source, k2: right.rowKey },
  )
  return row?.reason ?? ''
}

/** Customers that hang on one link, had to be cut, or grew large. */
export async function clustersToReview(app: App, runId: number): Promise<z.input<typeof flaggedClusters>> {
  const [rows, decided] = await Promise.all([
    app.facts.query<StoredPair & { customers: [number, string, number][] }>(
      `WITH flagged AS (
         SELECT ${COLUMNS} FROM review_pairs WHERE run_id = {run_id:UInt64} AND reason IN ('bridge', 'cut', 'oversized')
       ),
       links AS (
         SELECT source, row_key, customer_id FROM record_links
         WHERE run_id = {run_id:UInt64} AND (source, row_key) IN (SELECT arrayJoin([(left_source, left_key), (right_source, right_key)]) FROM flagged)
       ),
       ends AS (
         SELECT rank, customer_id
         FROM (SELECT rank, end.1 AS source, end.2 AS row_key FROM flagged ARRAY JOIN [(left_source, left_key), (right_source, right_key)] AS end) AS ends
         INNER JOIN links USING (source, row_key) GROUP BY rank, customer_id
       ),
       named AS (
         SELECT rank, groupArray((customer_id, name, records)) AS customers
         FROM ends INNER JOIN (SELECT customer_id, name, records FROM golden_records
           WHERE run_id = {run_id:UInt64} AND customer_id IN (SELECT customer_id FROM links)) AS golden USING (customer_id)
         GROUP BY rank
       )
       SELECT flagged.*, named.customers AS customers FROM flagged INNER JOIN named USING (rank) ORDER BY groupSize DESC, rank`,
      { run_id: runId },
    ),
    decidedPairs(app),
  ])
  return {
    rows: rows.map(row => {
      const { left, right } = refsOf(row)
      return {
        reason: row.reason as 'bridge' | 'cut' | 'oversized',
        records: row.groupSize,
        rank: row.rank,
        customers: row.customers.map(([customerId, name, records]) => ({ customerId, name, records })),
        decided: decided.has(pairKey(left, right)),
      }
    }),
  }
}
