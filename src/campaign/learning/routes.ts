import { z } from 'zod'
import type { App, Http } from '../../platform/app.ts'
import { reportFormats, sendReport, writeReport } from '../../platform/export/index.ts'
import { langOf } from '../../platform/http/errors.ts'
import { loopPage, responsePage, responseQuery } from './api.ts'
import { loopView } from './loop-view.ts'
import { loopReport, responseReport } from './reports.ts'
import { responseView } from './response-view.ts'

const tags = ['campaign']
const config = { permission: 'campaign.read' as const }
const format = z.enum(reportFormats)

export function learningRoutes(http: Http, app: App): void {
  http.get(
    '/learning/loop',
    {
      config,
      schema: {
        tags,
        summary: 'The loop turn by turn, and its return by year and driver',
        response: { 200: loopPage },
      },
    },
    () => loopView(app),
  )
  http.get(
    '/learning/loop/export',
    { config, schema: { tags, summary: 'The same as a file', querystring: z.object({ format }) } },
    async (req, reply) =>
      sendReport(
        reply,
        await writeReport(loopReport(await loopView(app), langOf(req)), req.query.format),
        'learning-loop',
      ),
  )
  http.get(
    '/learning/response',
    {
      config,
      schema: {
        tags,
        summary: 'Response against prediction by segment, offer and channel',
        querystring: responseQuery,
        response: { 200: responsePage },
      },
    },
    req => responseView(app, req.query),
  )
  http.get(
    '/learning/response/export',
    { config, schema: { tags, summary: 'The same as a file', querystring: responseQuery.extend({ format }) } },
    async (req, reply) => {
      const report = responseReport(await responseView(app, req.query), langOf(req))
      return sendReport(reply, await writeReport(report, req.query.format), `response-${req.query.turn ?? 'all'}`)
    },
  )
}
