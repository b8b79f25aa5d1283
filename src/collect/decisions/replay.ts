/** Decisions of people and the threshold they chose, as an identity run takes them up. */
import type { App } from '../../platform/app.ts'
import type { Decided } from '../match/index.ts'
import { type StandingDecision, standingDecisions } from './keep-decisions.ts'
import { AMONG_REFS, type RecordRef, refKey, refParams } from './record-ref.ts'
import { chosenThreshold } from './threshold-setting.ts'

export interface Replayed {
  /** For `matchPeople`. */
  decisions: Decided | undefined
  /** Probability; undefined: the matcher chooses. */
  threshold: number | undefined
  /** Decided pairs by record number, for what the run hands back to people. */
  pairs: { left: number; right: number; decision: StandingDecision }[]
}

/** Two lists of so many names stay below a statement's megabyte of parameters. */
const REFS_A_QUERY = 4000

/** `runId`: the run whose `current_records` are numbered. A decision about a record that is gone waits for its return. */
export async function replayDecisions(app: App, runId: number): Promise<Replayed> {
  const standing = await standingDecisions(app)
  const numbers = await recordNumbers(
    app,
    runId,
    standing.flatMap(({ left, right }) => [left, right]),
  )
  const pairs = standing.flatMap(decision => {
    const left = numbers.get(refKey(decision.left))
    const right = numbers.get(refKey(decision.right))
    return left === undefined || right === undefined ? [] : [{ left, right, decision }]
  })
  const threshold = (await chosenThreshold(app)).probability ?? undefined
  return { decisions: pairs.length > 0 ? decidedOf(pairs) : undefined, threshold, pairs }
}

function decidedOf(pairs: Replayed['pairs']): Decided {
  const of = (kind: 'same' | 'different') => {
    const kept = pairs.filter(({ decision }) => decision.kind === kind)
    return [Uint32Array.from(kept, p => p.left), Uint32Array.from(kept, p => p.right)] as const
  }
  return { same: of('same'), different: of('different') }
}

async function recordNumbers(app: App, runId: number, refs: readonly RecordRef[]): Promise<Map<string, number>> {
  const unique = [...new Map(refs.map(ref => [refKey(ref), ref])).values()]
  const numbers = new Map<string, number>()
  for (let from = 0; from < unique.length; from += REFS_A_QUERY) {
    const rows = await app.facts.query<RecordRef & { no: number }>(
      `SELECT source, row_key AS rowKey, record_no AS no FROM current_records WHERE run_id = {run_id:UInt64} AND ${AMONG_REFS}`,
      { run_id: runId, ...refParams(unique.slice(from, from + REFS_A_QUERY)) },
    )
    for (const row of rows) numbers.set(refKey(row), row.no)
  }
  return numbers
}
