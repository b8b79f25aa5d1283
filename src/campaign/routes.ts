import { z } from 'zod'
import type { App, Http } from '../platform/app.ts'
import { audit } from '../platform/audit.ts'
import { campaignList, campaignView } from './api.ts'
import { learningRoutes } from './learning/routes.ts'
import { type CampaignState, moveTo } from './state.ts'
import { listCampaigns, readCampaign } from './view.ts'

const page = z.object({
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(50),
})
const byId = z.object({ id: z.coerce.number().int().min(1) })

export function routes(http: Http, app: App): void {
  learningRoutes(http, app)
  const read = { config: { permission: 'campaign.read' as const } }
  http.get(
    '/campaigns',
    {
      ...read,
      schema: {
        tags: ['campaign'],
        summary: 'Campaigns, newest first',
        querystring: page,
        response: { 200: campaignList },
      },
    },
    async req => ({ rows: await listCampaigns(app, req.query.offset, req.query.limit) }),
  )

  http.get(
    '/campaigns/:id',
    {
      ...read,
      schema: {
        tags: ['campaign'],
        summary: 'One campaign: arms, counts, result',
        params: byId,
        response: { 200: campaignView },
      },
    },
    req => readCampaign(app, req.params.id),
  )

  const change = (path: string, summary: string, to: CampaignState) =>
    http.post(
      path,
      {
        config: { permission: 'campaign.approve' as const },
        schema: {
          tags: ['campaign'],
          summary,
          params: byId,
          body: z.object({}).nullish(),
          response: { 200: campaignView },
        },
      },
      async req => {
        const { id } = req.params
        await app.workflow.transaction(tx => moveTo(tx, id, to, { userId: req.user.userId, name: req.user.name }))
        await audit(app, { userId: req.user.userId, action: `campaign.${to}`, object: `campaign/${id}` })
        return readCampaign(app, id)
      },
    )
  change('/campaigns/:id/approve', 'Approve a draft', 'approved')
  change('/campaigns/:id/stop', 'Stop a campaign', 'stopped')
}
