import { z } from 'zod'
import type { App, Http } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { reportFormats, sendReport, writeReport } from '../../platform/export/index.ts'
import { langOf } from '../../platform/http/errors.ts'
import * as api from './api.ts'
import { askBacktest, newestBacktest } from './backtests.ts'
import { pairsOfCategories } from './category-pairs.ts'
import { nextOfCustomer } from './customer-next.ts'
import { listProducts } from './product-list.ts'
import { proposedTo, viewProduct } from './product-view.ts'
import { listRules, rulesReport } from './rules-list.ts'

const tags = ['analyze']
const read = { config: { permission: 'insight.read' as const } }
const byCode = z.object({ code: z.string().min(1).max(80) })

export function productRoutes(http: Http, app: App): void {
  http.get(
    '/products',
    {
      ...read,
      schema: {
        tags,
        summary: 'Products with ownership, penetration, repeat rate and returns',
        querystring: api.productQuery,
        response: { 200: api.productList },
      },
    },
    req => listProducts(app, req.query),
  )
  http.get(
    '/products/rules',
    {
      ...read,
      schema: {
        tags,
        summary: 'Association rules of the newest turn',
        querystring: api.ruleQuery,
        response: { 200: api.ruleList },
      },
    },
    req => listRules(app, req.query),
  )
  http.get(
    '/products/rules/export',
    {
      ...read,
      schema: {
        tags,
        summary: 'The same as a file',
        querystring: api.ruleQuery.extend({ format: z.enum(reportFormats).default('csv') }),
      },
    },
    async (req, reply) => {
      const { format, ...query } = req.query
      const report = await rulesReport(app, query, langOf(req))
      return sendReport(reply, await writeReport(report, format), 'association-rules')
    },
  )
  http.get(
    '/products/categories',
    {
      ...read,
      schema: { tags, summary: 'Which categories go together', response: { 200: api.categoryPairs } },
    },
    () => pairsOfCategories(app),
  )
  http.get(
    '/products/backtest',
    {
      ...read,
      schema: { tags, summary: 'How good proposals were on a quarter held back', response: { 200: api.backtestView } },
    },
    () => newestBacktest(app),
  )
  http.post(
    '/products/backtest',
    {
      ...read,
      schema: { tags, summary: 'Finds that out for the newest turn', response: { 200: api.backtestView } },
    },
    async req => {
      const view = await askBacktest(app, req.user.userId)
      await audit(app, { userId: req.user.userId, action: 'products.backtest', object: `turn/${view.asOf}` })
      return view
    },
  )
  http.get(
    '/products/:code',
    {
      ...read,
      schema: {
        tags,
        summary: 'One product: how it sells, what goes with it, whom it is proposed to',
        params: byCode,
        response: { 200: api.productView },
      },
    },
    req => viewProduct(app, req.params.code),
  )
  http.get(
    '/products/:code/customers',
    {
      ...read,
      schema: {
        tags,
        summary: 'To whom it is proposed, the surest first',
        params: byCode,
        querystring: z.object({
          kind: z.enum(['', 'repeat', 'explore', 'need']).default(''),
          offset: z.coerce.number().int().min(0).default(0),
          limit: z.coerce.number().int().min(1).max(500).default(50),
        }),
        response: { 200: api.proposedCustomers },
      },
    },
    req => proposedTo(app, req.params.code, req.query),
  )
  http.get(
    '/customers/:id/next-products',
    {
      ...read,
      schema: {
        tags,
        summary: 'What one customer may want next, and why',
        params: z.object({ id: z.coerce.number().int().positive() }),
        response: { 200: api.customerNext },
      },
    },
    req => nextOfCustomer(app, req.params.id),
  )
}
