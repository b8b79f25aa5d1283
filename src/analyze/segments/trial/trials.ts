import { z } from 'zod'
import type { App } from '../../../platform/app.ts'
import { defineJob } from '../../../platform/jobs/index.ts'
import { asJson } from '../../../platform/stores/workflow/index.ts'
import { segmentErrors } from '../errors.ts'
import { workThrough } from '../long-work.ts'
import type { Person } from '../versions/drafts.ts'
import { versionRow } from '../versions/versions.ts'
import { runTrial } from './run-trial.ts'

export const trialJob = defineJob({
  name: 'analyze.try-segments',
  version: 1,
  schema: z.object({ trial: z.number() }),
  retry: { limit: 1, delaySeconds: 5 },
  async handle({ trial }, { services: { app } }) {
    const row = await trialRow(app, trial)
    await workThrough(app, 'segment_trials', trial, report =>
      runTrial(app, { set: row.body, stepMonths: row.step_months }, report),
    )
  },
})

/** Puts a version on trial; its rules are kept with the trial, since a draft goes on changing. */
export async function startTrial(app: App, version: number, stepMonths: number, who: Person): Promise<number> {
  const { body } = await versionRow(app, version)
  const running = await app.workflow.db
    .selectFrom('segment_trials')
    .select('id')
    .where('version_id', '=', version)
    .where('state', 'in', ['waiting', 'running'])
    .executeTakeFirst()
  if (running) throw segmentErrors['analyze.trial-running']({ trial: running.id })
  const { id } = await app.workflow.db
    .insertInto('segment_trials')
    .values({
      version_id: version,
      body: asJson(body),
      step_months: stepMonths,
      state: 'waiting',
      done: 0,
      total: 1,
      note: '',
      by_user: who.userId,
      by_name: who.name,
      at: new Date(),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await app.jobs.send(trialJob, { trial: id }, { group: 'segment-trials', key: String(id) })
  return id
}

export async function trialRow(app: App, id: number) {
  const row = await app.workflow.db.selectFrom('segment_trials').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw segmentErrors['analyze.no-such-trial']({ trial: id })
  return row
}

export const trialsOf = (app: App, version: number) =>
  app.workflow.db
    .selectFrom('segment_trials')
    .select(['id', 'state', 'done', 'step_months', 'by_name', 'at', 'body'])
    .where('version_id', '=', version)
    .orderBy('id', 'desc')
    .limit(20)
    .execute()
