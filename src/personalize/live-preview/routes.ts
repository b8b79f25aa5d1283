import { criteria, criteriaList } from '../../analyze/index.ts'
import type { App, Http } from '../../platform/app.ts'
import { permits } from '../../platform/auth/permissions.ts'
import { describeFields } from '../fields/describe-fields.ts'
import { fieldList, fieldsBody, previewAnswer, previewBody } from './api.ts'
import { previewTemplate } from './preview-template.ts'

const read = { permission: 'content.read' } as const
const tags = ['content']

export function previewRoutes(http: Http, app: App): void {
  http.post(
    '/templates/preview',
    {
      config: read,
      schema: {
        tags,
        summary:
          'What is being written, composed for a customer or an example in every channel of its kind; never stored',
        body: previewBody,
        response: { 200: previewAnswer },
      },
    },
    async req => {
      // Whoever types on asks again: what nobody waits for is not composed.
      const wanted = () => !req.socket.destroyed
      return previewTemplate(app, req.body, permits(req.user, 'customers.contact'), wanted)
    },
  )

  http.post(
    '/templates/fields',
    {
      config: read,
      schema: {
        tags,
        summary: 'Fields an author may use, with names and examples',
        body: fieldsBody,
        response: { 200: fieldList },
      },
    },
    async ({ body: { source } }) => ({
      rows: describeFields(source),
      examples: source.examples.map((row, at) => ({
        id: String(row['id'] ?? at + 1),
        language: String(row['language'] ?? ''),
      })),
    }),
  )

  http.get(
    '/templates/criteria',
    {
      config: read,
      schema: { tags, summary: 'What conditions by rules can be about', response: { 200: criteriaList } },
    },
    async () => ({ rows: await criteria(app) }),
  )
}
