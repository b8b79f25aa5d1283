import type { App, Http } from '../../platform/app.ts'
import { importList } from '../api.ts'
import { inboxRoutes } from '../inbox/routes.ts'
import { sourceRoutes } from '../mappings/routes.ts'
import { mendingRoutes } from '../mending/routes.ts'
import { scheduleRoutes } from '../schedules/routes.ts'
import { imports } from './lists.ts'

/** Bringing data in: sources and their mappings, the inbox, loads and schedules, imports, the quarantine. */
export function dataRoutes(http: Http, app: App): void {
  http.get(
    '/imports',
    {
      config: { permission: 'quality.read' },
      schema: { tags: ['sources'], summary: 'What was imported', response: { 200: importList } },
    },
    async () => imports(app),
  )
  sourceRoutes(http, app)
  inboxRoutes(http, app)
  scheduleRoutes(http, app)
  mendingRoutes(http, app)
}
