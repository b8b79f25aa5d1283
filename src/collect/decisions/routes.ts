import { z } from 'zod'
import type { App, Http } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { identityRun } from '../customers/run.ts'
import * as shapes from './api.ts'
import { decidePair } from './decide-pair.ts'
import { explainRecords } from './explain-pair.ts'
import { mergeCustomers } from './merge-customers.ts'
import { previewMerge, previewSplit } from './preview.ts'
import { readRef } from './record-ref.ts'
import { clustersToReview, reasonOf, reviewQueueOf } from './review-queue.ts'
import { identityRunsOf } from './runs-view.ts'
import { splitCustomer } from './split-customer.ts'
import { chooseThreshold } from './threshold-setting.ts'
import { thresholdViewOf } from './threshold-view.ts'
import { listActions, redoAction, undoAction } from './undo-action.ts'

const read = { permission: 'identity.read' } as const
const review = { permission: 'identity.review' } as const
const tags = ['identity']
const number = z.coerce.number().int().positive()
const byId = z.object({ id: number })

export function identityRoutes(http: Http, app: App): void {
  readRoutes(http, app)
  changeRoutes(http, app)
}

function readRoutes(http: Http, app: App): void {
  http.get(
    '/identity/queue',
    {
      config: read,
      schema: {
        tags,
        summary: 'Pairs to review, most informative first',
        querystring: z.object({
          reason: z.enum(['', 'uncertain', 'sample', 'bridge', 'cut', 'oversized']).default(''),
          limit: z.coerce.number().int().min(1).max(100).default(20),
        }),
        response: { 200: shapes.reviewQueue },
      },
    },
    async req => reviewQueueOf(app, await identityRun(app), req.user, req.query),
  )

  http.get(
    '/identity/explain',
    {
      config: read,
      schema: {
        tags,
        summary: 'Why two records are, or are not, one customer: `left` and `right` as source:key',
        querystring: z.object({ left: z.string().max(2200), right: z.string().max(2200) }),
        response: { 200: shapes.pairView },
      },
    },
    async req =>
      explainRecords(app, await identityRun(app), req.user, readRef(req.query.left), readRef(req.query.right)),
  )

  http.get(
    '/identity/clusters',
    { config: read, schema: { tags, summary: 'Customers to look at', response: { 200: shapes.flaggedClusters } } },
    async () => clustersToReview(app, await identityRun(app)),
  )

  http.get(
    '/identity/threshold',
    {
      config: read,
      schema: { tags, summary: 'Precision and recall by threshold', response: { 200: shapes.thresholdView } },
    },
    async () => thresholdViewOf(app, await identityRun(app)),
  )

  http.get(
    '/identity/runs',
    { config: read, schema: { tags, summary: 'Sizes of customers by run', response: { 200: shapes.identityRuns } } },
    () => identityRunsOf(app),
  )

  http.get(
    '/identity/actions',
    {
      config: read,
      schema: {
        tags,
        summary: 'Merges, splits and answers by hand',
        querystring: z.object({
          customer: number.optional(),
          offset: z.coerce.number().int().min(0).default(0),
          limit: z.coerce.number().int().min(1).max(500).default(50),
        }),
        response: { 200: shapes.actionList },
      },
    },
    req => listActions(app, req.query.customer ?? null, req.query.offset, req.query.limit),
  )

  http.get(
    '/identity/merge-preview',
    {
      config: read,
      schema: {
        tags,
        summary: 'Golden records before and after a merge',
        querystring: z.object({ keep: number, other: number }),
        response: { 200: shapes.changePreview },
      },
    },
    async req => previewMerge(app, await identityRun(app), req.user, req.query.keep, req.query.other),
  )

  // A reading question whose list of records may be long, so it comes as a body.
  http.post(
    '/identity/split-preview',
    {
      config: read,
      schema: {
        tags,
        summary: 'Golden records before and after a split',
        body: shapes.splitBody,
        response: { 200: shapes.changePreview },
      },
    },
    async req => previewSplit(app, await identityRun(app), req.user, req.body.customerId, req.body.records),
  )
}

function changeRoutes(http: Http, app: App): void {
  http.post(
    '/identity/decisions',
    {
      config: review,
      schema: {
        tags,
        summary: 'Two records are one customer, are two, or it cannot be said',
        body: shapes.decisionBody,
        response: { 200: shapes.decisionResult },
      },
    },
    async req => {
      const { left, right, verdict, note } = req.body
      const reason = await reasonOf(app, await identityRun(app), left, right)
      const done = await decidePair(app, { left, right, verdict, note, reason, userId: req.user.userId })
      const object = `identity-action/${done.actionId}`
      await audit(app, { userId: req.user.userId, action: `identity.${verdict}`, object, detail: { left, right } })
      return done
    },
  )

  http.post(
    '/identity/merges',
    {
      config: review,
      schema: {
        tags,
        summary: 'Make one of two customers',
        body: shapes.mergeBody,
        response: { 200: shapes.actionResult },
      },
    },
    async req => {
      const done = await mergeCustomers(app, { ...req.body, userId: req.user.userId })
      await audit(app, {
        userId: req.user.userId,
        action: 'identity.merge',
        object: `customer/${done.customerId}`,
        detail: { other: req.body.other, actionId: done.actionId },
      })
      return done
    },
  )

  http.post(
    '/identity/splits',
    {
      config: review,
      schema: {
        tags,
        summary: 'Take records out of a customer',
        body: shapes.splitBody,
        response: { 200: shapes.actionResult },
      },
    },
    async req => {
      const done = await splitCustomer(app, { ...req.body, userId: req.user.userId })
      await audit(app, {
        userId: req.user.userId,
        action: 'identity.split',
        object: `customer/${req.body.customerId}`,
        detail: { became: done.customerId, records: req.body.records.length, actionId: done.actionId },
      })
      return done
    },
  )

  for (const [verb, act] of [
    ['undo', undoAction],
    ['redo', redoAction],
  ] as const)
    http.post(
      `/identity/actions/:id/${verb}`,
      {
        config: review,
        schema: {
          tags,
          summary: verb === 'undo' ? 'Take a change back' : 'Do an undone change again',
          params: byId,
          response: { 200: shapes.actionResult },
        },
      },
      async req => {
        const done = await act(app, req.params.id, req.user.userId)
        const object = `identity-action/${req.params.id}`
        await audit(app, { userId: req.user.userId, action: `identity.${verb}`, object })
        return done
      },
    )

  http.put(
    '/identity/threshold',
    {
      config: review,
      schema: {
        tags,
        summary: 'The threshold of the next run; null: the matcher chooses',
        body: shapes.thresholdBody,
        response: { 200: shapes.thresholdView },
      },
    },
    async req => {
      await chooseThreshold(app, req.body.probability, req.user.userId)
      await audit(app, {
        userId: req.user.userId,
        action: 'identity.threshold',
        object: 'identity',
        detail: { probability: req.body.probability ?? 'automatic' },
      })
      return thresholdViewOf(app, await identityRun(app))
    },
  )
}
