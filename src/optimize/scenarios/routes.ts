import { z } from 'zod'
import { segmentNames } from '../../analyze/index.ts'
import type { App, Http } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { permits } from '../../platform/auth/permissions.ts'
import { planView } from '../api.ts'
import type { StoredPlan } from '../plan/plan-view.ts'
import { readPlanById } from '../plan/read-plan.ts'
import * as api from './api.ts'
import { basePlan } from './base-plan.ts'
import { curveOf } from './curve.ts'
import { keepAsPlan } from './keep-as-plan.ts'
import { outcome } from './outcome.ts'
import { planRoutes } from './plan-routes.ts'
import { policyRoutes } from './policy-routes.ts'
import {
  addScenario,
  changeScenario,
  listScenarios,
  planIdOf,
  readScenario,
  removeScenario,
  tryChange,
} from './scenarios.ts'
import { baseOutcome } from './solve-again.ts'
import { changesBetween, customersOf, whoGetsWhat } from './who-gets-what.ts'

/** While a slider moves, a small plan is not polished to the last penny. */
const TRY_SECONDS = 1

const byId = z.object({ id: z.coerce.number().int().min(1) })
const subject = z.string().regex(/^(plan|scenario):\d{1,15}$/)

export function scenarioRoutes(http: Http, app: App): void {
  const read = { config: { permission: 'plan.read' as const } }
  const write = { config: { permission: 'plan.write' as const } }
  const tags = ['optimize']

  http.get(
    '/plan/scenarios',
    {
      ...read,
      schema: {
        tags,
        summary: 'The newest plan and the scenarios beside it',
        querystring: z.object({ planId: z.coerce.number().int().optional() }),
        response: { 200: api.scenarioList },
      },
    },
    async req => {
      const planId = await planIdOf(app, req.query.planId)
      const base = await basePlan(app, planId)
      const plan = await app.workflow.db
        .selectFrom('plans')
        .select(['view', 'basis'])
        .where('id', '=', planId)
        .executeTakeFirstOrThrow()
      const names = await segmentNames(app)
      return {
        planId,
        asOf: base.asOf,
        currency: base.currency,
        plan: baseOutcome(base, plan.view as StoredPlan),
        offers: plan.basis.offers.map(o => ({ offer: o.id, name: o.name })),
        segments: base.segments.map(s => ({ segment: s.id, name: names.get(s.id) ?? s.name })),
        rows: await listScenarios(app, planId),
        deleted: await listScenarios(app, planId, true),
      }
    },
  )

  http.post(
    '/plan/scenarios',
    {
      ...write,
      schema: {
        tags,
        summary: 'Keep a change of the plan',
        body: api.scenarioBody,
        response: { 200: api.scenarioView },
      },
    },
    async req => {
      const { planId, ...draft } = req.body
      const made = await addScenario(app, await planIdOf(app, planId), draft, req.user)
      await audit(app, { userId: req.user.userId, action: 'scenario.add', object: `scenario/${made.id}` })
      return made
    },
  )

  http.get(
    '/plan/scenarios/:id',
    { ...read, schema: { tags, summary: 'One scenario', params: byId, response: { 200: api.scenarioView } } },
    req => readScenario(app, req.params.id),
  )

  http.put(
    '/plan/scenarios/:id',
    {
      ...write,
      schema: {
        tags,
        summary: 'Change a scenario; it is solved again',
        params: byId,
        body: api.scenarioPart,
        response: { 200: api.scenarioView },
      },
    },
    async req => {
      const { name, note, change } = req.body
      const part = {
        ...(name === undefined ? {} : { name }),
        ...(note === undefined ? {} : { note }),
        ...(change === undefined ? {} : { change }),
      }
      const made = await changeScenario(app, req.params.id, part, req.user)
      await audit(app, { userId: req.user.userId, action: 'scenario.change', object: `scenario/${made.id}` })
      return made
    },
  )

  const remove = (path: string, summary: string, removed: boolean) =>
    http.post(
      path,
      {
        ...write,
        schema: { tags, summary, params: byId, body: z.object({}).nullish(), response: { 200: api.scenarioView } },
      },
      async req => {
        const made = await removeScenario(app, req.params.id, removed)
        const action = removed ? 'scenario.remove' : 'scenario.restore'
        await audit(app, { userId: req.user.userId, action, object: `scenario/${made.id}` })
        return made
      },
    )
  remove('/plan/scenarios/:id/remove', 'Take a scenario away', true)
  remove('/plan/scenarios/:id/restore', 'Bring a scenario back', false)

  http.post(
    '/plan/scenarios/:id/keep',
    {
      ...write,
      schema: {
        tags,
        summary: 'Make a scenario a plan of its own',
        params: byId,
        body: z.object({}).nullish(),
        response: { 200: planView },
      },
    },
    async req => {
      const plan = await keepAsPlan(app, req.params.id)
      const object = `scenario/${req.params.id}`
      await audit(app, { userId: req.user.userId, action: 'scenario.keep', object, detail: { plan: plan.planId } })
      return plan
    },
  )

  http.post(
    '/plan/try',
    {
      ...read,
      schema: { tags, summary: 'Solve a change without keeping it', body: api.tryBody, response: { 200: outcome } },
    },
    async req =>
      (await tryChange(app, await planIdOf(app, req.body.planId), req.body.change, undefined, TRY_SECONDS)).outcome,
  )

  http.get(
    '/plan/curve',
    {
      ...read,
      schema: {
        tags,
        summary: 'Value of the plan against the amount of one limit',
        querystring: z.object({ limit: z.string().max(200), planId: z.coerce.number().int().optional() }),
        response: { 200: api.curveView },
      },
    },
    async req => curveOf(app, await planIdOf(app, req.query.planId), req.query.limit),
  )

  http.get(
    '/plan/who',
    {
      ...read,
      schema: {
        tags,
        summary: 'Customers by segment, offer and channel',
        querystring: z.object({ of: subject.optional() }),
        response: { 200: api.whoView },
      },
    },
    async req => whoGetsWhat(app, req.query.of ?? `plan:${await planIdOf(app)}`),
  )

  http.get(
    '/plan/who/customers',
    {
      ...read,
      schema: {
        tags,
        summary: 'The customers behind a number',
        querystring: z.object({
          of: subject,
          segment: z.string().max(80).optional(),
          offer: z.string().max(80).optional(),
          channel: z.string().max(20).optional(),
          offset: z.coerce.number().int().min(0).default(0),
          limit: z.coerce.number().int().min(1).max(200).default(50),
        }),
        response: { 200: api.planCustomers },
      },
    },
    async req => {
      const { of, ...filter } = req.query
      return customersOf(app, of, filter, permits(req.user, 'customers.contact'))
    },
  )

  http.get(
    '/plan/changes',
    {
      ...read,
      schema: {
        tags,
        summary: 'Who gets something else in one than in the other',
        querystring: z.object({ from: subject, to: subject }),
        response: { 200: api.changesView },
      },
    },
    async req => changesBetween(app, req.query.from, req.query.to),
  )

  http.get(
    '/plans/:id',
    { ...read, schema: { tags, summary: 'One plan', params: byId, response: { 200: planView } } },
    req => readPlanById(app, req.params.id),
  )

  planRoutes(http, app)
  policyRoutes(http, app)
}
