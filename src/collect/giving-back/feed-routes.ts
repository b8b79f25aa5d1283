/** `GET /changes`: the pull side of giving back, for systems that ask instead of being told. And the keys of those systems. */
import { z } from 'zod'
import type { App, Http } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { listKeys, machineScopes, makeKey, revokeKey } from '../../platform/auth/api-keys.ts'
import { apiKeyList, changeFeed } from './api.ts'
import { givebackErrors } from './errors.ts'
import { readChanges } from './read-changes.ts'
import { martOf, targets } from './targets.ts'

export function feedRoutes(http: Http, app: App): void {
  http.get(
    '/changes',
    {
      config: { permission: 'giveback.manage', machine: 'changes.read' },
      schema: {
        tags: ['giving back'],
        summary: 'Changes of a feed after a number: rows as they are now, and tombstones of those who are gone',
        querystring: z.object({
          feed: z.string().max(80).optional(),
          after: z.coerce.number().int().min(0).default(0),
          limit: z.coerce.number().int().min(1).max(10_000).default(1000),
        }),
        response: { 200: changeFeed },
      },
    },
    async req => {
      const { feed, after, limit } = req.query
      const feeds = (await targets(app)).filter(({ definition }) => definition.place.kind === 'feed')
      const target = feeds.find(({ definition }) => feed === undefined || definition.name === feed)
      if (!target || target.paused) throw givebackErrors['collect.no-feed']({ feed: feed ?? '' })
      const { key } = martOf(app, target.definition.mart)
      const keyed = { targetId: target.targetId, keyIsCustomer: key.length === 1 && key[0] === 'customer_id' }
      const changes = await readChanges(app, keyed, { after, upTo: target.planned, limit })
      const next = changes.at(-1)?.seq ?? Math.max(after, 0)
      return {
        feed: target.definition.name,
        mart: target.definition.mart,
        next,
        more: changes.length === limit,
        changes,
      }
    },
  )
}

const config = { permission: 'giveback.manage' } as const
const tags = ['keys']

export function keyRoutes(http: Http, app: App): void {
  http.get(
    '/api-keys',
    {
      config,
      schema: { tags, summary: 'Keys of machines; the keys themselves are not kept', response: { 200: apiKeyList } },
    },
    async () => ({
      rows: (await listKeys(app)).map(key => ({
        ...key,
        createdAt: key.createdAt.toISOString(),
        lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
        revokedAt: key.revokedAt?.toISOString() ?? null,
      })),
    }),
  )
  http.post(
    '/api-keys',
    {
      config,
      schema: {
        tags,
        summary: 'Make a key; it is shown this once',
        body: z.object({ name: z.string().trim().min(1).max(80), scopes: z.array(z.enum(machineScopes)).min(1) }),
        response: { 201: z.object({ keyId: z.number(), token: z.string() }) },
      },
    },
    async (req, reply) => {
      const made = await makeKey(app, { ...req.body, userId: req.user.userId })
      const detail = { scopes: req.body.scopes }
      await audit(app, { userId: req.user.userId, action: 'api-key.make', object: `api-key/${made.keyId}`, detail })
      return reply.code(201).send(made)
    },
  )
  http.delete(
    '/api-keys/:id',
    {
      config,
      schema: {
        tags,
        summary: 'Take a key back; it ends at once',
        params: z.object({ id: z.coerce.number().int().positive() }),
        response: { 204: z.null() },
      },
    },
    async (req, reply) => {
      await revokeKey(app, req.params.id)
      await audit(app, { userId: req.user.userId, action: 'api-key.revoke', object: `api-key/${req.params.id}` })
      return reply.code(204).send(null)
    },
  )
}
