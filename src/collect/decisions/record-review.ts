/** What an identity run hands to people: the pairs to look at, the weights of all pairs, and what became of the customers. */
import type { App, StepContext } from '../../platform/app.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import type { MatchResult, WeightStep } from '../match/index.ts'
import { runFigures } from './figures.ts'
import { informativePairs, type ReviewPair } from './informative-pairs.ts'
import type { RecordRef } from './record-ref.ts'
import type { Replayed } from './replay.ts'
import { logOddsOf, weightBins } from './weight-bins.ts'

type Row = Omit<ReviewPair, 'reason'> & { reason: ReviewPair['reason'] | 'decided'; rank: number }

/** `customer`, `previous`: customer number per record, now and in the run before (0: it is new). */
export async function recordReview(
  { app, runId }: Pick<StepContext, 'app' | 'runId'>,
  matched: MatchResult,
  replayed: Replayed,
  customer: Float64Array,
  previous: Float64Array,
  previousRun: number | null,
): Promise<void> {
  const records = customer.length
  const decided = new Set(replayed.pairs.map(({ left, right }) => pairNumber(records, left, right)))
  const queue = informativePairs({
    ...matched.scored,
    threshold: logOddsOf(matched.threshold),
    entity: matched.entity,
    flagged: matched.flagged,
    decided: (i, j) => decided.has(pairNumber(records, i, j)),
  })
  const rows: Row[] = queue.map((pair, at) => ({ ...pair, rank: at + 1 }))
  for (const { left, right } of replayed.pairs) {
    const [i, j] = left < right ? [left, right] : [right, left]
    const logOdds = oddsOf(matched.explain(i, j))
    rows.push({ left: i, right: j, logOdds, reason: 'decided', groupSize: 0, rank: 0 })
  }
  await writePairs(app, runId, rows, matched)
  const bins = weightBins(records, matched.scored.left, matched.scored.right, matched.scored.logOdds)
  await app.facts.insert(
    'pair_weights',
    bins.map(bin => ({ run_id: runId, ...bin })),
  )
  const figures = asJson(
    runFigures({ matched, customer, previous, automatic: replayed.threshold === undefined, previousRun }),
  )
  await app.workflow.db
    .insertInto('collect_identity_figures')
    .values({ run_id: runId, at: new Date(), figures })
    .onConflict(conflict => conflict.column('run_id').doUpdateSet({ figures }))
    .execute()
}

const pairNumber = (records: number, i: number, j: number): number => Math.min(i, j) * records + Math.max(i, j)

const oddsOf = (steps: readonly WeightStep[]): number =>
  steps.reduce((sum, { bits, rarityBits }) => sum + bits + rarityBits, 0) * Math.LN2

/** Pairs looked up and written at a time: 40 numbers and names of 40 bytes are far below a statement's megabyte. */
const PAIRS_A_BATCH = 5000

async function writePairs(app: App, runId: number, rows: readonly Row[], matched: MatchResult): Promise<void> {
  for (let from = 0; from < rows.length; from += PAIRS_A_BATCH) {
    const batch = rows.slice(from, from + PAIRS_A_BATCH)
    const names = await recordNames(
      app,
      runId,
      batch.flatMap(({ left, right }) => [left, right]),
    )
    await app.facts.insert(
      'review_pairs',
      batch.flatMap(row => {
        const left = names.get(row.left)
        const right = names.get(row.right)
        if (!left || !right) return []
        return [
          {
            run_id: runId,
            rank: row.rank,
            left_source: left.source,
            left_key: left.rowKey,
            right_source: right.source,
            right_key: right.rowKey,
            log_odds: row.logOdds,
            linked: matched.entity[row.left] === matched.entity[row.right] ? 1 : 0,
            reason: row.reason,
            group_size: row.groupSize,
            steps: JSON.stringify(matched.explain(row.left, row.right).map(withoutValues)),
          },
        ]
      }),
    )
  }
}

/** The values stand in the records, where they are masked and erased. */
const withoutValues = ({ left: _left, right: _right, ...step }: WeightStep): Omit<WeightStep, 'left' | 'right'> => step

async function recordNames(app: App, runId: number, numbers: number[]): Promise<Map<number, RecordRef>> {
  const rows = await app.facts.query<RecordRef & { no: number }>(
    `SELECT record_no AS no, source, row_key AS rowKey FROM current_records
     WHERE run_id = {run_id:UInt64} AND record_no IN {numbers:Array(UInt32)}`,
    { run_id: runId, numbers: [...new Set(numbers)] },
  )
  return new Map(rows.map(({ no, source, rowKey }) => [no, { source, rowKey }]))
}
