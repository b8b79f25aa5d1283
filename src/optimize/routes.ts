import { z } from 'zod'
import type { App, Http } from '../platform/app.ts'
import { audit } from '../platform/audit.ts'
import { contactPolicyView, customerPlan, offerList, offerNumbers, planView, restsOnView } from './api.ts'
import { changeOffer } from './offers/change-offer.ts'
import { planOfCustomer } from './plan/customer-plan.ts'
import { listPlans, readPlan } from './plan/read-plan.ts'
import { planRestsOn } from './plan/rests-on.ts'
import { complaintRoutes } from './policy/complaint-routes.ts'
import { scenarioRoutes } from './scenarios/routes.ts'
import { contactPolicy, offers } from './settings.ts'
import { calibrationRoutes } from './shrinkage/routes.ts'
import { offersView, policyView } from './views.ts'

const page = z.object({
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(50),
})

export function routes(http: Http, app: App): void {
  scenarioRoutes(http, app)
  complaintRoutes(http, app)
  calibrationRoutes(http, app)
  const read = { config: { permission: 'plan.read' as const } }

  http.get(
    '/plan',
    {
      ...read,
      schema: {
        tags: ['optimize'],
        summary: 'The newest plan: value, bound, gap, what limits it',
        response: { 200: planView },
      },
    },
    () => readPlan(app),
  )

  http.get(
    '/plan/rests-on',
    {
      ...read,
      schema: {
        tags: ['optimize'],
        summary: 'Models a plan rests on, with the verdict on each',
        response: { 200: restsOnView },
      },
    },
    () => planRestsOn(app),
  )

  http.get(
    '/plans',
    {
      ...read,
      schema: {
        tags: ['optimize'],
        summary: 'Plans, newest first',
        querystring: page,
        response: { 200: z.object({ rows: z.array(planView) }) },
      },
    },
    async req => ({ rows: await listPlans(app, req.query.offset, req.query.limit) }),
  )

  http.get(
    '/offers',
    { ...read, schema: { tags: ['optimize'], summary: 'What can be proposed', response: { 200: offerList } } },
    async () => offersView(await offers(app), await contactPolicy(app)),
  )

  http.put(
    '/offers/:id',
    {
      config: { permission: 'plan.write' as const },
      schema: {
        tags: ['optimize'],
        summary: 'Change what an offer brings, and its minimum and maximum',
        params: z.object({ id: z.string().max(80) }),
        body: offerNumbers,
        response: { 200: offerList },
      },
    },
    async req => {
      const { id } = req.params
      await changeOffer(app, id, req.body)
      await audit(app, { userId: req.user.userId, action: 'offer.change', object: `offer/${id}` })
      return offersView(await offers(app), await contactPolicy(app))
    },
  )

  http.get(
    '/contact-policy',
    {
      ...read,
      schema: { tags: ['optimize'], summary: 'How often and by which channel', response: { 200: contactPolicyView } },
    },
    async () => policyView(await contactPolicy(app)),
  )

  http.get(
    '/customers/:id/plan',
    {
      config: { permission: 'insight.read' as const },
      schema: {
        tags: ['optimize'],
        summary: 'What the plan has for a customer, and why',
        params: z.object({ id: z.coerce.number().int().min(0) }),
        response: { 200: customerPlan },
      },
    },
    req => planOfCustomer(app, req.params.id),
  )
}
