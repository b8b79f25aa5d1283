/** The archive: how long what is kept, holds, and the search over all of it. */
import { z } from 'zod'
import { userNames } from '../../collect/index.ts'
import type { App, Http } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { permits } from '../../platform/auth/permissions.ts'
import { archiveView, holdBody, holdView, ledgerPage, ledgerQuery, ledgerValues, ruleBody } from './api.ts'
import { archiveErrors } from './errors.ts'
import { ledgerChoices, ruleFigures } from './figures.ts'
import { archiveHolds, placeArchiveHold, releaseArchiveHold } from './holds.ts'
import { archiveFolder } from './keep-bytes.ts'
import { retentionJob, retentionRuns, scheduleRetention } from './retention.ts'
import { setArchiveRule } from './rules.ts'
import { searchLedger } from './search.ts'
import { view } from './view.ts'

const tags = ['archive']
const byId = z.object({ id: z.coerce.number().int().positive() })

export function archiveRoutes(http: Http, app: App): void {
  const read = { permission: 'communications.read' } as const
  const manage = { permission: 'archive.manage' } as const

  http.get(
    '/communications',
    {
      config: read,
      schema: {
        tags,
        summary: 'The ledger of all turns: by person, day, kind, words; newest first',
        querystring: ledgerQuery,
        response: { 200: ledgerPage },
      },
    },
    async req => {
      const looksInside = req.query.words.trim() !== ''
      if (looksInside && !permits(req.user, 'communications.content'))
        throw archiveErrors['archive.words-need-content']()
      const page = await searchLedger(app, req.query)
      return { ...page, rows: page.rows.map(view) }
    },
  )

  http.get(
    '/communications/values',
    { config: read, schema: { tags, summary: 'What the ledger can be narrowed by', response: { 200: ledgerValues } } },
    async () => ledgerChoices(app),
  )

  http.get(
    '/archive',
    {
      config: read,
      schema: { tags, summary: 'Rules by kind, and what retention did', response: { 200: archiveView } },
    },
    async () => ({
      folder: archiveFolder(app),
      rules: await ruleFigures(app),
      runs: await retentionRuns(app),
    }),
  )

  http.put(
    '/archive/rules/:kind',
    {
      config: manage,
      schema: {
        tags,
        summary: 'Whether the bytes of a kind are kept, and for how many years',
        params: z.object({ kind: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/) }),
        body: ruleBody,
        response: { 200: archiveView.shape.rules },
      },
    },
    async req => {
      await setArchiveRule(app, { kind: req.params.kind, ...req.body }, req.user.userId)
      await scheduleRetention(app)
      return ruleFigures(app)
    },
  )

  http.post(
    '/archive/retention',
    {
      config: manage,
      schema: {
        tags,
        summary: 'Carry out retention now, in the background',
        body: z.object({}).nullish(),
        response: { 200: z.object({ job: z.string() }) },
      },
    },
    async req => {
      await audit(app, { userId: req.user.userId, action: 'archive.retention-asked', object: 'archive' })
      return { job: await app.jobs.send(retentionJob, {}) }
    },
  )

  http.get(
    '/archive/holds',
    {
      config: read,
      schema: {
        tags,
        summary: 'Legal holds',
        querystring: z.object({ all: z.stringbool().default(false) }),
        response: { 200: z.object({ rows: z.array(holdView) }) },
      },
    },
    async req => {
      const name = await userNames(app)
      const holds = await archiveHolds(app, req.query.all)
      return {
        rows: holds.map(hold => ({
          ...hold,
          placedBy: name(hold.placedBy),
          placedAt: hold.placedAt.toISOString(),
          releasedAt: hold.releasedAt?.toISOString() ?? null,
        })),
      }
    },
  )

  http.post(
    '/archive/holds',
    {
      config: manage,
      schema: {
        tags,
        summary: 'Keeps communications or customers from retention and erasure',
        body: holdBody,
        response: { 201: z.object({ id: z.number() }) },
      },
    },
    async (req, reply) => {
      const id = await placeArchiveHold(app, req.body, req.user.userId)
      await scheduleRetention(app)
      return reply.code(201).send({ id })
    },
  )

  http.delete(
    '/archive/holds/:id',
    {
      config: manage,
      schema: { tags, summary: 'Ends a hold; erasures that waited go on', params: byId, response: { 204: z.null() } },
    },
    async (req, reply) => {
      await releaseArchiveHold(app, req.params.id, req.user.userId)
      return reply.code(204).send(null)
    },
  )
}
