import { z } from 'zod'
import { customerContacts } from '../../collect/index.ts'
import type { App, Http } from '../../platform/app.ts'
import { sendDocument } from '../document-headers.ts'
import {
  enclosure,
  letterContent,
  letterDetail,
  letterList,
  letterQuery,
  letterRemark,
  letterSave,
  letterTemplateList,
  letterWithdraw,
  newLetter,
} from './api.ts'
import { submitLetter, withdrawLetter } from './decide-letter.ts'
import { MOST_BYTES, storeEnclosure } from './enclosures.ts'
import { letterErrors } from './errors.ts'
import { letterOf, letters, letterTemplates, openLetter, refuseOthers, saveLetter } from './letter-store.ts'
import { previewLetter } from './set-letter.ts'
import { formFor, letterRows, letterView } from './view.ts'
import { firstWay, letterWays } from './ways.ts'

const tags = ['letters']
const byId = z.object({ id: z.coerce.number().int().positive() })
const detail = { 200: letterDetail }

export function letterRoutes(http: Http, app: App): void {
  const read = { permission: 'letters.read' } as const
  const write = { permission: 'letters.write' } as const

  http.get(
    '/letters',
    {
      config: read,
      schema: {
        tags,
        summary: 'Letters that agents write',
        querystring: letterQuery,
        response: { 200: letterList },
      },
    },
    async req => {
      const { mine, ...query } = req.query
      const { total, rows } = await letters(app, { ...query, author: mine ? req.user.userId : undefined })
      const found = rows.map(row => ({
        ...row,
        customerId: row.customer_id,
        updatedAt: row.updated_at,
        communicationId: row.communication_id,
      }))
      return { total, rows: await letterRows(app, found, req.user) }
    },
  )

  http.get(
    '/letters/templates',
    {
      config: read,
      schema: { tags, summary: 'Templates that leave something to an agent', response: { 200: letterTemplateList } },
    },
    async () => ({
      rows: (await letterTemplates(app)).map(({ content: { id, manifest } }) => ({
        id,
        title: manifest.title,
        kind: manifest.kind,
        languages: manifest.languages,
      })),
    }),
  )

  http.post(
    '/letters',
    { config: write, schema: { tags, summary: 'Begins a letter', body: newLetter, response: { 201: letterDetail } } },
    async (req, reply) => {
      const { customerId, template } = req.body
      const run = (await app.runs.latest('identity')) ?? 0
      const who = (await customerContacts(app, run, [customerId])).get(customerId)
      if (!who) throw letterErrors['letters.customer']({ customer: customerId })
      const version = (await letterTemplates(app)).find(({ content }) => content.id === template)
      if (!version) throw letterErrors['letters.template']({ template })
      const ways = await letterWays(app, version.content.manifest.kind, customerId)
      const letter = await openLetter(
        app,
        {
          customerId,
          template,
          language: req.body.language ?? who.language,
          channel: firstWay(ways),
        },
        req.user.userId,
      )
      return reply.code(201).send(await letterView(app, letter, req.user))
    },
  )

  http.get(
    '/letters/:id',
    {
      config: read,
      schema: { tags, summary: 'One letter, what may be changed in it and what was', params: byId, response: detail },
    },
    async req => letterView(app, await letterOf(app, req.params.id), req.user),
  )

  http.put(
    '/letters/:id',
    {
      config: write,
      schema: { tags, summary: 'Saves what was typed', params: byId, body: letterSave, response: detail },
    },
    async req => {
      const form = await formFor(app, await letterOf(app, req.params.id))
      return letterView(app, await saveLetter(app, req.params.id, req.user.userId, req.body, form), req.user)
    },
  )

  http.post(
    '/letters/:id/preview',
    {
      config: read,
      schema: {
        tags,
        summary: 'The very page, of what is typed and not saved yet',
        params: byId,
        body: z.object({ content: letterContent }),
      },
    },
    async (req, reply) => {
      const letter = await letterOf(app, req.params.id)
      const { bytes, mediaType, sha256 } = await previewLetter(app, letter, req.body.content)
      reply.header('x-content-sha256', sha256)
      return sendDocument(reply, { bytes, mediaType, name: `letter-${letter.id}.pdf`, disposition: 'inline' })
    },
  )

  http.post(
    '/letters/:id/submit',
    {
      config: write,
      schema: { tags, summary: 'Lays it before a supervisor', params: byId, body: letterRemark, response: detail },
    },
    async req => letterView(app, await submitLetter(app, req.params.id, req.user.userId, req.body.remark), req.user),
  )

  http.post(
    '/letters/:id/withdraw',
    {
      config: write,
      schema: { tags, summary: 'Takes it back, or gives it up', params: byId, body: letterWithdraw, response: detail },
    },
    async req => letterView(app, await withdrawLetter(app, req.params.id, req.user.userId, req.body), req.user),
  )

  http.register(async scoped => {
    scoped.addContentTypeParser(
      'application/octet-stream',
      { parseAs: 'buffer', bodyLimit: MOST_BYTES + 1 },
      (_req, body, done) => done(null, body),
    )
    const typed = scoped.withTypeProvider() as unknown as Http
    typed.post(
      '/letters/:id/enclosures',
      {
        config: write,
        bodyLimit: MOST_BYTES + 1,
        schema: {
          tags,
          summary: 'Stores a PDF or a picture that goes with it; the body is its bytes',
          params: byId,
          querystring: z.object({ name: z.string().trim().min(1).max(120) }),
          response: { 200: enclosure },
        },
      },
      async req => {
        const letter = await letterOf(app, req.params.id)
        refuseOthers(letter, req.user.userId)
        const bytes = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0)
        return storeEnclosure(app, letter, req.query.name, bytes)
      },
    )
  })
}
