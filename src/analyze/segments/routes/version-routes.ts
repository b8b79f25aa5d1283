import { z } from 'zod'
import type { App, Http } from '../../../platform/app.ts'
import { audit } from '../../../platform/audit.ts'
import * as api from '../api.ts'
import { sendRefresh } from '../refresh/jobs.ts'
import { refreshList } from '../refresh/refresh-list.ts'
import { saveSegmentSettings, segmentSettings } from '../settings.ts'
import { dropDraft, saveDraft, startDraft } from '../versions/drafts.ts'
import { versionDetail, versionList } from '../versions/list.ts'
import { answerVersion, askApproval, proposedDate, rollBack } from '../versions/release.ts'

const tags = ['segments']
const params = z.object({ version: z.coerce.number().int().positive() })
const read = { config: { permission: 'segments.read' as const } }
const write = { config: { permission: 'segments.write' as const } }
const approve = { config: { permission: 'segments.approve' as const } }

/** Versions of the rules: drafts, approval by another person, dates from which they hold, the way back. */
export function versionRoutes(http: Http, app: App): void {
  const noted = (userId: number, action: string, version: number) =>
    audit(app, { userId, action, object: `segments/version/${version}` })
  const detail = { response: { 200: api.versionDetail } }

  http.get(
    '/segments/versions',
    {
      ...read,
      schema: {
        tags,
        summary: 'All versions, and when segments were computed anew',
        querystring: z.object({ deleted: z.stringbool().default(false) }),
        response: { 200: api.versionList },
      },
    },
    async req => ({
      rows: await versionList(app, req.query.deleted),
      approval: (await segmentSettings(app)).approval,
      from: await proposedDate(app),
      refreshes: await refreshList(app),
    }),
  )
  http.get(
    '/segments/versions/:version',
    {
      ...read,
      schema: {
        tags,
        summary: 'A version and, in words, what it changes against another',
        params,
        querystring: z.object({ against: z.coerce.number().int().positive().optional() }),
        ...detail,
      },
    },
    req => versionDetail(app, req.params.version, req.query.against),
  )
  http.post(
    '/segments/drafts',
    {
      ...write,
      schema: { tags, summary: 'Start a draft', body: api.draftStart, response: { 200: api.made } },
    },
    async req => {
      const id = await startDraft(app, req.body, req.user)
      await noted(req.user.userId, 'segments.draft', id)
      return { id }
    },
  )
  http.put(
    '/segments/drafts/:version',
    {
      ...write,
      schema: { tags, summary: 'Save a draft', params, body: api.draftSave, response: { 200: api.saved } },
    },
    async req => {
      const { revision: seen, ...draft } = req.body
      const revision = await saveDraft(app, req.params.version, seen, draft, req.user)
      await noted(req.user.userId, 'segments.save', req.params.version)
      return { revision }
    },
  )
  for (const [word, dropped] of [
    ['drop', true],
    ['restore', false],
  ] as const)
    http.post(
      `/segments/drafts/:version/${word}`,
      {
        ...write,
        schema: {
          tags,
          summary: dropped ? 'Throw a draft away' : 'Bring a draft back',
          params,
          response: { 204: z.null() },
        },
      },
      async (req, reply) => {
        await dropDraft(app, req.params.version, dropped)
        await noted(req.user.userId, `segments.${word}`, req.params.version)
        return reply.code(204).send(null)
      },
    )
  http.post(
    '/segments/drafts/:version/ask',
    {
      ...write,
      schema: { tags, summary: 'Ask for approval from a date on', params, body: api.askBody, ...detail },
    },
    async req => {
      await askApproval(app, req.params.version, req.body, req.user)
      await noted(req.user.userId, 'segments.ask', req.params.version)
      return versionDetail(app, req.params.version)
    },
  )
  http.post(
    '/segments/versions/:version/answer',
    {
      ...approve,
      schema: { tags, summary: 'Approve, refuse or take back a version', params, body: api.answerBody, ...detail },
    },
    async req => {
      const { answer, note } = req.body
      await answerVersion(app, req.params.version, answer, note, req.user)
      await noted(req.user.userId, `segments.${answer}`, req.params.version)
      return versionDetail(app, req.params.version)
    },
  )
  http.post(
    '/segments/versions/:version/roll-back',
    {
      ...approve,
      schema: {
        tags,
        summary: 'An approved version holds again',
        params,
        body: api.rollBackBody,
        response: { 200: api.made },
      },
    },
    async req => {
      const id = await rollBack(app, req.params.version, req.body, req.user)
      await noted(req.user.userId, 'segments.roll-back', id)
      return { id }
    },
  )
  http.put(
    '/segments/approval',
    {
      config: { permission: 'admin' },
      schema: {
        tags,
        summary: 'Who may approve: another person than the author, or the author too',
        body: api.approvalBody,
        response: { 200: api.approvalBody },
      },
    },
    async req => {
      const { approval } = await saveSegmentSettings(app, req.body)
      await audit(app, {
        userId: req.user.userId,
        action: 'segments.approval',
        object: 'segments',
        detail: { approval },
      })
      return { approval }
    },
  )
  http.post(
    '/segments/refresh',
    {
      ...write,
      schema: { tags, summary: 'Compute segments anew from the rows there are now', response: { 202: z.null() } },
    },
    async (req, reply) => {
      await sendRefresh(app, 'asked')
      await audit(app, { userId: req.user.userId, action: 'segments.refresh', object: 'segments' })
      return reply.code(202).send(null)
    },
  )
}
