import { z } from 'zod'
import type { App, Http } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import * as api from './api.ts'
import { checkNeed } from './check-need.ts'
import { needErrors } from './errors.ts'
import { listNeedFeatures } from './feature-list.ts'
import { needCode } from './need.ts'
import { dropDraft, releaseDraft, saveDraft, versionsOf, withdraw } from './versions.ts'
import { listNeeds, viewNeed, viewReach } from './view.ts'

const tags = ['analyze']
const read = { config: { permission: 'insight.read' as const } }
const write = { config: { permission: 'needs.write' as const } }
const byCode = z.object({ code: needCode })

export function needRoutes(http: Http, app: App): void {
  http.get(
    '/needs',
    {
      ...read,
      schema: { tags, summary: 'Needs, their rules in words and what serves them', response: { 200: api.needList } },
    },
    () => listNeeds(app),
  )
  http.get(
    '/needs/features',
    { ...read, schema: { tags, summary: 'What a rule can ask', response: { 200: api.needFeatureList } } },
    () => listNeedFeatures(app),
  )
  http.post(
    '/needs/reach',
    {
      ...read,
      schema: {
        tags,
        summary: 'Whom a rule would reach: a trial, nothing is written',
        body: api.reachBody,
        response: { 200: api.reachView },
      },
    },
    req => viewReach(app, req.body),
  )
  http.get(
    '/needs/:code',
    {
      ...read,
      schema: { tags, summary: 'One need with all its versions', params: byCode, response: { 200: api.needView } },
    },
    req => viewNeed(app, req.params.code),
  )
  http.put(
    '/needs/:code/draft',
    {
      ...write,
      schema: { tags, summary: 'Keeps a draft', params: byCode, body: api.needBody, response: { 200: api.saved } },
    },
    async req => {
      const { code } = req.params
      await checkNeed(app, code, req.body)
      const version = await saveDraft(app, code, req.body, req.user.userId)
      await audit(app, { userId: req.user.userId, action: 'needs.draft', object: `need/${code}`, detail: { version } })
      return { code, version }
    },
  )
  http.delete(
    '/needs/:code/draft',
    { ...write, schema: { tags, summary: 'Drops the draft', params: byCode, response: { 204: z.null() } } },
    async (req, reply) => {
      const { code } = req.params
      await dropDraft(app, code)
      await audit(app, { userId: req.user.userId, action: 'needs.drop-draft', object: `need/${code}` })
      return reply.code(204).send(null)
    },
  )
  http.post(
    '/needs/:code/release',
    {
      ...write,
      schema: {
        tags,
        summary: 'Releases the draft, tried against the newest turn; it holds from its day on',
        params: byCode,
        response: { 200: api.saved },
      },
    },
    async req => {
      const { code } = req.params
      const draft = (await versionsOf(app, code)).find(row => row.state === 'draft')
      if (!draft) throw needErrors['needs.no-draft']({ need: code })
      await checkNeed(app, code, draft.body)
      const { asOf, customers, reached, gained, lost } = await viewReach(app, {
        code,
        rule: draft.body.rule,
        products: draft.body.products,
      })
      const trial = { asOf, customers, reached, gained, lost }
      const version = await releaseDraft(app, code, trial, req.user.userId)
      await audit(app, {
        userId: req.user.userId,
        action: 'needs.release',
        object: `need/${code}`,
        detail: { version, reached },
      })
      return { code, version }
    },
  )
  http.post(
    '/needs/:code/withdraw',
    {
      ...write,
      schema: {
        tags,
        summary: 'The need proposes nothing from the next turn on',
        params: byCode,
        response: { 200: api.saved },
      },
    },
    async req => {
      const { code } = req.params
      const version = await withdraw(app, code)
      await audit(app, {
        userId: req.user.userId,
        action: 'needs.withdraw',
        object: `need/${code}`,
        detail: { version },
      })
      return { code, version }
    },
  )
}
