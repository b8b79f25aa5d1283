import { sql } from 'kysely'
import { type ShareDifference, shareDifference } from '../../analyze/index.ts'
import type { App } from '../../platform/app.ts'
import { type Share, shareOf } from './shares.ts'
import { alwaysValidP } from './trial-evidence.ts'
import { type TrialMeasure, trialMeasures } from './trial-measures.ts'
import type { Trial } from './trial-of-task.ts'
import type { Variant } from './variant.ts'

export interface TrialResult {
  /** Calls ended; a task may take several. */
  calls: { a: number; b: number }
  tasks: { a: number; b: number }
  measures: {
    measure: TrialMeasure
    a: Share
    b: Share
    lift: ShareDifference | null
    /** May be looked at after every call. */
    p: number
  }[]
}

interface TaskEnd {
  variant: Variant
  calls: number
  /** When it first was so; null never. */
  contact: Date | null
  completion: Date | null
  conversion: Date | null
  fields: Date | null
}

/** One row a task, however often it was rung: all shares are of the tasks rung, so that what is compared is what was split. */
const TASKS = (trialId: number) => sql<TaskEnd>`
  SELECT min(variant) AS variant, count(*)::int4 AS calls,
    min(at) FILTER (WHERE reached) AS contact,
    min(at) FILTER (WHERE reached AND outcome <> 'callback') AS completion,
    min(at) FILTER (WHERE outcome = 'accepted') AS conversion,
    min(at) FILTER (WHERE cardinality(fields) > 0) AS fields
  FROM desk_outcomes WHERE trial_id = ${trialId} GROUP BY task_id`

export async function resultOf({ workflow }: Pick<App, 'workflow'>, trial: Trial): Promise<TrialResult> {
  const { rows } = await TASKS(trial.trial_id).execute(workflow.db)
  const of = { a: rows.filter(row => row.variant === 'a'), b: rows.filter(row => row.variant === 'b') }
  const calls = (some: readonly TaskEnd[]): number => some.reduce((sum, row) => sum + row.calls, 0)
  return {
    calls: { a: calls(of.a), b: calls(of.b) },
    tasks: { a: of.a.length, b: of.b.length },
    measures: trialMeasures.map(measure => {
      const yes = (some: readonly TaskEnd[]) => ({ yes: some.filter(row => row[measure]).length, of: some.length })
      const [a, b] = [yes(of.a), yes(of.b)]
      const successes = rows
        .filter(row => row[measure])
        .sort((one, other) => one[measure]!.getTime() - other[measure]!.getTime())
      return {
        measure,
        a: shareOf(a.yes, a.of),
        b: shareOf(b.yes, b.of),
        lift: shareDifference(b, a),
        p: alwaysValidP(
          successes.map(row => row.variant),
          trial.share,
        ),
      }
    }),
  }
}
