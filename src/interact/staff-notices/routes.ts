import type { App, Http } from '../../platform/app.ts'
import * as api from './api.ts'
import { noticesOf, noticesSeen } from './notices.ts'

const tags = ['notices']
// Everybody who can sign in has a page that is told.
const config = { permission: 'turn.read' as const }

export function noticeRoutes(http: Http, app: App): void {
  http.get(
    '/notices',
    { config, schema: { tags, summary: 'What the house tells me', response: { 200: api.noticeList } } },
    req => noticesOf(app, req.user.userId),
  )
  http.post(
    '/notices/seen',
    {
      config,
      schema: {
        tags,
        summary: 'Seen: one of my notices, or all',
        body: api.seenBody,
        response: { 200: api.noticeList },
      },
    },
    async req => {
      await noticesSeen(app, req.user.userId, req.body.noticeId)
      return noticesOf(app, req.user.userId)
    },
  )
}
