import { z } from 'zod'
import type { App, Http } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { sendDocument } from '../document-headers.ts'
import { assetChange, assetId, assetList, assetRow, assetStored, assetUses } from './api.ts'
import { asset, assetBytes, assets, changeAsset, storeAsset } from './asset-store.ts'
import { MOST_BYTES } from './kind.ts'
import { removeAsset, usesOf } from './uses.ts'

const read = { permission: 'content.read' } as const
const write = { permission: 'content.write' } as const
const tags = ['content']
const byId = z.object({ id: assetId })

export function assetRoutes(http: Http, app: App): void {
  http.get(
    '/assets',
    {
      config: read,
      schema: {
        tags,
        summary: 'Pictures and fonts',
        querystring: z.object({
          kind: z.enum(['picture', 'font']).optional(),
          words: z.string().max(100).optional(),
          offset: z.coerce.number().int().min(0).default(0),
          limit: z.coerce.number().int().min(1).max(200).default(50),
        }),
        response: { 200: assetList },
      },
    },
    async req => assets(app, req.query),
  )

  http.get(
    '/assets/:id',
    { config: read, schema: { tags, summary: 'One picture or font', params: byId, response: { 200: assetRow } } },
    async req => asset(app, req.params.id),
  )

  http.get(
    '/assets/:id/content',
    { config: read, schema: { tags, summary: 'Its bytes', params: byId } },
    async (req, reply) => {
      const { bytes, mediaType } = await assetBytes(app, req.params.id)
      const extension = mediaType.startsWith('font/') ? mediaType.slice(5) : (mediaType.split(/[/+]/)[1] ?? 'bin')
      const name = `${req.params.id.slice(0, 12)}.${extension}`
      sendDocument(reply, { bytes, mediaType, name, disposition: 'inline' })
      // The address is the hash of what it gives.
      return reply.header('cache-control', 'private, max-age=31536000, immutable')
    },
  )

  http.get(
    '/assets/:id/where-used',
    {
      config: read,
      schema: {
        tags,
        summary: 'Templates, drafts and fragments that use it',
        params: byId,
        response: { 200: assetUses },
      },
    },
    async req => ({ rows: await usesOf(app, (await asset(app, req.params.id)).id) }),
  )

  http.put(
    '/assets/:id',
    {
      config: write,
      schema: {
        tags,
        summary: 'Renames or describes it',
        params: byId,
        body: assetChange,
        response: { 200: assetRow },
      },
    },
    async req => {
      const changed = await changeAsset(app, req.params.id, req.body)
      await audit(app, { userId: req.user.userId, action: 'asset.change', object: `asset/${req.params.id}` })
      return changed
    },
  )

  http.delete(
    '/assets/:id',
    {
      config: write,
      schema: { tags, summary: 'Removes what nothing uses', params: byId, response: { 204: z.null() } },
    },
    async (req, reply) => {
      await removeAsset(app, req.params.id)
      await audit(app, { userId: req.user.userId, action: 'asset.remove', object: `asset/${req.params.id}` })
      return reply.code(204).send(null)
    },
  )

  http.register(async scoped => {
    scoped.addContentTypeParser(
      'application/octet-stream',
      { parseAs: 'buffer', bodyLimit: MOST_BYTES + 1 },
      (_req, body, done) => done(null, body),
    )
    const typed = scoped.withTypeProvider() as unknown as Http
    typed.post(
      '/assets',
      {
        config: write,
        bodyLimit: MOST_BYTES + 1,
        schema: {
          tags,
          summary: 'Uploads a picture (PNG, JPEG, SVG) or a font (TTF, OTF), as the bytes it has',
          querystring: z.object({
            name: z.string().trim().min(1).max(120),
            licence: z.string().max(300).default(''),
            altEn: z.string().max(300).default(''),
            altZh: z.string().max(300).default(''),
          }),
          response: { 200: assetStored },
        },
      },
      async req => {
        const { name, licence, altEn, altZh } = req.query
        const bytes = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0)
        const stored = await storeAsset(app, bytes, {
          name,
          licence,
          alt: { en: altEn, zh: altZh },
          userId: req.user.userId,
        })
        await audit(app, {
          userId: req.user.userId,
          action: 'asset.upload',
          object: `asset/${stored.asset.id}`,
          detail: { kind: stored.asset.kind, bytes: stored.asset.size, licence },
        })
        return stored
      },
    )
  })
}
