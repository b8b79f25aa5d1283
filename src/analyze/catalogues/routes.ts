import { z } from 'zod'
import type { App, Http } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { reportFormats, sendReport, writeReport } from '../../platform/export/index.ts'
import { langOf } from '../../platform/http/errors.ts'
import { runInWorker } from '../run-in-worker.ts'
import { runsOfTurn } from '../runs-of-turn.ts'
import * as api from './api.ts'
import { catalogueCode } from './catalogue.ts'
import { askDistribution } from './distributions.ts'
import { retireCatalogue, saveCatalogue } from './store.ts'
import { listCatalogues, listRecipients, recipientsReport, viewCatalogue, viewDistribution } from './view.ts'

const tags = ['analyze']
const read = { config: { permission: 'insight.read' as const } }
const write = { config: { permission: 'catalogues.write' as const } }
const byCode = z.object({ code: catalogueCode })

export function catalogueRoutes(http: Http, app: App): void {
  http.get(
    '/catalogues',
    { ...read, schema: { tags, summary: 'Theme collections', response: { 200: api.catalogueList } } },
    () => listCatalogues(app),
  )
  http.get(
    '/catalogues/suggestions',
    {
      ...read,
      schema: {
        tags,
        summary: 'Themes that customers’ tastes make by themselves',
        response: { 200: api.suggestionList },
      },
    },
    async () => {
      const { models } = await runsOfTurn(app)
      return { rows: await runInWorker('suggest-catalogues', app.facts, { modelsRun: models }, () => undefined) }
    },
  )
  http.get(
    '/catalogues/distributions/newest',
    {
      ...read,
      schema: { tags, summary: 'Who was chosen for catalogues last', response: { 200: api.distributionView } },
    },
    () => viewDistribution(app),
  )
  http.post(
    '/catalogues/distributions',
    {
      ...write,
      schema: {
        tags,
        summary: 'Chooses who should get which',
        body: api.distributionBody,
        response: { 200: z.object({ id: z.number() }) },
      },
    },
    async req => {
      const id = await askDistribution(app, req.body, req.user.userId)
      await audit(app, {
        userId: req.user.userId,
        action: 'catalogues.distribute',
        object: `distribution/${id}`,
        detail: { ...req.body },
      })
      return { id }
    },
  )
  http.get(
    '/catalogues/:code',
    { ...read, schema: { tags, summary: 'One collection', params: byCode, response: { 200: api.catalogueView } } },
    req => viewCatalogue(app, req.params.code),
  )
  http.put(
    '/catalogues/:code',
    {
      ...write,
      schema: {
        tags,
        summary: 'Keeps a collection',
        params: byCode,
        body: api.catalogueSave,
        response: { 200: api.catalogueView },
      },
    },
    async req => {
      const { source, ...body } = req.body
      await saveCatalogue(app, req.params.code, body, { source, userId: req.user.userId })
      await audit(app, {
        userId: req.user.userId,
        action: 'catalogues.save',
        object: `catalogue/${req.params.code}`,
        detail: { products: body.products.length },
      })
      return viewCatalogue(app, req.params.code)
    },
  )
  for (const [verb, retired] of [
    ['retire', true],
    ['restore', false],
  ] as const)
    http.post(
      `/catalogues/:code/${verb}`,
      {
        ...write,
        schema: {
          tags,
          summary: retired ? 'No longer used; what was sent keeps its content' : 'Used again',
          params: byCode,
          response: { 200: z.object({ code: z.string() }) },
        },
      },
      async req => {
        await retireCatalogue(app, req.params.code, retired)
        await audit(app, {
          userId: req.user.userId,
          action: `catalogues.${verb}`,
          object: `catalogue/${req.params.code}`,
        })
        return { code: req.params.code }
      },
    )
  http.get(
    '/catalogues/:code/recipients',
    {
      ...read,
      schema: {
        tags,
        summary: 'Who should get it, the keenest first',
        params: byCode,
        querystring: z.object({
          offset: z.coerce.number().int().min(0).default(0),
          limit: z.coerce.number().int().min(1).max(500).default(50),
        }),
        response: { 200: api.recipientList },
      },
    },
    req => listRecipients(app, req.params.code, req.query),
  )
  http.get(
    '/catalogues/:code/recipients/export',
    {
      ...read,
      schema: {
        tags,
        summary: 'The same as a file',
        params: byCode,
        querystring: z.object({ format: z.enum(reportFormats).default('csv') }),
      },
    },
    async (req, reply) => {
      const report = await recipientsReport(app, req.params.code, langOf(req))
      await audit(app, {
        userId: req.user.userId,
        action: 'catalogues.export',
        object: `catalogue/${req.params.code}`,
        detail: { rows: report.sections[0]?.rows.length ?? 0 },
      })
      return sendReport(
        reply,
        await writeReport(report, req.query.format),
        `catalogue-${req.params.code.toLowerCase()}`,
      )
    },
  )
}
