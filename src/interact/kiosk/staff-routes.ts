/** Kiosks as staff sees them: named, paired by a code that is shown once, taken back. */
import { z } from 'zod'
import type { App, Http } from '../../platform/app.ts'
import { addKiosk, codeFor, type Kiosk, listKiosks, revoke } from './devices.ts'

const kioskRow = z.object({
  kioskId: z.number(),
  name: z.string(),
  state: z.enum(['waiting', 'paired', 'revoked']),
  pairedAt: z.string().nullable(),
  seenAt: z.string().nullable(),
  createdAt: z.string(),
})
const code = z.object({ kioskId: z.number(), code: z.string() })

const rowOf = (kiosk: Kiosk): z.output<typeof kioskRow> => ({
  kioskId: kiosk.kiosk_id,
  name: kiosk.name,
  state: kiosk.revoked_at ? 'revoked' : kiosk.device_hash ? 'paired' : 'waiting',
  pairedAt: kiosk.paired_at?.toISOString() ?? null,
  seenAt: kiosk.seen_at?.toISOString() ?? null,
  createdAt: kiosk.created_at.toISOString(),
})

export function kioskStaffRoutes(http: Http, app: App): void {
  const config = { permission: 'kiosks.manage' as const }
  const tags = ['kiosks']
  const params = z.object({ id: z.coerce.number().int().positive() })

  http.get(
    '/kiosks',
    {
      config,
      schema: {
        tags,
        summary: 'Kiosks, those in use first',
        response: { 200: z.object({ rows: z.array(kioskRow) }) },
      },
    },
    async () => ({ rows: (await listKiosks(app)).map(rowOf) }),
  )

  http.post(
    '/kiosks',
    {
      config,
      schema: {
        tags,
        summary: 'A new kiosk and its pairing code',
        body: z.object({ name: z.string().trim().min(1).max(60) }),
        response: { 200: code },
      },
    },
    async req => addKiosk(app, req.body.name, req.user.userId),
  )

  http.post(
    '/kiosks/:id/code',
    { config, schema: { tags, summary: 'A pairing code for another device', params, response: { 200: code } } },
    async req => ({ kioskId: req.params.id, code: await codeFor(app, req.params.id, req.user.userId) }),
  )

  http.delete(
    '/kiosks/:id',
    { config, schema: { tags, summary: 'Takes a kiosk back', params, response: { 204: z.null() } } },
    async (req, reply) => {
      await revoke(app, req.params.id, req.user.userId)
      return reply.code(204).send(null)
    },
  )
}
