import { z } from 'zod'
import type { App, Http } from '../platform/app.ts'
import { alarmRoutes } from './alarms/routes.ts'
import {
  board as boardShape,
  customerInsight as insightShape,
  modelList as modelShape,
  segmentMemberList,
  segmentProof,
  segmentList as segmentShape,
  segmentsBody,
} from './api.ts'
import { catalogueRoutes } from './catalogues/routes.ts'
import { featureRoutes } from './features/routes.ts'
import { lineageRoutes } from './lineage/routes.ts'
import { needRoutes } from './needs/routes.ts'
import { board } from './pages/board.ts'
import { customerInsight } from './pages/customer-insight.ts'
import { modelList } from './pages/model-list.ts'
import { segmentList, segmentMembers } from './pages/segment-list.ts'
import { productRoutes } from './products/routes.ts'
import { registryRoutes } from './registry/routes.ts'
import { checkDefinitions, definitions } from './segments/definitions.ts'
import { proveSegments } from './segments/prove.ts'
import { segmentRoutes } from './segments/routes.ts'
import { catalogueOf } from './segments/rule-catalogue.ts'
import { segmentSetSchema } from './segments/segment-set.ts'
import { sevenPRoutes } from './seven-p/routes.ts'
import { verdictRoutes } from './verdicts/routes.ts'
import { worthRoutes } from './worth/routes.ts'

const tags = ['analyze']
const page = z.object({
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(50),
})

export function routes(http: Http, app: App): void {
  registryRoutes(http, app)
  alarmRoutes(http, app)
  featureRoutes(http, app)
  lineageRoutes(http, app)
  productRoutes(http, app)
  needRoutes(http, app)
  catalogueRoutes(http, app)
  worthRoutes(http, app)
  verdictRoutes(http, app)
  sevenPRoutes(http, app)
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
        body: segmentSetSchema,
        response: { 200: segmentProof },
      },
    },
    async req => {
      const { domains } = await catalogueOf(app)
      checkDefinitions(req.body.segments, 'request', domains)
      return proveSegments(req.body.segments, domains, req.body.ordered)
    },
  )
  segmentRoutes(http, app)
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
