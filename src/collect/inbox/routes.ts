import type { Readable } from 'node:stream'
import { z } from 'zod'
import type { App, Http } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { inboxList } from '../mappings/api.ts'
import { sourceOfFile } from '../mappings/target.ts'
import { inboxFiles, inboxOf, MOST_UPLOAD, receiveFile, removeFile } from './inbox.ts'

const write = { permission: 'collect.import' } as const
const tags = ['inbox']
const byName = z.object({ name: z.string().max(300) })

export function inboxRoutes(http: Http, app: App): void {
  http.get(
    '/inbox',
    { config: write, schema: { tags, summary: 'Files waiting in the inbox', response: { 200: inboxList } } },
    async () => ({
      most: MOST_UPLOAD,
      rows: await Promise.all(
        (await inboxFiles(app)).map(async file => ({
          name: file.name,
          bytes: file.bytes,
          at: file.at.toISOString(),
          source: (await sourceOfFile(app, inboxOf(app), file.name))?.source ?? null,
        })),
      ),
    }),
  )

  http.delete(
    '/inbox/:name',
    {
      config: write,
      schema: { tags, summary: 'Removes a file of the inbox', params: byName, response: { 204: z.null() } },
    },
    async (req, reply) => {
      await removeFile(app, req.params.name)
      await audit(app, { userId: req.user.userId, action: 'inbox.remove', object: `inbox/${req.params.name}` })
      return reply.code(204).send(null)
    },
  )

  http.register(async scoped => {
    // Handed on as it comes: nothing of a large file is held in memory.
    scoped.addContentTypeParser('application/octet-stream', (_req, body, done) => done(null, body))
    const typed = scoped.withTypeProvider() as unknown as Http
    typed.put(
      '/inbox/:name',
      {
        config: write,
        bodyLimit: MOST_UPLOAD,
        schema: {
          tags,
          summary: 'Uploads a file into the inbox, as the bytes it has',
          params: byName,
          querystring: z.object({ replace: z.enum(['true', 'false']).default('false') }),
          response: { 200: z.object({ name: z.string(), bytes: z.number() }) },
        },
      },
      async req => {
        const said = Number(req.headers['content-length'])
        const file = await receiveFile(app, req.params.name, req.body as Readable, {
          replace: req.query.replace === 'true',
          bytes: Number.isFinite(said) ? said : undefined,
        })
        await audit(app, {
          userId: req.user.userId,
          action: 'inbox.upload',
          object: `inbox/${file.name}`,
          detail: { bytes: file.bytes },
        })
        return { name: file.name, bytes: file.bytes }
      },
    )
  })
}
