import { z } from 'zod'
import type { App, Http } from '../../platform/app.ts'
import { currentNumber, identityRun } from '../customers/run.ts'
import { customerRelations, householdFigures } from './api.ts'
import { householdFiguresOf, relationsOf } from './relations.ts'

const tags = ['identity']

export function householdRoutes(http: Http, app: App): void {
  http.get(
    '/customers/:id/relations',
    {
      config: { permission: 'customers.read' },
      schema: {
        tags,
        summary: 'Household, employer and staff of a customer',
        params: z.object({ id: z.coerce.number().int().positive() }),
        response: { 200: customerRelations },
      },
    },
    async req => {
      const runId = await identityRun(app)
      return relationsOf(app, runId, await currentNumber(app, runId, req.params.id))
    },
  )

  http.get(
    '/identity/households',
    {
      config: { permission: 'identity.read' },
      schema: { tags, summary: 'Households and staff, counted', response: { 200: householdFigures } },
    },
    async () => householdFiguresOf(app, await identityRun(app)),
  )
}
