import { z } from 'zod'
import type { App, Http } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import {
  answerBody,
  answerResult,
  customerList,
  customerDetail as detailShape,
  eventList,
  purchaseList,
  unmaskBody,
  unmasked,
} from '../api.ts'
import { collectErrors } from '../errors.ts'
import { recordEvents } from '../events/record-events.ts'
import { customerDetail, goldenRecord } from './detail.ts'
import { eventsOf, purchasesOf } from './history.ts'
import { MASKS, shown } from './masked.ts'
import { currentNumber, identityRun } from './run.ts'
import { searchCustomers } from './search.ts'

const page = {
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(50),
}
const byId = z.object({ id: z.coerce.number().int().positive() })
const read = { permission: 'customers.read' } as const
const tags = ['customers']

export function customerRoutes(http: Http, app: App): void {
  http.get(
    '/customers',
    {
      config: read,
      schema: {
        tags,
        summary: 'Customers by name, pinyin, telephone, e-mail, account or number',
        querystring: z.object({
          q: z.string().max(100).default(''),
          sort: z.enum(['name', 'number', 'records']).default('name'),
          ...page,
        }),
        response: { 200: customerList },
      },
    },
    async req => {
      const { total, rows } = await searchCustomers(app, await identityRun(app), req.query)
      const masked = rows.map(row => ({
        ...row,
        mobile: shown(req.user, 'mobile', row.mobile),
        email: shown(req.user, 'email', row.email),
      }))
      return { total, rows: masked }
    },
  )

  http.get(
    '/customers/:id',
    {
      config: read,
      schema: {
        tags,
        summary: 'One customer: golden record, sources, consents',
        params: byId,
        response: { 200: detailShape },
      },
    },
    async req => {
      const runId = await identityRun(app)
      return customerDetail(app, runId, await currentNumber(app, runId, req.params.id), req.user)
    },
  )

  http.get(
    '/customers/:id/purchases',
    {
      config: read,
      schema: {
        tags,
        summary: 'What a customer bought',
        params: byId,
        querystring: z.object(page),
        response: { 200: purchaseList },
      },
    },
    async req => {
      const runId = await identityRun(app)
      return purchasesOf(app, runId, await currentNumber(app, runId, req.params.id), req.query.offset, req.query.limit)
    },
  )

  http.get(
    '/customers/:id/events',
    {
      config: read,
      schema: { tags, summary: 'What happened with a customer', params: byId, response: { 200: eventList } },
    },
    async req => ({
      rows: await eventsOf(app, await currentNumber(app, await identityRun(app), req.params.id), req.user),
    }),
  )

  http.post(
    '/customers/:id/unmask',
    {
      config: { permission: 'customers.unmask' },
      schema: {
        tags,
        summary: 'Show one masked value; logged',
        params: byId,
        body: unmaskBody,
        response: { 200: unmasked },
      },
    },
    async req => {
      const runId = await identityRun(app)
      const id = await currentNumber(app, runId, req.params.id)
      const { field, reason } = req.body
      if (!(field in MASKS)) throw collectErrors['collect.field-unknown']({ field })
      const golden = await goldenRecord(app, runId, id)
      await audit(app, {
        userId: req.user.userId,
        action: 'customer.unmask',
        object: `customer/${id}`,
        detail: { field, reason: reason ?? '' },
      })
      return { field, value: String(golden[field] ?? '') }
    },
  )

  http.post(
    '/customers/:id/answers',
    {
      config: { permission: 'customers.answer' },
      schema: {
        tags,
        summary: 'What the customer told us; the next turn takes it up',
        params: byId,
        body: answerBody,
        response: { 200: answerResult },
      },
    },
    async req => {
      const runId = await identityRun(app)
      const id = await currentNumber(app, runId, req.params.id)
      await goldenRecord(app, runId, id)
      const { id: answerId, fields, consents, note, communicationId, taskId } = req.body
      const eventId = `answer:${answerId}`
      await recordEvents(app, [
        {
          eventId,
          customerId: id,
          type: 'answer',
          at: new Date(),
          communicationId,
          taskId,
          actor: String(req.user.userId),
          payload: { fields, consents, note },
        },
      ])
      await audit(app, {
        userId: req.user.userId,
        action: 'customer.answer',
        object: `customer/${id}`,
        detail: { fields: Object.keys(fields) },
      })
      return { eventId, accepted: [...Object.keys(fields), ...consents.map(({ channel }) => `consent.${channel}`)] }
    },
  )
}
