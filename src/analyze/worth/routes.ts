import { z } from 'zod'
import type { App, Http } from '../../platform/app.ts'
import { customerValue, valuePage as pageShape, valueCustomers, whatIf as whatIfShape } from './api.ts'
import { customerValueView } from './customer-value-view.ts'
import { valueList } from './value-list.ts'
import { valuePage } from './value-page.ts'
import { whatIf } from './what-if.ts'

const tags = ['analyze']
const months = z.coerce
  .number()
  .pipe(z.union([z.literal(12), z.literal(24), z.literal(36)]))
  .default(12)
const segment = z.string().max(40).default('')

export function worthRoutes(http: Http, app: App): void {
  http.get(
    '/value',
    {
      config: { permission: 'insight.read' },
      schema: {
        tags,
        summary: 'What customers are worth over 12, 24 and 36 months, and which model says so beside its rivals',
        querystring: z.object({ segment }),
        response: { 200: pageShape },
      },
    },
    req => valuePage(app, req.query.segment),
  )
  http.get(
    '/value/what-if',
    {
      config: { permission: 'insight.read' },
      schema: {
        tags,
        summary: 'What so many per cent fewer leavers would be worth, by segment',
        querystring: z.object({ percent: z.coerce.number().min(0).max(100).default(5), months }),
        response: { 200: whatIfShape },
      },
    },
    req => whatIf(app, req.query),
  )
  http.get(
    '/value/customers',
    {
      config: { permission: 'insight.read' },
      schema: {
        tags,
        summary: 'The customers behind a figure of value, page by page',
        querystring: z.object({
          months,
          segment,
          category: z.string().max(200).optional(),
          aliveFrom: z.coerce.number().min(0).max(1).default(0),
          aliveTo: z.coerce.number().min(0).max(1).default(1),
          valueFrom: z.coerce.number().optional(),
          valueTo: z.coerce.number().optional(),
          order: z.enum(['value', 'lost', 'alive']).default('value'),
          offset: z.coerce.number().int().min(0).default(0),
          limit: z.coerce.number().int().min(1).max(500).default(50),
        }),
        response: { 200: valueCustomers },
      },
    },
    req => {
      const { category, valueFrom, valueTo, ...asked } = req.query
      return valueList(app, { ...asked, category, valueFrom, valueTo })
    },
  )
  http.get(
    '/customers/:id/value',
    {
      config: { permission: 'insight.read' },
      schema: {
        tags,
        summary:
          'What one customer is worth over 12, 24 and 36 months, by category, and the chance that they are still one',
        params: z.object({ id: z.coerce.number().int().positive() }),
        response: { 200: customerValue },
      },
    },
    req => customerValueView(app, req.params.id),
  )
}
