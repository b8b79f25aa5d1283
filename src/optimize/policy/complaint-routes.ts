import { z } from 'zod'
import type { App, Http } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { complaintView } from '../api.ts'
import { complaintOf, resolveComplaint } from './open-complaint.ts'

const byId = z.object({ id: z.coerce.number().int().min(1) })

export function complaintRoutes(http: Http, app: App): void {
  http.get(
    '/customers/:id/complaint',
    {
      config: { permission: 'customers.read' },
      schema: {
        tags: ['optimize'],
        summary: 'Whether a complaint keeps offers away from a customer',
        params: byId,
        response: { 200: complaintView },
      },
    },
    req => complaintOf(app, req.params.id),
  )

  http.post(
    '/customers/:id/complaint/resolve',
    {
      config: { permission: 'customers.answer' },
      schema: {
        tags: ['optimize'],
        summary: 'Record that the open complaint is settled',
        params: byId,
        body: z.object({ note: z.string().trim().min(1).max(2000) }),
        response: { 200: complaintView },
      },
    },
    async req => {
      const { id } = req.params
      const settled = await resolveComplaint(app, id, req.body.note, req.user.userId)
      await audit(app, { userId: req.user.userId, action: 'complaint.resolve', object: `customer/${id}` })
      return settled
    },
  )
}
