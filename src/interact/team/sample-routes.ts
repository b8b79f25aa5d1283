import { z } from 'zod'
import type { App, Http } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import * as api from './api.ts'
import { criteriaOf, saveCriteria } from './criteria.ts'
import { type Names, namesOf } from './names.ts'
import { sampleView } from './sample-view.ts'
import { drawSamples, listSamples, meanScores, mondayOf, type SampleQuery, sampleById, scoreSample } from './samples.ts'

const tags = ['team']
const byId = z.object({ id: z.coerce.number().int().positive() })

export function sampleRoutes(http: Http, app: App): void {
  const read = { config: { permission: 'team.read' as const } }
  const write = { config: { permission: 'team.write' as const } }

  const list = async (query: SampleQuery) => {
    const [{ total, rows }, means, criteria, names] = await Promise.all([
      listSamples(app, query),
      meanScores(app, query.userId),
      criteriaOf(app),
      namesOf(app),
    ])
    return {
      total,
      rows: rows.map(row => rowView(row, names)),
      criteria,
      means: means.map(row => ({ ...row, agent: names.user(row.userId) })),
    }
  }

  http.get(
    '/team/samples',
    {
      ...read,
      schema: {
        tags,
        summary: 'Calls drawn to be listened to',
        querystring: api.samplesQuery,
        response: { 200: api.sampleList },
      },
    },
    req => {
      const { week, agent, ...query } = req.query
      return list({ ...query, week: week && mondayOf(week), userId: agent })
    },
  )
  http.get(
    '/team/my-scores',
    {
      config: { permission: 'tasks.work' },
      schema: { tags, summary: 'How one’s own calls were scored', response: { 200: api.sampleList } },
    },
    req => list({ userId: req.user.userId, scored: true, offset: 0, limit: 200 }),
  )
  http.post(
    '/team/samples/draw',
    {
      ...write,
      schema: { tags, summary: 'Draw calls of a week at random', body: api.drawBody, response: { 200: api.drawn } },
    },
    async req => {
      const done = await drawSamples(app, { ...req.body, userId: req.user.userId })
      await audit(app, { userId: req.user.userId, action: 'team.draw', object: `week/${done.week}`, detail: done })
      return done
    },
  )
  http.get(
    '/team/samples/:id',
    {
      ...write,
      schema: { tags, summary: 'Open a call to listen to', params: byId, response: { 200: api.sampleDetail } },
    },
    async req => {
      const sample = await sampleById(app, req.params.id)
      const [{ outcome, ...said }, criteria, names] = await Promise.all([
        sampleView(app, sample, req.user),
        criteriaOf(app),
        namesOf(app),
      ])
      await audit(app, { userId: req.user.userId, action: 'team.listen', object: `call/${sample.outcome_id}` })
      const { list, outcome: ended, seconds, at, variant } = outcome
      return {
        ...rowView({ ...sample, list, outcome: ended, seconds, at }, names),
        ...said,
        variant,
        criteria,
      }
    },
  )
  http.put(
    '/team/samples/:id',
    {
      ...write,
      schema: { tags, summary: 'Score it', params: byId, body: api.scoreBody, response: { 200: api.ok } },
    },
    async req => {
      await scoreSample(app, req.params.id, { ...req.body, userId: req.user.userId })
      await audit(app, { userId: req.user.userId, action: 'team.score', object: `sample/${req.params.id}` })
      return { done: true }
    },
  )
  http.put(
    '/team/criteria',
    { ...write, schema: { tags, summary: 'What is scored', body: api.criteriaBody, response: { 200: api.ok } } },
    async req => {
      await saveCriteria(app, req.body.criteria)
      await audit(app, { userId: req.user.userId, action: 'team.criteria', object: 'team/criteria' })
      return { done: true }
    },
  )
}

type Row = Omit<Awaited<ReturnType<typeof listSamples>>['rows'][number], 'scored_at' | 'scored_by' | 'variant'>

const rowView = (row: Row, names: Names): z.infer<typeof api.sampleRow> => ({
  sampleId: row.sample_id,
  week: row.week,
  agent: names.user(row.user_id),
  list: names.list(row.list),
  outcome: row.outcome,
  seconds: row.seconds,
  at: row.at.toISOString(),
  scores: row.scores,
  remark: row.remark,
})
