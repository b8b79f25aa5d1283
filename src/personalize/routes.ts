import { z } from 'zod'
import type { App, Http } from '../platform/app.ts'
import { audit } from '../platform/audit.ts'
import { communicationList, communicationRow, templateList } from './api.ts'
import { archiveRoutes } from './archive/routes.ts'
import { view } from './archive/view.ts'
import { assetRoutes } from './assets/routes.ts'
import { checkRoutes } from './checks/routes.ts'
import { messageLanguages } from './compose/languages.ts'
import { composers } from './composers.ts'
import { sendDocument } from './document-headers.ts'
import { errors } from './errors.ts'
import { importLetterRoutes } from './import-letter/routes.ts'
import { kindRoutes } from './kinds/routes.ts'
import { communicationsOf, manifestOf } from './ledger.ts'
import { letterRoutes } from './letters/routes.ts'
import { previewRoutes } from './live-preview/routes.ts'
import { preview } from './preview.ts'
import { proofRoutes } from './proofs/routes.ts'
import { show } from './show.ts'
import { liveTemplates, templateVersion } from './template-store.ts'
import { draftRoutes } from './templates/draft-routes.ts'
import { proposedDate } from './templates/effective.ts'
import { versionRoutes } from './templates/version-routes.ts'

const page = {
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(50),
}
const byId = z.object({ id: z.string().max(64) })
const extensions: Record<string, string> = {
  print: 'pdf',
  email: 'eml',
  sms: 'txt',
  call: 'json',
  portal: 'html',
  kiosk: 'html',
}

export function routes(http: Http, app: App): void {
  archiveRoutes(http, app)
  letterRoutes(http, app)
  assetRoutes(http, app)
  previewRoutes(http, app)
  importLetterRoutes(http, app)
  proofRoutes(http, app)
  versionRoutes(http, app)
  draftRoutes(http, app)
  checkRoutes(http, app)
  kindRoutes(http, app)
  const read = { config: { permission: 'communications.read' as const } }
  const exact = { config: { permission: 'communications.content' as const } }
  const content = { config: { permission: 'content.read' as const } }
  const tags = ['personalize']

  http.get(
    '/customers/:id/communications',
    {
      ...read,
      schema: {
        tags,
        summary: 'Everything sent to a customer',
        params: z.object({ id: z.coerce.number().int().min(0) }),
        querystring: z.object(page),
        response: { 200: communicationList },
      },
    },
    async req => {
      const { total, rows } = await communicationsOf(app, { ...req.query, customerId: req.params.id })
      return { total, rows: rows.map(view) }
    },
  )

  http.get(
    '/communications/:id',
    { ...read, schema: { tags, summary: 'One communication', params: byId, response: { 200: communicationRow } } },
    async req => view(await manifestOf(app, req.params.id)),
  )

  http.get(
    '/communications/:id/content',
    { ...exact, schema: { tags, summary: 'The exact bytes, checked against the ledger', params: byId } },
    async (req, reply) => {
      const { bytes, mediaType, row, from } = await show(app, req.params.id)
      await audit(app, {
        userId: req.user.userId,
        action: 'communication.show',
        object: `communication/${row.communication_id}`,
      })
      const name = `${row.communication_id}.${extensions[row.channel]}`
      reply.header('x-content-sha256', row.sha256).header('x-content-from', from)
      return sendDocument(reply, {
        bytes,
        mediaType,
        name,
        disposition: mediaType === 'message/rfc822' ? 'attachment' : 'inline',
      })
    },
  )

  http.get(
    '/communications/:id/preview',
    { ...exact, schema: { tags, summary: 'What the customer reads, to be shown in a frame', params: byId } },
    async (req, reply) => {
      const shown = await show(app, req.params.id)
      return sendDocument(reply, {
        ...(await preview(shown.bytes, shown.mediaType)),
        name: 'preview',
        disposition: 'inline',
      })
    },
  )

  http.get(
    '/templates',
    { ...content, schema: { tags, summary: 'Live templates', response: { 200: templateList } } },
    async () => ({
      rows: (await liveTemplates(app, await proposedDate(app))).map(
        ({ number, liveSince, content: { id, manifest } }) => ({
          id,
          name: manifest.title,
          kind: manifest.kind,
          class: manifest.class,
          channel: manifest.channel,
          version: number,
          languages: manifest.languages,
          liveSince: liveSince.toISOString(),
        }),
      ),
    }),
  )

  http.get(
    '/templates/:id/preview',
    {
      ...content,
      schema: {
        tags,
        summary: 'The example of a template, composed',
        params: byId,
        querystring: z.object({
          language: z.enum(messageLanguages).default('zh-CN'),
          /** Another than the live one: what is to be approved. */
          version: z.coerce.number().int().positive().optional(),
        }),
      },
    },
    async (req, reply) => {
      const { version } = req.query
      const live = await liveTemplates(app, await proposedDate(app))
      const template = version
        ? await templateVersion(app, req.params.id, version)
        : live.find(each => each.content.id === req.params.id)
      if (!template)
        throw errors['personalize.template-missing']({
          template: req.params.id,
          where: 'the store',
          there: live.map(each => each.content.id).join(', '),
        })
      const { examples } = template.content
      const example = examples.find(row => row['language'] === req.query.language) ?? {
        ...examples[0],
        language: req.query.language,
      }
      const [outcome] = await composers(app).compose(template.content, [example])
      if (outcome?.state !== 'composed')
        throw errors['personalize.held-back']({ id: req.params.id, reason: outcome?.detail ?? '' })
      return sendDocument(reply, {
        ...(await preview(outcome.bytes, outcome.mediaType)),
        name: 'preview',
        disposition: 'inline',
      })
    },
  )
}
