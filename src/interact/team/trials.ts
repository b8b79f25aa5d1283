import { sql } from 'kysely'
import { type ShareDifference, shareDifference } from '../../analyze/index.ts'
import { scriptVersions } from '../../personalize/index.ts'
import type { App } from '../../platform/app.ts'
import { teamErrors } from './errors.ts'
import { type Share, shareOf } from './shares.ts'
import { alwaysValidP } from './trial-evidence.ts'
import type { Trial } from './trial-of-task.ts'
import type { Variant } from './variant.ts'

export interface NewTrial {
  name: string
  list: string
  template: string
  versionA: number
  versionB: number
  share: number
  planned: number
}

export async function startTrial(app: App, given: NewTrial, userId: number): Promise<number> {
  const { list, template, versionA: a, versionB: b } = given
  const { db } = app.workflow
  const known = await db.selectFrom('desk_lists').select('kind').where('list_id', '=', list).executeTakeFirst()
  if (known?.kind !== 'campaign') throw teamErrors['team.no-list']({ list })
  const versions = (await scriptVersions(app)).find(one => one.template === template)?.versions ?? []
  if (a === b || !versions.includes(a) || !versions.includes(b))
    throw teamErrors['team.not-two-versions']({ a, b, template })
  const row = await db
    .insertInto('script_trials')
    .values({
      name: given.name,
      list,
      template,
      version_a: a,
      version_b: b,
      share: given.share,
      planned: given.planned,
      state: 'live',
      kept: '',
      remark: '',
      created_by: userId,
      created_at: new Date(),
      closed_at: null,
    })
    .onConflict(conflict => conflict.column('list').where('state', '=', 'live').doNothing())
    .returning('trial_id')
    .executeTakeFirst()
  if (!row) throw teamErrors['team.trial-running']({ list })
  return row.trial_id
}

export async function closeTrial(
  { workflow }: App,
  trialId: number,
  { kept, remark }: { kept: Variant | ''; remark: string },
): Promise<void> {
  const row = await workflow.db
    .updateTable('script_trials')
    .set({ state: 'closed', kept, remark, closed_at: new Date() })
    .where('trial_id', '=', trialId)
    .where('state', '=', 'live')
    .returning('trial_id')
    .executeTakeFirst()
  if (row) return
  await trialById({ workflow }, trialId)
  throw teamErrors['team.trial-closed']({ trial: trialId })
}

export async function trialById({ workflow }: Pick<App, 'workflow'>, trialId: number): Promise<Trial> {
  const row = await workflow.db
    .selectFrom('script_trials')
    .selectAll()
    .where('trial_id', '=', trialId)
    .executeTakeFirst()
  if (!row) throw teamErrors['team.no-trial']({ trial: trialId })
  return row
}

export const trialMeasures = ['contact', 'completion', 'conversion', 'fields'] as const
export type TrialMeasure = (typeof trialMeasures)[number]

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
