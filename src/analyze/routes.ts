import { z } from 'zod'
import type { App, Http } from '../platform/app.ts'
import { audit } from '../platform/audit.ts'
import {
  board as boardShape,
  customerInsight as insightShape,
  modelList as modelShape,
  segmentMemberList,
  segmentProof,
  segmentList as segmentShape,
  segmentsBody,
} from './api.ts'
import { board } from './pages/board.ts'
import { customerInsight } from './pages/customer-insight.ts'
import { modelList } from './pages/model-list.ts'
import { segmentList, segmentMembers } from './pages/segment-list.ts'
import { checkDefinitions, definitions, ruleDomains, saveDefinitions } from './segments/definitions.ts'
import { proveSegments } from './segments/prove.ts'

const tags = ['analyze']
const page = z.object({
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(50),
})

export function routes(http: Http, app: App): void {
  http.get(
    '/customers/:id/insight',
    {
      config: { permission: 'insight.read' },
      schema: {
        tags,
        summary: 'Value, churn, segment, next products and features of one customer',
        params: z.object({ id: z.coerce.number().int().positive() }),
        response: { 200: insightShape },
      },
    },
    req => customerInsight(app, req.params.id),
  )
  http.get(
    '/segments',
    {
      config: { permission: 'segments.read' },
      schema: { tags, summary: 'Segments of the newest turn with their proof', response: { 200: segmentShape } },
    },
    () => segmentList(app),
  )
  http.get(
    '/segments/:id/members',
    {
      config: { permission: 'segments.read' },
      schema: {
        tags,
        summary: 'Customers of a segment, the most valuable first',
        params: z.object({ id: z.string().max(40) }),
        querystring: page,
        response: { 200: segmentMemberList },
      },
    },
    req => segmentMembers(app, req.params.id, req.query),
  )
  http.get(
    '/segments/definitions',
    {
      config: { permission: 'segments.read' },
      schema: { tags, summary: 'The rules as they will hold in the next turn', response: { 200: segmentsBody } },
    },
    async () => ({ segments: await definitions(app) }),
  )
  http.post(
    '/segments/check',
    {
      config: { permission: 'segments.read' },
      schema: {
        tags,
        summary: 'Proves that everybody who can exist is in exactly one segment, or shows who is not',
        body: segmentsBody,
        response: { 200: segmentProof },
      },
    },
    async req => {
      checkDefinitions(req.body.segments, 'request')
      return proveSegments(req.body.segments, ruleDomains, true)
    },
  )
  http.put(
    '/segments/definitions',
    {
      config: { permission: 'segments.write' },
      schema: {
        tags,
        summary: 'Replaces the rules from the next turn on',
        body: segmentsBody,
        response: { 200: segmentProof },
      },
    },
    async req => {
      checkDefinitions(req.body.segments, 'request')
      const proof = proveSegments(req.body.segments, ruleDomains, true)
      await saveDefinitions(app, req.body.segments)
      await audit(app, { userId: req.user.userId, action: 'segments.change', object: 'segments' })
      return proof
    },
  )
  http.get(
    '/board',
    {
      config: { permission: 'insight.read' },
      schema: { tags, summary: 'The seven P with the formula of each figure', response: { 200: boardShape } },
    },
    () => board(app),
  )
  http.get(
    '/models',
    {
      config: { permission: 'insight.read' },
      schema: { tags, summary: 'Models of the newest turn and the verdict on each', response: { 200: modelShape } },
    },
    () => modelList(app),
  )
}
