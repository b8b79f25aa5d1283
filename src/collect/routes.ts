import type { App, Http } from '../platform/app.ts'
import { consentRoutes } from './consent/routes.ts'
import { customerRoutes } from './customers/routes.ts'
import { decayRoutes } from './decay/routes.ts'
import { identityRoutes } from './decisions/routes.ts'
import { eventRoutes } from './events/routes.ts'
import { feedRoutes, keyRoutes } from './giving-back/feed-routes.ts'
import { givebackRoutes } from './giving-back/routes.ts'
import { householdRoutes } from './households/routes.ts'
import { dataRoutes } from './import/routes.ts'
import { lookupRoutes } from './lookup/index.ts'
import { qualityRoutes } from './quality/routes.ts'
import { repairRoutes } from './repair/routes.ts'
import { rightsRoutes } from './rights/routes.ts'
import { verificationRoutes } from './verification/routes.ts'
import { webRoutes } from './web-events/routes.ts'

export function routes(http: Http, app: App): void {
  customerRoutes(http, app)
  lookupRoutes(http, app)
  dataRoutes(http, app)
  qualityRoutes(http, app)
  decayRoutes(http, app)
  repairRoutes(http, app)
  verificationRoutes(http, app)
  eventRoutes(http, app)
  identityRoutes(http, app)
  householdRoutes(http, app)
  webRoutes(http, app)
  givebackRoutes(http, app)
  feedRoutes(http, app)
  keyRoutes(http, app)
  consentRoutes(http, app)
  rightsRoutes(http, app)
}
