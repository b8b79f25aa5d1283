import type { App, Http } from '../../platform/app.ts'
import { watchRows } from './refresh/jobs.ts'
import { lookRoutes } from './routes/look-routes.ts'
import { managerRoutes } from './routes/manager-routes.ts'
import { matrixRoutes } from './routes/matrix-routes.ts'
import { trialRoutes } from './routes/trial-routes.ts'
import { versionRoutes } from './routes/version-routes.ts'

export function segmentRoutes(http: Http, app: App): void {
  for (const routes of [lookRoutes, versionRoutes, trialRoutes, matrixRoutes, managerRoutes]) routes(http, app)
  // From the moment somebody serves pages, segments follow the rows that arrive.
  http.addHook('onReady', () => watchRows(app))
}
