import { z } from 'zod'
import type { App, Http } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { previewBody, proposeBody, repairDetail, repairDone, repairList, repairPreview, repairState } from './api.ts'
import { approveRepair, type Done, proposeRepair, rejectRepair, undoRepair } from './repairs.ts'
import { listRepairs, previewRepair, type Reader, repairRows, repairView } from './view.ts'

const page = {
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(50),
}
const read = { permission: 'quality.read' } as const
const write = { permission: 'quality.write' } as const
const approve = { permission: 'quality.approve' } as const
const tags = ['repairs']
const byId = z.object({ id: z.coerce.number().int().positive() })

export function repairRoutes(http: Http, app: App): void {
  const done = async (result: Done, reader: Reader): Promise<z.output<typeof repairDone>> => {
    const [repair] = await repairRows(app, [result.repair], reader)
    return { repair: repair!, customers: result.customers, followed: result.followed }
  }

  http.get(
    '/repairs',
    {
      config: read,
      schema: {
        tags,
        summary: 'Repairs, newest first',
        querystring: z.object({ state: repairState.optional(), ...page }),
        response: { 200: repairList },
      },
    },
    async req => listRepairs(app, req.query, req.user),
  )

  http.get(
    '/repairs/:id',
    {
      config: read,
      schema: {
        tags,
        summary: 'One repair with its changes',
        params: byId,
        querystring: z.object(page),
        response: { 200: repairDetail },
      },
    },
    async req => repairView(app, req.params.id, req.query, req.user),
  )

  http.post(
    '/repairs/preview',
    {
      config: write,
      schema: {
        tags,
        summary: 'What a repair would change; nothing is written',
        body: previewBody,
        response: { 200: repairPreview },
      },
    },
    async req => previewRepair(app, req.body.fix, req.body.target, req.user),
  )

  http.post(
    '/repairs',
    {
      config: write,
      schema: {
        tags,
        summary: 'Repair rows; many wait for somebody else’s approval',
        body: proposeBody,
        response: { 200: repairDone },
      },
    },
    async req => {
      const result = await proposeRepair(app, req.body, req.user.userId)
      await audit(app, {
        userId: req.user.userId,
        action: 'repair.propose',
        object: `repair/${result.repair.repair_id}`,
        detail: {
          kind: req.body.fix.kind,
          field: req.body.fix.field,
          rows: result.repair.rows,
          state: result.repair.state,
        },
      })
      return done(result, req.user)
    },
  )

  http.post(
    '/repairs/:id/approve',
    {
      config: approve,
      schema: {
        tags,
        summary: 'Approve what somebody else proposed',
        params: byId,
        response: { 200: repairDone },
      },
    },
    async req => {
      const result = await approveRepair(app, req.params.id, req.user.userId)
      await audited(app, req.user.userId, 'repair.approve', result)
      return done(result, req.user)
    },
  )

  http.post(
    '/repairs/:id/reject',
    {
      config: write,
      schema: { tags, summary: 'Refuse a proposed repair', params: byId, response: { 200: repairDone } },
    },
    async req => {
      const result = { repair: await rejectRepair(app, req.params.id, req.user.userId), customers: 0, followed: true }
      await audited(app, req.user.userId, 'repair.reject', result)
      return done(result, req.user)
    },
  )

  http.post(
    '/repairs/:id/undo',
    {
      config: write,
      schema: { tags, summary: 'Undo a repair', params: byId, response: { 200: repairDone } },
    },
    async req => {
      const result = await undoRepair(app, req.params.id, req.user.userId)
      await audited(app, req.user.userId, 'repair.undo', result)
      return done(result, req.user)
    },
  )
}

const audited = (app: App, userId: number, action: string, { repair }: Done): Promise<void> =>
  audit(app, { userId, action, object: `repair/${repair.repair_id}`, detail: { rows: repair.rows } })
