/** The customer's own door: papers as received, answers, questions, cases, calls, details, wishes, rights. Without a script. */
import type { App, Http } from '../../platform/app.ts'
import { callRoutes } from './call-page.ts'
import { caseRoutes } from './cases-pages.ts'
import { detailRoutes } from './details-pages.ts'
import { messageRoutes } from './messages-pages.ts'
import { paperRoutes } from './papers-pages.ts'
import { portal } from './place.ts'
import { rightsRoutes } from './rights-pages.ts'
import { signInRoutes } from './sign-in.ts'
import { strayRoutes } from './stray-pages.ts'
import { surveyRoutes } from './survey-box.ts'
import { wishRoutes } from './wishes-pages.ts'

export function portalRoutes(http: Http, app: App): void {
  signInRoutes(http, app, portal)
  paperRoutes(http, app, portal)
  messageRoutes(http, app, portal)
  caseRoutes(http, app, portal)
  callRoutes(http, app, portal)
  detailRoutes(http, app, portal)
  wishRoutes(http, app, portal)
  rightsRoutes(http, app, portal)
  surveyRoutes(http, app, portal)
  strayRoutes(http, app, portal)
}
