import type { App, Http } from '../platform/app.ts'
import { customerRoutes } from './customers/routes.ts'
import { dataRoutes } from './import/routes.ts'

export function routes(http: Http, app: App): void {
  customerRoutes(http, app)
  dataRoutes(http, app)
}
