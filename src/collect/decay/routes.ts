import { z } from 'zod'
import type { App, Http } from '../../platform/app.ts'
import { decayReport, verifyFirstList } from './api.ts'
import { decayView, verifyFirstView } from './view.ts'

const page = {
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(50),
}
const read = { permission: 'quality.read' } as const
const tags = ['quality']

export function decayRoutes(http: Http, app: App): void {
  http.get(
    '/decay',
    { config: read, schema: { tags, summary: 'How fast values go wrong', response: { 200: decayReport } } },
    async () => decayView(app),
  )

  http.get(
    '/decay/verify-first',
    {
      config: read,
      schema: {
        tags,
        summary: 'What to ask customers after first',
        querystring: z.object({ field: z.enum(['mobile', 'landline', 'email', 'address']).optional(), ...page }),
        response: { 200: verifyFirstList },
      },
    },
    async req => verifyFirstView(app, req.query, req.user),
  )
}
