import { z } from 'zod'
import type { App, Http } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import * as api from './api.ts'
import { comment, commentsOf, resolveComment } from './comments.ts'
import { draftRow, dropDraft, saveDraft } from './drafts.ts'
import { proposedDate } from './effective.ts'
import { draftOf, draftsOf } from './list.ts'
import { readSource } from './read-source.ts'
import { answerDraft, askApproval, problemsOfDraft } from './release.ts'
import { toExpert } from './to-expert.ts'

const tags = ['content']
const read = { config: { permission: 'content.read' as const } }
const write = { config: { permission: 'content.write' as const } }
const approve = { config: { permission: 'content.approve' as const } }
const params = z.object({ draft: z.coerce.number().int().positive() })
const path = '/content/drafts/:draft'

/** Drafts of templates and fragments: written, looked over, approved by another person. */
export function draftRoutes(http: Http, app: App): void {
  const noted = (userId: number, action: string, draft: number, detail: Record<string, unknown> = {}) =>
    audit(app, { userId, action, object: `content/draft/${draft}`, detail })

  http.get(
    '/content/drafts',
    {
      ...read,
      schema: {
        tags,
        summary: 'Open drafts, and those that wait for approval',
        querystring: z.object({
          kind: z.enum(['template', 'fragment']).optional(),
          deleted: z.stringbool().default(false),
          all: z.stringbool().default(false),
        }),
        response: { 200: api.draftList },
      },
    },
    async ({ query: { kind, deleted, all }, user }) => ({
      rows: await draftsOf(app, { ...(kind ? { kind } : {}), deleted, open: !all && !deleted }, user),
    }),
  )
  http.get(
    path,
    { ...read, schema: { tags, summary: 'A draft', params, response: { 200: api.draftDetail } } },
    async req => draftOf(app, req.params.draft, req.user),
  )
  http.put(
    path,
    {
      ...write,
      schema: {
        tags,
        summary: 'Save a draft; what is wrong with it is told',
        params,
        body: api.draftSave,
        response: { 200: api.draftSaved },
      },
    },
    async ({ params: { draft }, body, user }) => {
      const { kind, object } = await draftRow(app, draft)
      const source = readSource(kind, object, body.source)
      const revision = await saveDraft(app, draft, { ...body, source }, user)
      await noted(user.userId, 'content.save', draft, { revision })
      return { revision, problems: await problemsOfDraft(app, { kind, source }, await proposedDate(app)) }
    },
  )
  http.get(
    `${path}/problems`,
    { ...read, schema: { tags, summary: 'What is wrong with a draft', params, response: { 200: api.problemList } } },
    async req => ({
      problems: await problemsOfDraft(app, await draftRow(app, req.params.draft), await proposedDate(app)),
    }),
  )
  http.post(
    `${path}/expert`,
    {
      ...write,
      schema: {
        tags,
        summary: 'Write the files themselves from now on',
        params,
        body: z.strictObject({ revision: z.number().int().positive() }),
        response: { 200: z.object({ revision: z.number() }) },
      },
    },
    async ({ params: { draft }, body, user }) => {
      const revision = await toExpert(app, draft, body.revision, user)
      await noted(user.userId, 'content.expert', draft)
      return { revision }
    },
  )
  http.post(
    `${path}/ask`,
    {
      ...write,
      schema: { tags, summary: 'Ask for approval', params, body: api.draftAsk, response: { 200: api.done } },
    },
    async ({ params: { draft }, body, user }) => {
      await askApproval(app, draft, body, user)
      await noted(user.userId, 'content.ask', draft, { from: body.from, to: body.to })
      return { ok: true as const }
    },
  )
  http.post(
    `${path}/answer`,
    {
      ...approve,
      schema: {
        tags,
        summary: 'Approve or refuse; never one’s own',
        params,
        body: api.draftAnswer,
        response: { 200: api.done },
      },
    },
    async ({ params: { draft }, body: { answer, note }, user }) => {
      await answerDraft(app, draft, answer, note, user)
      await noted(user.userId, `content.${answer}`, draft)
      return { ok: true as const }
    },
  )
  for (const [verb, dropped] of [
    ['drop', true],
    ['restore', false],
  ] as const)
    http.post(
      `${path}/${verb}`,
      {
        ...write,
        schema: {
          tags,
          summary: dropped ? 'Throw a draft away' : 'Bring it back',
          params,
          response: { 200: api.done },
        },
      },
      async ({ params: { draft }, user }) => {
        await dropDraft(app, draft, dropped)
        await noted(user.userId, `content.${verb}`, draft)
        return { ok: true as const }
      },
    )
  http.get(
    `${path}/comments`,
    { ...read, schema: { tags, summary: 'What reviewers say', params, response: { 200: api.commentList } } },
    async req => ({ rows: await commentsOf(app, req.params.draft) }),
  )
  http.post(
    `${path}/comments`,
    {
      ...read,
      schema: { tags, summary: 'Say something', params, body: api.newComment, response: { 200: api.madeDraft } },
    },
    async ({ params: { draft }, body, user }) => ({ id: await comment(app, draft, body, user) }),
  )
  http.post(
    `${path}/comments/:comment/resolve`,
    {
      ...read,
      schema: {
        tags,
        summary: 'Settled, or open again',
        params: params.extend({ comment: z.coerce.number().int().positive() }),
        body: z.strictObject({ resolved: z.boolean() }),
        response: { 200: api.done },
      },
    },
    async ({ params: { draft, comment: id }, body, user }) => {
      await resolveComment(app, draft, id, body.resolved, user)
      return { ok: true as const }
    },
  )
}
