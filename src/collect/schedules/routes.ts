import { z } from 'zod'
import type { App, Http } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { loadList, scheduleBody } from '../mappings/api.ts'
import { loadAsView } from '../mappings/source-views.ts'
import { loadNow, loads, removeSchedule, setSchedule } from './schedules.ts'

const write = { permission: 'collect.import' } as const
const tags = ['sources']
const byName = z.object({ source: z.string() })

export function scheduleRoutes(http: Http, app: App): void {
  http.get(
    '/loads',
    {
      config: { permission: 'quality.read' },
      schema: {
        tags,
        summary: 'What was brought in on somebody’s word or by a schedule',
        querystring: z.object({ source: z.string().optional() }),
        response: { 200: loadList },
      },
    },
    async req => ({ rows: (await loads(app, req.query.source)).map(loadAsView) }),
  )

  http.post(
    '/sources/:source/load',
    {
      config: write,
      schema: {
        tags,
        summary: 'Brings the source in now, in the background',
        params: byName,
        response: { 200: z.object({ loadId: z.number() }) },
      },
    },
    async req => {
      const loadId = await loadNow(app, req.params.source, req.user.userId)
      await audit(app, {
        userId: req.user.userId,
        action: 'source.load',
        object: `source/${req.params.source}`,
        detail: { loadId },
      })
      return { loadId }
    },
  )

  http.put(
    '/sources/:source/schedule',
    {
      config: write,
      schema: {
        tags,
        summary: 'When the source is read by itself',
        params: byName,
        body: scheduleBody,
        response: { 204: z.null() },
      },
    },
    async (req, reply) => {
      await setSchedule(app, req.params.source, req.body, req.user.userId)
      await audit(app, {
        userId: req.user.userId,
        action: 'source.schedule',
        object: `source/${req.params.source}`,
        detail: req.body,
      })
      return reply.code(204).send(null)
    },
  )

  http.delete(
    '/sources/:source/schedule',
    { config: write, schema: { tags, summary: 'No longer by itself', params: byName, response: { 204: z.null() } } },
    async (req, reply) => {
      await removeSchedule(app, req.params.source)
      await audit(app, {
        userId: req.user.userId,
        action: 'source.unschedule',
        object: `source/${req.params.source}`,
      })
      return reply.code(204).send(null)
    },
  )
}
