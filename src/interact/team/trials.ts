import { scriptVersions } from '../../personalize/index.ts'
import type { App } from '../../platform/app.ts'
import { teamErrors } from './errors.ts'
import { settleTrialsJob } from './settle-trials.ts'
import type { TrialMeasure } from './trial-measures.ts'
import type { Trial } from './trial-of-task.ts'

export interface NewTrial {
  name: string
  list: string
  template: string
  versionA: number
  versionB: number
  share: number
  planned: number
  measure: TrialMeasure
  until: string | null
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
      measure: given.measure,
      until: given.until,
      decided_at: null,
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
  await app.jobs.schedule(settleTrialsJob, '*/5 * * * *', {})
  return row.trial_id
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
