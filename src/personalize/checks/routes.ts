import { z } from 'zod'
import type { App, Http } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { permits } from '../../platform/auth/permissions.ts'
import * as api from './api.ts'
import { listChecks, listFindings } from './check-view.ts'
import { startCheck } from './run-check.ts'

const ofCampaign = z.object({ id: z.coerce.number().int().min(1) })

export function checkRoutes(http: Http, app: App): void {
  const read = { config: { permission: 'campaign.read' as const } }
  const tags = ['personalize']

  http.get(
    '/campaigns/:id/checks',
    {
      ...read,
      schema: { tags, summary: 'Dry checks of a campaign', params: ofCampaign, response: { 200: api.checkList } },
    },
    async req => ({ rows: await listChecks(app, req.params.id) }),
  )

  http.post(
    '/campaigns/:id/checks',
    {
      config: { permission: 'campaign.approve' as const },
      schema: {
        tags,
        summary: 'Check every customer of a campaign before anything is sent',
        params: ofCampaign,
        body: z.strictObject({ wave: z.number().int().min(0).max(10_000).default(0) }),
        response: { 200: z.object({ id: z.number() }) },
      },
    },
    async req => {
      const id = await startCheck(app, req.params.id, req.body.wave, req.user.name)
      await audit(app, { userId: req.user.userId, action: 'campaign.check', object: `campaign/${req.params.id}` })
      return { id }
    },
  )

  http.get(
    '/campaigns/:id/checks/:check/findings',
    {
      ...read,
      schema: {
        tags,
        summary: 'Whom it cannot serve, with field and reason',
        params: ofCampaign.extend({ check: z.coerce.number().int().min(1) }),
        querystring: z.object({
          reason: z.string().max(40).optional(),
          field: z.string().max(80).optional(),
          offset: z.coerce.number().int().min(0).default(0),
          limit: z.coerce.number().int().min(1).max(500).default(50),
        }),
        response: { 200: api.findingList },
      },
    },
    async req => listFindings(app, req.params.id, req.params.check, req.query, permits(req.user, 'customers.contact')),
  )
}
