import { z } from 'zod'
import type { App, Http } from '../../platform/app.ts'
import { permits } from '../../platform/auth/permissions.ts'
import { timelineView } from './api.ts'
import { timelineOf } from './timeline.ts'

export function timelineRoutes(http: Http, app: App): void {
  http.get(
    '/communications/:id/timeline',
    {
      config: { permission: 'communications.read' },
      schema: {
        tags: ['interact'],
        summary: 'What happened with one communication, from composing to the answer',
        params: z.object({ id: z.string().max(64) }),
        response: { 200: timelineView },
      },
    },
    async req => ({ rows: await timelineOf(app, req.params.id, permits(req.user, 'communications.content')) }),
  )
}
