import { z } from 'zod'
import { scriptVersions } from '../../personalize/index.ts'
import type { App, Http } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import * as api from './api.ts'
import { decideTrial } from './decide-trial.ts'
import { namesOf } from './names.ts'
import { resultOf } from './trial-result.ts'
import { startTrial } from './trials.ts'

const tags = ['team']
const byId = z.object({ id: z.coerce.number().int().positive() })

export function trialRoutes(http: Http, app: App): void {
  const write = { config: { permission: 'team.write' as const } }

  http.get(
    '/team/trials',
    {
      config: { permission: 'team.read' },
      schema: { tags, summary: 'Scripts compared, the newest first', response: { 200: api.trialList } },
    },
    async () => {
      const { db } = app.workflow
      const [trials, lists, templates, names] = await Promise.all([
        db.selectFrom('script_trials').selectAll().orderBy('trial_id', 'desc').limit(100).execute(),
        db.selectFrom('desk_lists').select('list_id').where('kind', '=', 'campaign').orderBy('rank').execute(),
        scriptVersions(app),
        namesOf(app),
      ])
      const results = await Promise.all(trials.map(trial => resultOf(app, trial)))
      return {
        rows: trials.map((trial, i) => ({
          trialId: trial.trial_id,
          name: trial.name,
          list: trial.list,
          listName: names.list(trial.list),
          template: trial.template,
          versionA: trial.version_a,
          versionB: trial.version_b,
          share: trial.share,
          planned: trial.planned,
          state: trial.state,
          kept: trial.kept,
          remark: trial.remark,
          createdAt: trial.created_at.toISOString(),
          closedAt: trial.closed_at?.toISOString() ?? null,
          measure: trial.measure,
          until: trial.until,
          ended: trial.ended,
          decided: trial.decided_at !== null,
          draft: trial.draft_id,
          ...results[i]!,
        })),
        lists: lists.map(row => ({ list: row.list_id, name: names.list(row.list_id) })),
        templates: templates.map(({ name, ...rest }) => ({ ...rest, name })),
      }
    },
  )
  http.post(
    '/team/trials',
    {
      ...write,
      schema: { tags, summary: 'Compare two scripts', body: api.trialBody, response: { 200: api.trialMade } },
    },
    async req => {
      const trialId = await startTrial(app, req.body, req.user.userId)
      await audit(app, {
        userId: req.user.userId,
        action: 'team.trial-start',
        object: `script-trial/${trialId}`,
        detail: req.body,
      })
      return { trialId }
    },
  )
  http.post(
    '/team/trials/:id/close',
    {
      ...write,
      schema: {
        tags,
        summary: 'End it, and say which is kept',
        params: byId,
        body: api.closeBody,
        response: { 200: api.trialDecided },
      },
    },
    async req => {
      const { draft } = await decideTrial(app, req.params.id, req.body, req.user)
      await audit(app, {
        userId: req.user.userId,
        action: 'team.trial-close',
        object: `script-trial/${req.params.id}`,
        detail: { kept: req.body.kept, draft },
      })
      return { draft }
    },
  )
}
