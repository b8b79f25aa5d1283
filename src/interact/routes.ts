import { z } from 'zod'
import type { App, Http } from '../platform/app.ts'
import { deliveryList } from './api.ts'
import { callRoutes } from './calls/routes.ts'
import { caseRoutes } from './cases/routes.ts'
import { deliveryRoutes } from './delivery/routes.ts'
import { deliveriesOf } from './delivery-states.ts'
import { deskRoutes } from './desk/routes.ts'
import { reasonText } from './gate/reasons.ts'
import { inboxRoutes } from './inbox/routes.ts'
import { kioskStaffRoutes } from './kiosk/staff-routes.ts'
import { letterDecisionRoutes } from './letters/routes.ts'
import { outcomeRoutes } from './outcomes/routes.ts'
import { printRoutes } from './print-runs/routes.ts'
import { noticeRoutes } from './staff-notices/routes.ts'
import { surveyRoutes } from './surveys/routes.ts'
import { listRoutes } from './tasks/list-routes.ts'
import { taskRoutes } from './tasks/routes.ts'
import { teamRoutes } from './team/routes.ts'
import { themeRoutes } from './themes/routes.ts'
import { timelineRoutes } from './timeline/routes.ts'
import { waveRoutes } from './waves/routes.ts'

export function routes(http: Http, app: App): void {
  deliveryRoutes(http, app)
  waveRoutes(http, app)
  timelineRoutes(http, app)
  letterDecisionRoutes(http, app)
  printRoutes(http, app)
  taskRoutes(http, app)
  outcomeRoutes(http, app)
  caseRoutes(http, app)
  kioskStaffRoutes(http, app)
  surveyRoutes(http, app)
  inboxRoutes(http, app)
  listRoutes(http, app)
  callRoutes(http, app)
  deskRoutes(http, app)
  teamRoutes(http, app)
  themeRoutes(http, app)
  noticeRoutes(http, app)
  const tags = ['interact']

  http.get(
    '/customers/:id/deliveries',
    {
      config: { permission: 'communications.read' },
      schema: {
        tags,
        summary: "What became of a customer's communications",
        params: z.object({ id: z.coerce.number().int().min(0) }),
        response: { 200: deliveryList },
      },
    },
    async req => ({
      rows: (await deliveriesOf(app, req.params.id)).map(({ communication_id, reason, ...rest }) => ({
        communicationId: communication_id,
        ...rest,
        reason: reasonText(reason),
      })),
    }),
  )
}
