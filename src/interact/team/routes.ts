import { z } from 'zod'
import { offers } from '../../optimize/index.ts'
import type { App, Http } from '../../platform/app.ts'
import { sendReport, writeReport } from '../../platform/export/index.ts'
import { langOf } from '../../platform/http/errors.ts'
import * as api from './api.ts'
import { circleRoutes } from './circle-routes.ts'
import { figuresOf, figuresReport } from './figures.ts'
import { liveView } from './live.ts'
import { objectionFigures } from './objection-figures.ts'
import { sampleRoutes } from './sample-routes.ts'
import { trialRoutes } from './trial-routes.ts'

const tags = ['team']

/** What a team lead sees: the desk live, its figures, and what is done to make it better. */
export function teamRoutes(http: Http, app: App): void {
  const read = { config: { permission: 'team.read' as const } }

  http.get(
    '/team/live',
    { ...read, schema: { tags, summary: 'Agents and queues as they are now', response: { 200: api.live } } },
    () => liveView(app),
  )
  http.get(
    '/team/figures',
    {
      ...read,
      schema: {
        tags,
        summary: 'Contact, completion, conversion and key fields of a period',
        querystring: api.figuresQuery,
        response: { 200: api.figures },
      },
    },
    req => figuresOf(app, req.query),
  )
  http.get(
    '/team/figures/export',
    {
      ...read,
      schema: {
        tags,
        summary: 'The same as a file',
        querystring: api.figuresQuery.extend({ format: z.enum(['csv', 'xlsx']) }),
      },
    },
    async (req, reply) => {
      const report = figuresReport(await figuresOf(app, req.query), req.query, langOf(req))
      const name = `calls-by-${req.query.by}-${req.query.from}-${req.query.to}`
      return sendReport(reply, await writeReport(report, req.query.format), name)
    },
  )
  http.get(
    '/team/objections',
    {
      ...read,
      schema: {
        tags,
        summary: 'What customers say against offers, and how often they take them after all',
        querystring: api.objectionsQuery,
        response: { 200: api.objections },
      },
    },
    async req => {
      const [figures, known] = await Promise.all([objectionFigures(app, req.query), offers(app).catch(() => [])])
      return { ...figures, offers: known.map(({ id, name }) => ({ offer: id, name })) }
    },
  )
  sampleRoutes(http, app)
  trialRoutes(http, app)
  circleRoutes(http, app)
}
