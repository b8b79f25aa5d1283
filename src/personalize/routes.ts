import { z } from 'zod'
import type { App, Http } from '../platform/app.ts'
import { communicationList, communicationRow, templateList } from './api.ts'
import { holdReasons } from './compose/outcome.ts'
import { composers } from './composers.ts'
import { sendDocument } from './document-headers.ts'
import { errors } from './errors.ts'
import { type LedgerRow, listCommunications, manifestOf } from './ledger.ts'
import { preview } from './preview.ts'
import { show } from './show.ts'
import { liveTemplates } from './template-store.ts'

const page = {
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(50),
}
const byId = z.object({ id: z.string().max(64) })
const extensions: Record<string, string> = { print: 'pdf', email: 'eml', sms: 'txt', call: 'json' }

export function routes(http: Http, app: App): void {
  const read = { config: { permission: 'communications.read' as const } }
  const exact = { config: { permission: 'communications.content' as const } }
  const content = { config: { permission: 'content.read' as const } }
  const tags = ['personalize']

  http.get(
    '/communications',
    {
      ...read,
      schema: {
        tags,
        summary: 'The ledger of the newest turn',
        querystring: z.object({
          ...page,
          state: z.enum(['composed', 'held']).optional(),
          kind: z.string().max(20).optional(),
        }),
        response: { 200: communicationList },
      },
    },
    async req => listed(await listCommunications(app, req.query)),
  )

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
    async req => listed(await listCommunications(app, { ...req.query, customerId: req.params.id })),
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
      const { bytes, mediaType, row } = await show(app, req.params.id)
      const name = `${row.communication_id}.${extensions[row.channel]}`
      reply.header('x-content-sha256', row.sha256)
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
      rows: (await liveTemplates(app)).map(({ number, liveSince, content: { id, manifest } }) => ({
        id,
        name: manifest.title,
        kind: manifest.kind,
        class: manifest.class,
        channel: manifest.channel,
        version: number,
        languages: manifest.languages,
        liveSince: liveSince.toISOString(),
      })),
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
        querystring: z.object({ language: z.enum(['zh-CN', 'en']).default('zh-CN') }),
      },
    },
    async (req, reply) => {
      const live = await liveTemplates(app)
      const template = live.find(each => each.content.id === req.params.id)
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

const listed = ({ total, rows }: { total: number; rows: LedgerRow[] }) => ({ total, rows: rows.map(view) })

function view(row: LedgerRow): z.infer<typeof communicationRow> {
  const reason = holdReasons[row.reason as keyof typeof holdReasons]
  const detail = row.reason_detail === '' ? '' : ` (${row.reason_detail})`
  return {
    communicationId: row.communication_id,
    customerId: row.customer_id,
    kind: row.kind,
    class: row.class,
    channel: row.channel,
    offer: row.offer,
    subject: row.subject,
    language: row.language,
    state: row.state,
    reason: reason ? { en: reason.en + detail, zh: reason.zh + detail } : null,
    composedAt: row.composed_at,
    sha256: row.sha256,
    size: row.size,
    pages: row.pages,
    segments: row.segments,
    template: row.template,
    templateVersion: row.template_version,
  }
}
