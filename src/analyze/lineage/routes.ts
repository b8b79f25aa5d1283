import { z } from 'zod'
import type { App, Http } from '../../platform/app.ts'
import { figureLineage, lineage, lineagePage } from './api.ts'
import { customersBy } from './customers-by.ts'
import { lineageOf } from './lineage-of.ts'

const tags = ['analyze']

export function lineageRoutes(http: Http, app: App): void {
  http.get(
    '/lineage/customers/:id/:feature',
    {
      config: { permission: 'insight.read' },
      schema: {
        tags,
        summary: 'One value of one customer: formula, rows it was counted from, files they stood in',
        params: z.object({ id: z.coerce.number().int().positive(), feature: z.string().max(60) }),
        querystring: lineagePage,
        response: { 200: lineage },
      },
    },
    req => lineageOf(app, { customerId: req.params.id, feature: req.params.feature }, req.query, req.user),
  )
  http.get(
    '/lineage/figures/:feature',
    {
      config: { permission: 'insight.read' },
      schema: {
        tags,
        summary: 'The customers behind a figure over many, with its sum and mean',
        params: z.object({ feature: z.string().max(60) }),
        querystring: lineagePage.extend({
          segment: z.string().max(40).optional(),
          order: z.enum(['high', 'low']).default('high'),
        }),
        response: { 200: figureLineage },
      },
    },
    req => customersBy(app, { feature: req.params.feature, ...req.query }),
  )
}
