import { createReadStream } from 'node:fs'
import { mkdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { App, Http } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { goldenRecord } from '../customers/detail.ts'
import { currentNumber, identityRun } from '../customers/run.ts'
import { accessLog, certificateView, decision, holdList, newHold, newRequest, requestList, requestRow } from './api.ts'
import { certificateOf, isGenuine } from './certificate.ts'
import { rightsErrors } from './errors.ts'
import { exportPerson } from './export-person.ts'
import { holdsOf, placeHold, releaseHold } from './holds.ts'
import { changeState, decideRequest, listRequests, openRequest, requestOf } from './requests.ts'
import { resumeErasures } from './resume-erasures.ts'
import { startErasure } from './start-erasure.ts'
import { accessRows, requestRows, userNames } from './views.ts'

const tags = ['rights']
const byId = z.object({ id: z.coerce.number().int().positive() })
const page = {
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(50),
}

export function rightsRoutes(http: Http, app: App): void {
  const read = { permission: 'rights.read' } as const
  const one = async (id: number, reader: number) => (await requestRows(app, [await requestOf(app, id)], reader))[0]!

  http.get(
    '/rights/requests',
    {
      config: read,
      schema: {
        tags,
        summary: 'Requests for export and erasure, by the day they are due',
        querystring: z.object({
          state: z.enum(['open', 'all']).default('open'),
          customer: z.coerce.number().int().optional(),
          ...page,
        }),
        response: { 200: requestList },
      },
    },
    async req => {
      const { state, customer, offset, limit } = req.query
      const found = await listRequests(app, { state, offset, limit, ...(customer ? { customerId: customer } : {}) })
      return { total: found.total, rows: await requestRows(app, found.rows, req.user.userId) }
    },
  )

  http.get(
    '/rights/requests/:id',
    { config: read, schema: { tags, summary: 'One request', params: byId, response: { 200: requestRow } } },
    async req => one(req.params.id, req.user.userId),
  )

  http.post(
    '/rights/requests',
    {
      config: { permission: 'rights.request' },
      schema: {
        tags,
        summary: 'A customer asks for export or erasure',
        body: newRequest,
        response: { 201: requestRow },
      },
    },
    async (req, reply) => {
      const run = await identityRun(app)
      const customerId = await currentNumber(app, run, req.body.customerId)
      await goldenRecord(app, run, customerId)
      const request = await openRequest(app, { ...req.body, customerId, userId: req.user.userId })
      return reply.code(201).send(await one(request.id, req.user.userId))
    },
  )

  http.post(
    '/rights/requests/:id/decision',
    {
      config: { permission: 'rights.approve' },
      schema: {
        tags,
        summary: 'Approve or reject an erasure; never one of your own',
        params: byId,
        body: decision,
        response: { 200: requestRow },
      },
    },
    async req => {
      await decideRequest(app, req.params.id, req.user.userId, req.body.approve)
      if (req.body.approve) await startErasure(app, req.params.id)
      return one(req.params.id, req.user.userId)
    },
  )

  http.post(
    '/rights/requests/:id/again',
    {
      config: { permission: 'rights.approve' },
      schema: {
        tags,
        summary: 'Goes on with an approved erasure that failed or waited for a hold',
        params: byId,
        response: { 200: requestRow },
      },
    },
    async req => {
      const { state, kind } = await requestOf(app, req.params.id)
      if (kind !== 'erasure' || !['failed', 'held', 'approved'].includes(state))
        throw rightsErrors['rights.state']({ request: req.params.id, state })
      await startErasure(app, req.params.id)
      return one(req.params.id, req.user.userId)
    },
  )

  http.get(
    '/rights/requests/:id/export',
    {
      config: { permission: 'rights.export' },
      schema: { tags, summary: 'Everything about the person as a ZIP; logged', params: byId },
    },
    async (req, reply) => {
      const request = await requestOf(app, req.params.id)
      if (request.kind !== 'export' || !['approved', 'done'].includes(request.state))
        throw rightsErrors['rights.state']({ request: request.id, state: request.state })
      const folder = join(app.config.dataDir, 'spool')
      await mkdir(folder, { recursive: true })
      const path = join(folder, `export-${request.id}-${crypto.randomUUID()}.zip`)
      await exportPerson(app, request.customer_id, path)
      await audit(app, {
        userId: req.user.userId,
        action: 'rights.export',
        object: `customer/${request.customer_id}`,
        detail: { request: request.id },
      })
      await changeState(app, request.id, ['approved', 'done'], {
        state: 'done',
        decided_by: req.user.userId,
        decided_at: new Date(),
        finished_at: new Date(),
      })
      const { size } = await stat(path)
      const stream = createReadStream(path)
      // Gone from the disk at once: the open file is read to its end all the same.
      stream.once('open', () => void rm(path, { force: true }))
      return reply
        .header('content-type', 'application/zip')
        .header('content-length', size)
        .header('content-disposition', `attachment; filename="customer-${request.customer_id}.zip"`)
        .send(stream)
    },
  )

  http.get(
    '/rights/certificates/:id',
    {
      config: read,
      schema: { tags, summary: 'What was erased, signed', params: byId, response: { 200: certificateView } },
    },
    async req => {
      const certificate = await certificateOf(app, req.params.id)
      return { ...certificate, genuine: isGenuine(certificate) }
    },
  )

  http.get(
    '/rights/holds',
    {
      config: read,
      schema: {
        tags,
        summary: 'Legal holds',
        querystring: z.object({ customer: z.coerce.number().int().optional(), all: z.stringbool().default(false) }),
        response: { 200: holdList },
      },
    },
    async req => {
      const name = await userNames(app)
      const { customer, all } = req.query
      const holds = await holdsOf(app, customer ? [customer] : [], !all)
      return {
        rows: holds.map(hold => ({
          ...hold,
          placedBy: name(hold.placedBy),
          placedAt: hold.placedAt.toISOString(),
          releasedAt: hold.releasedAt?.toISOString() ?? null,
        })),
      }
    },
  )

  http.post(
    '/rights/holds',
    {
      config: { permission: 'rights.approve' },
      schema: {
        tags,
        summary: 'Keeps what an erasure would take, for a legal reason',
        body: newHold,
        response: { 201: z.object({ id: z.number() }) },
      },
    },
    async (req, reply) => reply.code(201).send({ id: await placeHold(app, req.body, req.user.userId) }),
  )

  http.delete(
    '/rights/holds/:id',
    {
      config: { permission: 'rights.approve' },
      schema: {
        tags,
        summary: 'Ends a hold; an erasure that waited for it goes on',
        params: byId,
        response: { 204: z.null() },
      },
    },
    async (req, reply) => {
      const customer = await releaseHold(app, req.params.id, req.user.userId)
      await resumeErasures(app, customer)
      return reply.code(204).send(null)
    },
  )

  http.get(
    '/rights/access',
    {
      config: { permission: 'rights.read' },
      schema: {
        tags,
        summary: 'Who looked at what: every unmasked value, with reason',
        querystring: z.object({ q: z.string().max(100).default(''), action: z.string().max(60).default(''), ...page }),
        response: { 200: accessLog },
      },
    },
    async req => accessRows(app, req.query),
  )
}
