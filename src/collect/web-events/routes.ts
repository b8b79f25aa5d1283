/** The web sites that may report, managed by people. */
import { z } from 'zod'
import type { App, Http } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { webScript } from './script.ts'
import { addSite, changeSite, webSites } from './sites.ts'

export const webSite = z.object({
  siteId: z.number(),
  name: z.string(),
  siteKey: z.string(),
  origins: z.array(z.string()),
  paused: z.boolean(),
})
export const webSiteList = z.object({
  rows: z.array(webSite),
  script: z.object({ hash: z.string(), integrity: z.string(), bytes: z.number() }),
})

const config = { permission: 'giveback.manage' } as const
const tags = ['web sites']
const byId = z.object({ id: z.coerce.number().int().positive() })
const origins = z.array(z.string().max(200)).min(1).max(20)

export function webRoutes(http: Http, app: App): void {
  http.get(
    '/web-sites',
    { config, schema: { tags, summary: 'Web sites that report visits', response: { 200: webSiteList } } },
    async () => {
      const { hash, integrity, gzip } = webScript()
      return { rows: await webSites(app), script: { hash, integrity, bytes: gzip.length } }
    },
  )
  http.post(
    '/web-sites',
    {
      config,
      schema: {
        tags,
        summary: 'Add a web site',
        body: z.object({ name: z.string().trim().min(1).max(80), origins }),
        response: { 201: webSite },
      },
    },
    async (req, reply) => {
      const site = await addSite(app, req.body)
      await audit(app, { userId: req.user.userId, action: 'web-site.add', object: `web-site/${site.siteId}` })
      return reply.code(201).send(site)
    },
  )
  http.put(
    '/web-sites/:id',
    {
      config,
      schema: {
        tags,
        summary: 'Change, pause, take away or bring back a web site',
        params: byId,
        body: z.object({
          name: z.string().trim().min(1).max(80).optional(),
          origins: origins.optional(),
          paused: z.boolean().optional(),
          deleted: z.boolean().optional(),
        }),
        response: { 200: z.object({ siteId: z.number() }) },
      },
    },
    async req => {
      await changeSite(app, req.params.id, req.body)
      const detail = { changed: Object.keys(req.body) }
      await audit(app, {
        userId: req.user.userId,
        action: 'web-site.change',
        object: `web-site/${req.params.id}`,
        detail,
      })
      return { siteId: req.params.id }
    },
  )
}
