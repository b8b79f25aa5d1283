import { z } from 'zod'
import type { App, Http } from '../../platform/app.ts'
import { keyFieldsOf, writtenTo } from '../key-fields/key-fields.ts'
import * as api from './api.ts'
import { capacityOfDesk, reportDeskCapacity } from './capacity.ts'
import { lately } from './lately.ts'
import { pictureOf } from './picture.ts'

const byCustomer = z.object({ id: z.coerce.number().int().positive() })
const tags = ['desk']

export function deskRoutes(http: Http, app: App): void {
  const work = { config: { permission: 'tasks.work' as const } }

  http.get(
    '/desk/customers/:id',
    {
      ...work,
      schema: {
        tags,
        summary: 'One look at a customer who is on the line',
        params: byCustomer,
        response: { 200: api.picture },
      },
    },
    async req => pictureOf(app, req.params.id, req.user),
  )

  http.get(
    '/desk/customers/:id/key-fields',
    {
      ...work,
      schema: {
        tags,
        summary: 'What to ask first: the missing answers that would tell most',
        params: byCustomer,
        response: { 200: api.keyFieldList },
      },
    },
    async req => {
      const fields = await keyFieldsOf(app, req.params.id, (await lately(app, req.params.id)).rows)
      return {
        rows: fields.map(({ field, bits, gain, why }) => ({
          field: field.feature,
          writesTo: writtenTo(field),
          golden: 'golden' in field.writes,
          name: field.name,
          question: field.question,
          kind: field.kind,
          options: [...field.options],
          bits,
          gain,
          why,
        })),
      }
    },
  )

  http.get(
    '/desk/capacity',
    {
      config: { permission: 'tasks.lists' },
      schema: { tags, summary: 'Calls the desk makes a day, as counted', response: { 200: api.capacityView } },
    },
    async () => capacityOfDesk(app),
  )

  http.post(
    '/desk/capacity',
    {
      config: { permission: 'tasks.manage' },
      schema: { tags, summary: 'Hand what was counted to the next plan', response: { 200: api.capacityView } },
    },
    async () => reportDeskCapacity(app),
  )
}
