import { z } from 'zod'
import type { App, Http } from '../../../platform/app.ts'
import { audit } from '../../../platform/audit.ts'
import * as api from '../api.ts'
import { saveSegmentSettings, segmentSettings } from '../settings.ts'
import { acceptSuggestion, startSuggestion, suggestionRow, usualFeatures } from '../suggest/suggestions.ts'
import { startTrial, trialRow, trialsOf } from '../trial/trials.ts'
import { versionRow } from '../versions/versions.ts'

const tags = ['segments']
const read = { config: { permission: 'segments.read' as const } }
const write = { config: { permission: 'segments.write' as const } }
const numbered = z.object({ id: z.coerce.number().int().positive() })

/** Trials of a version before it is released, what people can serve, and groups found in the customers. */
export function trialRoutes(http: Http, app: App): void {
  http.post(
    '/segments/trials',
    {
      ...write,
      schema: {
        tags,
        summary: 'Try a version on today and the past twelve months',
        body: api.trialStart,
        response: { 200: api.made },
      },
    },
    async req => ({ id: await startTrial(app, req.body.version, req.body.months, req.user) }),
  )
  http.get(
    '/segments/trials',
    {
      ...read,
      schema: {
        tags,
        summary: 'Trials of a version',
        querystring: z.object({ version: z.coerce.number().int().positive() }),
        response: { 200: api.trialList },
      },
    },
    async req => {
      const { version } = req.query
      const [rows, { body }] = await Promise.all([trialsOf(app, version), versionRow(app, version)])
      const now = JSON.stringify(body)
      return {
        rows: rows.map(row => ({
          id: row.id,
          state: row.state,
          done: row.done,
          by: row.by_name,
          at: row.at.toISOString(),
          version,
          months: row.step_months,
          outdated: JSON.stringify(row.body) !== now,
        })),
      }
    },
  )
  http.get(
    '/segments/trials/:id',
    {
      ...read,
      schema: { tags, summary: 'A trial and what it found', params: numbered, response: { 200: api.trial } },
    },
    async req => {
      const row = await trialRow(app, req.params.id)
      const { body } = await versionRow(app, row.version_id)
      return {
        id: row.id,
        state: row.state,
        done: row.done,
        note: row.note,
        error: row.error,
        by: row.by_name,
        at: row.at.toISOString(),
        version: row.version_id,
        months: row.step_months,
        outdated: JSON.stringify(row.body) !== JSON.stringify(body),
        result: row.result,
      }
    },
  )
  const capacity = { tags, response: { 200: api.capacitySchema } }
  http.get(
    '/segments/capacity',
    { ...read, schema: { ...capacity, summary: 'What the people who serve segments can do' } },
    async () => (await segmentSettings(app)).capacity,
  )
  http.put(
    '/segments/capacity',
    {
      ...write,
      schema: { ...capacity, summary: 'Change what the team can do', body: api.capacitySchema },
    },
    async req => {
      await audit(app, { userId: req.user.userId, action: 'segments.capacity', object: 'segments' })
      return (await saveSegmentSettings(app, { capacity: req.body })).capacity
    },
  )
  http.post(
    '/segments/suggestions',
    {
      ...write,
      schema: {
        tags,
        summary: 'Look for groups among the customers who bought, and rules that tell them apart',
        body: api.suggestBody,
        response: { 200: api.made },
      },
    },
    async req => {
      const { features = [...usualFeatures], ...asked } = req.body
      return { id: await startSuggestion(app, { ...asked, features }, req.user) }
    },
  )
  http.get(
    '/segments/suggestions/:id',
    {
      ...read,
      schema: { tags, summary: 'Groups that were found', params: numbered, response: { 200: api.suggestion } },
    },
    async req => {
      const row = await suggestionRow(app, req.params.id)
      return {
        id: row.id,
        state: row.state,
        done: row.done,
        note: row.note,
        error: row.error,
        by: row.by_name,
        at: row.at.toISOString(),
        features: row.input.features,
        result: row.result,
      }
    },
  )
  http.post(
    '/segments/suggestions/:id/accept',
    {
      ...write,
      schema: {
        tags,
        summary: 'Take the rules of a suggestion into a draft',
        params: numbered,
        body: api.acceptBody,
        response: { 200: api.made },
      },
    },
    async req => {
      const id = await acceptSuggestion(app, req.params.id, req.body.name, req.user)
      await audit(app, { userId: req.user.userId, action: 'segments.accept', object: `segments/version/${id}` })
      return { id }
    },
  )
}
