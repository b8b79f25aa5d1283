import type { App, Http } from '../../../platform/app.ts'
import { criteriaList, lookBody, lookView } from '../api.ts'
import { criteria } from '../look/criteria.ts'
import { lookAt } from '../look/look.ts'

const tags = ['segments']
const read = { config: { permission: 'segments.read' as const } }

export function lookRoutes(http: Http, app: App): void {
  http.get(
    '/segments/criteria',
    {
      ...read,
      schema: {
        tags,
        summary: 'What rules can be about: features, scores, research, with what is known of them',
        response: { 200: criteriaList },
      },
    },
    async () => ({ rows: await criteria(app) }),
  )
  http.post(
    '/segments/look',
    {
      ...read,
      schema: {
        tags,
        summary: 'Rules as they are being written: the proof in words, whom each takes, what they rest on',
        body: lookBody,
        response: { 200: lookView },
      },
    },
    ({ body: { exact, ...set } }) => lookAt(app, set, exact),
  )
}
